import { beforeEach, describe, expect, it } from "vitest";
import { Sessions } from "../../bridge/sessions.ts";
import type { UpstreamListener } from "../../bridge/upstream/upstream.ts";
import { bridgeLimits } from "../../protocol/limits.ts";
import { ManualClock } from "./manual-clock.ts";
import { silentLog, until } from "./page.ts";

let joining: { name: string; listener: UpstreamListener }[];
let abandoned: string[];
let sessions: Sessions;

beforeEach(() => {
  joining = [];
  abandoned = [];
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
        rename: () => Promise.reject(new Error("nobody is renamed here")),
        ask: () => Promise.reject(new Error("nobody asks here")),
        quit: () => listener.closed({ kind: "quit" }),
        abandon: () => abandoned.push(name),
      };
    },
  });
});

const page = { snapshot() {}, link() {}, name() {}, event() {}, replaced() {} };

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

  it("give the name of a window that was closed to the same person's new one, and to nobody while it is open", async () => {
    const [first, second] = [sessions.get("a"), sessions.get("b")];
    first.attach(page, { session: "a", after: 0 });
    second.attach(page, { session: "b", after: 0 });
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
    joining[3]?.listener.online({ kind: "salotto", description: "", lacks: [] }, "anna");
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });

  it("let nobody in for a window that was closed while another one's session left", async () => {
    const [first, second] = [sessions.get("a"), sessions.get("b")];
    first.attach(page, { session: "a", after: 0 });
    second.attach(page, { session: "b", after: 0 });
    sessions.join(first, "anna");
    first.detach(page);
    const answer = sessions.join(second, "anna");
    second.detach(page);
    expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
    expect(joining).toHaveLength(1);
  });

  it("give a window the same session until that is over", () => {
    const first = sessions.get("a");
    expect(sessions.get("a")).toBe(first);
    first.attach(page, { session: "a", after: 0 });
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
