/** Somebody who looks at none of their pages is away, as far as the server is told. */
import { describe, expect, it } from "vitest";
import { error, inChat, info, limits } from "./session-rig.ts";

/** Somebody in the chat, and what the server was told of whether they look. */
function present() {
  const opened = inChat();
  return {
    ...opened,
    told: () => opened.chat.asks.flatMap((command) => (command.type === "away" ? [command.on] : [])),
  };
}

describe("a person", () => {
  it("is away when they have looked at no page for a while, and back as soon as they look at one", () => {
    const { session, page, attach, clock, told } = present();
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

  it("is away when the page they looked at is closed, and only another is left that they do not look at", () => {
    const { session, page, attach, clock, told } = present();
    session.attend(page, true);
    session.attend(attach(), false);
    session.detach(page);
    clock.advance(limits.awayAfterMs);
    expect(told()).toEqual([true]);
  });

  it("who comes and goes all the time is here", () => {
    const { session, page, clock, told } = present();
    for (let i = 0; i < 5; i++) {
      session.attend(page, false);
      clock.advance(limits.awayAfterMs - 1);
      session.attend(page, true);
    }
    expect(told()).toEqual([]);
  });

  it("who is away when a lost connection is back still is", () => {
    const { session, page, chat, clock, told } = present();
    session.attend(page, false);
    clock.advance(limits.awayAfterMs);
    chat.connection.closed({ kind: "lost", error });
    clock.advance(limits.backoffMaxMs);
    chat.connection.online(info, "anna");
    expect(told()).toEqual([true, true]);
  });

  it("who looks while the server is not there is not said to be away when it is", () => {
    const { session, page, chat, clock, told } = present();
    session.attend(page, false);
    clock.advance(limits.awayAfterMs);
    chat.connection.closed({ kind: "lost", error });
    session.attend(page, true);
    clock.advance(limits.backoffMaxMs);
    chat.connection.online(info, "anna");
    expect(told()).toEqual([true]);
  });
});
