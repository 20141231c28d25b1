import { beforeEach, describe, expect, it } from "vitest";
import type { Page } from "../../bridge/audience.ts";
import { bridgeLimits } from "../../bridge/limits.ts";
import type { Session } from "../../bridge/session.ts";
import { Sessions } from "../../bridge/sessions.ts";
import type { UpstreamListener } from "../../bridge/upstream/upstream.ts";
import { ManualClock } from "./manual-clock.ts";
import { silentLog, until } from "./page.ts";

let joining: { name: string; listener: UpstreamListener }[];
let abandoned: string[];
let quit: (listener: UpstreamListener) => void;
let sessions: Sessions;

beforeEach(() => {
  joining = [];
  abandoned = [];
  quit = (listener) => listener.closed({ kind: "quit" });
  sessions = new Sessions({
    server: "h:1",
    limits: { ...bridgeLimits, sessionsMax: 2 },
    clock: new ManualClock(),
    random: () => 0,
    logger: silentLog,
    opener: () => (name, listener) => {
      joining.push({ name, listener });
      return {
        post: () => Promise.reject(new Error("nobody posts here")),
        ask: () => Promise.reject(new Error("nobody asks here")),
        quit: () => quit(listener),
        abandon: () => abandoned.push(name),
      };
    },
  });
});

const page: Page = { snapshot() {}, connection() {}, name() {}, event() {}, flush() {}, typing() {} };
const online = (listener?: UpstreamListener) =>
  listener?.online({ kind: "salotto", description: "", lacks: [] }, "anna");

/** A session with one page, in the given browser. */
function opened(id: string, browser: string): Session {
  const session = sessions.get(id);
  session.attach(page, { session: id, browser, after: 0 });
  return session;
}

describe("the sessions", () => {
  it("let as many into the chat as their bound, and refuse one more until another leaves", async () => {
    const [first, second, third] = [sessions.get("a"), sessions.get("b"), sessions.get("c")];
    sessions.join(first, "anna");
    sessions.join(second, "bruno");
    expect(await sessions.join(third, "carla")).toMatchObject({ ok: false, code: "too-many-sessions" });
    sessions.join(first, "anna");
    expect(joining.map(({ name }) => name)).toEqual(["anna", "bruno"]);
    joining[0]?.listener.closed({ kind: "ended", message: "" });
    sessions.join(third, "carla");
    expect(joining.map(({ name }) => name)).toEqual(["anna", "bruno", "carla"]);
  });

  it("give the name of a window that was closed to one of another browser, and to nobody while it is open", async () => {
    const [first, second] = [opened("a", "one browser"), opened("b", "another")];
    sessions.join(first, "Anna");
    sessions.join(second, "anna");
    expect([first.active, second.active]).toEqual([true, true]);
    joining[1]?.listener.closed({ kind: "refused", refusal: { code: "name-taken", message: "" } });
    first.detach(page);
    sessions.join(second, "bruno");
    expect(first.active).toBe(true);
    joining[2]?.listener.closed({ kind: "ended", message: "" });
    const answer = sessions.join(second, "anna");
    await until(() => joining.length === 4);
    expect(first.active).toBe(false);
    online(joining[3]?.listener);
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });

  it("let nobody in for a window that was closed while another one's session left", async () => {
    const [first, second] = [opened("a", "one browser"), opened("b", "another")];
    sessions.join(first, "anna");
    first.detach(page);
    const answer = sessions.join(second, "anna");
    second.detach(page);
    expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
    expect(joining).toHaveLength(1);
  });

  it("send a new window of the same browser on to the one that has the name, or is trying to get it", async () => {
    const [first, second] = [opened("a", "browser"), opened("b", "browser")];
    const going = { ok: true, name: "Anna", session: "a" };
    sessions.join(first, "anna");
    expect(await sessions.join(second, "Anna")).toEqual(going);
    online(joining[0]?.listener);
    expect(await sessions.join(second, "Anna")).toEqual(going);
    first.detach(page);
    expect(await sessions.join(second, "Anna")).toEqual(going);
    expect([joining.length, second.active]).toEqual([1, false]);
  });

  it("send no window elsewhere that is of another browser, gives another name, or is in the chat itself", async () => {
    const first = opened("a", "browser");
    const answer = sessions.join(first, "anna");
    sessions.join(opened("b", "another browser"), "anna");
    expect(joining.map(({ name }) => name)).toEqual(["anna", "anna"]);
    joining[1]?.listener.closed({ kind: "ended", message: "" });
    const third = opened("c", "browser");
    sessions.join(third, "bruno");
    expect(joining.map(({ name }) => name)).toEqual(["anna", "anna", "bruno"]);
    expect(await sessions.join(third, "anna")).toMatchObject({ ok: false, code: "logged-in" });
    online(joining[0]?.listener);
    expect(await answer).toEqual({ ok: true, name: "anna" });
    expect(await sessions.join(first, "anna")).toEqual({ ok: true, name: "anna" });
  });

  it("let windows of one browser wait for one that is leaving with the name, and then go on together", async () => {
    const [first, second, third] = [opened("a", "browser"), opened("b", "browser"), opened("c", "browser")];
    let left = () => {};
    quit = (listener) => {
      left = () => listener.closed({ kind: "quit" });
    };
    sessions.join(first, "anna");
    online(joining[0]?.listener);
    first.quit();
    const answers = [sessions.join(second, "anna"), sessions.join(third, "anna")];
    expect(joining).toHaveLength(1);
    left();
    expect(await answers[1]).toEqual({ ok: true, name: "anna", session: "b" });
    online(joining[1]?.listener);
    expect(await answers[0]).toEqual({ ok: true, name: "anna" });
    expect(joining).toHaveLength(2);
  });

  it("give a window the same session until that is over", () => {
    const first = opened("a", "browser");
    expect(sessions.get("a")).toBe(first);
    first.detach(page);
    expect(sessions.get("a")).not.toBe(first);
  });

  it("all drop their connections when the program ends at once", () => {
    for (const id of ["anna", "bruno"]) sessions.join(sessions.get(id), id);
    sessions.get("an idle one");
    sessions.abandon();
    expect(abandoned).toEqual(["anna", "bruno"]);
  });

  it("all leave the chat when they are closed", async () => {
    const answers = ["a", "b"].map((id) => sessions.join(sessions.get(id), id));
    await sessions.close();
    for (const answer of answers) expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
  });
});
