/** Who looks at none of their pages is away, as the server is told. */
import { describe, expect, it } from "vitest";
import { asks, attach, clock, error, info, limits, page, session, upstream } from "./session-rig.ts";

const told = () => asks.flatMap((command) => (command.type === "away" ? [command.on] : []));

function join(): void {
  session.join("anna");
  upstream().online(info, "anna");
}

describe("a person", () => {
  it("is away when they have looked at no page for a while, and back as soon as they look at one", () => {
    join();
    const other = attach();
    session.attend(page, true);
    session.attend(other, false);
    clock.advance(limits.awayAfterMs);
    expect(told()).toEqual([]);
    session.attend(page, false);
    clock.advance(limits.awayAfterMs - 1);
    expect(told()).toEqual([]);
    clock.advance(1);
    expect(told()).toEqual([true]);
    session.attend(other, true);
    expect(told()).toEqual([true, false]);
  });

  it("who comes and goes all the time is here", () => {
    join();
    for (let i = 0; i < 5; i++) {
      session.attend(page, false);
      clock.advance(limits.awayAfterMs - 1);
      session.attend(page, true);
    }
    expect(told()).toEqual([]);
  });

  it("who is away when a lost connection is back still is", () => {
    join();
    session.attend(page, false);
    clock.advance(limits.awayAfterMs);
    upstream().closed({ kind: "lost", error });
    clock.advance(limits.backoffMaxMs);
    upstream().online(info, "anna");
    expect(told()).toEqual([true, true]);
  });

  it("who looks while the server is not there is not said to be away when it is", () => {
    join();
    session.attend(page, false);
    clock.advance(limits.awayAfterMs);
    upstream().closed({ kind: "lost", error });
    session.attend(page, true);
    clock.advance(limits.backoffMaxMs);
    upstream().online(info, "anna");
    expect(told()).toEqual([true]);
  });
});
