/** A session by itself: a clock that the test turns, an upstream that does what the test says. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Page, Session } from "../../bridge/session.ts";
import type { OpenUpstream, UpstreamListener } from "../../bridge/upstream/upstream.ts";
import type { LinkState, NumberedEvent, PostAnswer, Snapshot, UpstreamInfo } from "../../protocol/bridge-events.ts";
import type { RoomEvent } from "../../protocol/events.ts";
import { bridgeLimits } from "../../protocol/limits.ts";
import { ManualClock } from "./manual-clock.ts";
import { silentLog } from "./page.ts";

const limits = { ...bridgeLimits, replayEventsMax: 3, nameTakenRetriesMax: 2, postsPendingMax: 2 };
const info: UpstreamInfo = { kind: "salotto", description: "test", lacks: [] };
const error = { code: "ECONNREFUSED", message: "cannot reach h:1: connection refused" };
const taken = { code: "name-taken", message: "taken" } as const;
const notice = (text: string): RoomEvent => ({ type: "notice", text, time: "2026-01-01T00:00:00.000Z" });
const post = { id: randomUUID(), room: "lobby", text: "ciao" };

/** Writes down what a page is told. */
class PageLog implements Page {
  readonly snapshots: Snapshot[] = [];
  readonly links: LinkState[] = [];
  readonly names: string[] = [];
  readonly events: NumberedEvent[] = [];
  wasReplaced = false;

  snapshot(snapshot: Snapshot): void {
    this.snapshots.push(snapshot);
  }
  link(state: LinkState): void {
    this.links.push(state);
  }
  name(name: string): void {
    this.names.push(name);
  }
  event(event: NumberedEvent): void {
    this.events.push(event);
  }
  replaced(): void {
    this.wasReplaced = true;
  }
}

let clock: ManualClock;
let listeners: UpstreamListener[];
let names: string[];
let quits: number;
let posts: ((answer: PostAnswer) => void)[];
let over: number;
let session: Session;
let page: PageLog;

const open: OpenUpstream = (name, listener) => {
  names.push(name);
  listeners.push(listener);
  return {
    post: () => new Promise((resolve) => posts.push(resolve)),
    rename: async (to) => ({ ok: true, name: to }),
    quit: () => {
      quits += 1;
    },
    abandon: () => {},
  };
};

/** The connection that was opened last. */
function upstream(): UpstreamListener {
  const last = listeners.at(-1);
  if (!last) throw new Error("no connection was opened");
  return last;
}

function attach(handshake: { epoch?: string; after?: number } = {}): PageLog {
  const attached = new PageLog();
  session.attach(attached, { session: randomUUID(), after: 0, ...handshake });
  return attached;
}

beforeEach(() => {
  clock = new ManualClock();
  listeners = [];
  names = [];
  quits = 0;
  posts = [];
  over = 0;
  session = new Session({
    server: "h:1",
    opener: () => open,
    limits,
    clock,
    // Each delay is half of its ceiling.
    random: () => 0.5,
    logger: silentLog,
    over: () => {
      over += 1;
    },
  });
  page = attach();
});

describe("joining", () => {
  it("is answered once the server has taken the name, as the server writes it", async () => {
    const answer = session.join("  anna ");
    expect(names).toEqual(["anna"]);
    upstream().online(info, "Anna");
    expect(await answer).toEqual({ ok: true, name: "Anna" });
    expect(page.links).toEqual([
      { phase: "connecting", attempt: 1 },
      { phase: "online", upstream: info },
    ]);
    expect(page.names).toEqual(["Anna"]);
  });

  it.each(["", "{quit}", "* anna", "an\u0000na"])("with the name %j is refused without a connection", async (name) => {
    expect(await session.join(name)).toMatchObject({ ok: false, code: "name-invalid" });
    expect(listeners).toEqual([]);
  });

  it("that the server refuses ends idle, with the reason", async () => {
    const answer = session.join("anna");
    upstream().closed({ kind: "refused", refusal: taken });
    expect(await answer).toEqual({ ok: false, ...taken });
    expect(page.links.at(-1)).toEqual({ phase: "idle", refusal: taken });
    session.join("bruno");
    expect(names).toEqual(["anna", "bruno"]);
  });

  it("goes on while the server cannot be reached, ever more slowly", () => {
    session.join("anna");
    for (const retryInMs of [250, 500, 1_000]) {
      upstream().closed({ kind: "lost", error });
      expect(page.links.at(-1)).toMatchObject({ phase: "waiting", retryInMs, error });
      const opened = listeners.length;
      clock.advance(retryInMs - 1);
      expect(listeners).toHaveLength(opened);
      clock.advance(1);
      expect(listeners).toHaveLength(opened + 1);
      expect(page.links.at(-1)).toEqual({ phase: "connecting", attempt: opened + 1 });
    }
  });

  it("while it waits is cancelled by quitting", async () => {
    const answer = session.join("anna");
    upstream().closed({ kind: "lost", error });
    await session.quit();
    expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
    expect(page.links.at(-1)).toEqual({ phase: "idle" });
    clock.advance(60_000);
    expect(listeners).toHaveLength(1);
  });

  it("twice with one name is one connection, with another name an error", async () => {
    const first = session.join("anna");
    const second = session.join("anna");
    upstream().online(info, "anna");
    const ok = { ok: true, name: "anna" };
    expect([await first, await second, await session.join("anna")]).toEqual([ok, ok, ok]);
    expect(await session.join("bruno")).toMatchObject({ ok: false, code: "logged-in" });
    expect(listeners).toHaveLength(1);
  });

  it("right after quitting waits until the old connection is closed", async () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.quit();
    const answer = session.join("anna");
    expect(listeners).toHaveLength(1);
    upstream().closed({ kind: "quit" });
    await Promise.resolve().then(() => Promise.resolve());
    expect(listeners).toHaveLength(2);
    upstream().online(info, "anna");
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });
});

describe("a lost connection", () => {
  beforeEach(() => {
    session.join("anna");
    upstream().online(info, "anna");
  });

  it("is made again under the same name", () => {
    upstream().closed({ kind: "lost", error });
    clock.advance(250);
    upstream().online(info, "anna");
    expect(names).toEqual(["anna", "anna"]);
    expect(page.links.map(({ phase }) => phase)).toEqual(["connecting", "online", "waiting", "connecting", "online"]);
  });

  it("that found the name taken, probably by our ghost, is tried again, but not for ever", () => {
    upstream().closed({ kind: "lost", error });
    for (let taking = 0; taking < limits.nameTakenRetriesMax; taking++) {
      clock.advance(60_000);
      upstream().closed({ kind: "refused", refusal: taken });
      expect(page.links.at(-1)).toMatchObject({ phase: "waiting", error: taken });
    }
    clock.advance(60_000);
    upstream().closed({ kind: "refused", refusal: taken });
    expect(page.links.at(-1)).toEqual({ phase: "idle", refusal: taken });
  });

  it("is not hurried back to a server that takes us in only to drop us", () => {
    for (const retryInMs of [250, 500, 1_000]) {
      upstream().closed({ kind: "lost", error });
      expect(page.links.at(-1)).toMatchObject({ retryInMs });
      clock.advance(retryInMs);
      upstream().online(info, "anna");
    }
    clock.advance(limits.backoffMaxMs);
    upstream().closed({ kind: "lost", error });
    expect(page.links.at(-1)).toMatchObject({ retryInMs: 250 });
  });

  it("keeps the name it had last, after a rename", async () => {
    upstream().renamed("carla");
    upstream().closed({ kind: "lost", error });
    clock.advance(250);
    expect(names).toEqual(["anna", "carla"]);
    expect(page.names).toEqual(["anna", "carla"]);
  });

  it("that the server meant to end is not made again", () => {
    upstream().closed({ kind: "ended", message: "you were sent away" });
    expect(page.links.at(-1)).toEqual({ phase: "idle", ended: "you were sent away" });
    clock.advance(60_000);
    expect(listeners).toHaveLength(1);
  });
});

describe("posting", () => {
  it("while not connected is answered offline, and nothing is kept for later", async () => {
    expect(await session.post(post)).toMatchObject({ ok: false, code: "offline" });
    session.join("anna");
    expect(await session.post(post)).toMatchObject({ ok: false, code: "offline" });
    upstream().online(info, "anna");
    expect(posts).toEqual([]);
  });

  it("more at once than the bound is answered busy", async () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.post(post);
    session.post({ ...post, id: randomUUID() });
    expect(await session.post({ ...post, id: randomUUID() })).toMatchObject({ ok: false, code: "busy" });
    expect(posts).toHaveLength(2);
  });

  it.each([
    ["", "empty"],
    [" \u0007\n", "empty"],
    ["x".repeat(8_193), "too-long"],
    ["x\n".repeat(200).concat("x"), "too-many-lines"],
  ])("an unfit text is refused here", async (text, code) => {
    session.join("anna");
    upstream().online(info, "anna");
    expect(await session.post({ ...post, text })).toMatchObject({ ok: false, code });
    expect(posts).toEqual([]);
  });
});

describe("a page", () => {
  it("that comes gets everything there is to show", () => {
    session.join("anna");
    upstream().online(info, "anna");
    upstream().event(notice("a"));
    const [first] = page.snapshots;
    expect(first).toMatchObject({ server: "h:1", link: { phase: "idle" }, events: [] });
    expect(first).not.toHaveProperty("name");
    expect(attach().snapshots[0]).toEqual({
      epoch: first?.epoch,
      server: "h:1",
      name: "anna",
      link: { phase: "online", upstream: info },
      events: [{ n: 1, event: notice("a") }],
    });
  });

  it("that comes back gets what it missed, in the same life of the session only", () => {
    session.join("anna");
    upstream().online(info, "anna");
    for (const text of ["a", "b", "c"]) upstream().event(notice(text));
    const epoch = page.snapshots[0]?.epoch ?? "";
    const missed = (handshake: { epoch?: string; after: number }) =>
      attach(handshake).snapshots[0]?.events.map(({ n }) => n);
    expect(missed({ epoch, after: 2 })).toEqual([3]);
    expect(missed({ epoch, after: 3 })).toEqual([]);
    expect(missed({ epoch: randomUUID(), after: 2 })).toEqual([1, 2, 3]);
    upstream().event(notice("d"));
    expect(missed({ epoch, after: 0 })).toEqual([2, 3, 4]);
  });

  it("that comes takes the session over from the one before", () => {
    const second = attach();
    expect(page.wasReplaced).toBe(true);
    session.join("anna");
    upstream().online(info, "anna");
    upstream().event(notice("a"));
    expect(page.events).toEqual([]);
    expect(second.events).toEqual([{ n: 1, event: notice("a") }]);
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    expect(quits).toBe(0);
  });

  it("that comes back within the grace time finds the conversation going on", () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs - 1);
    upstream().event(notice("a"));
    const back = attach();
    clock.advance(limits.pageGraceMs);
    expect(quits).toBe(0);
    expect(back.snapshots[0]?.events).toHaveLength(1);
  });

  it("that stays away longer leaves the chat, and the session is over", () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    expect([quits, over]).toEqual([1, 0]);
    upstream().closed({ kind: "quit" });
    expect(over).toBe(1);
  });

  it("that goes without being in the chat takes the session with it", () => {
    session.detach(page);
    expect(over).toBe(1);
  });

  it("whose connection to the chat ends while it is away takes the session with it", () => {
    session.join("anna");
    session.detach(page);
    upstream().closed({ kind: "refused", refusal: taken });
    expect(over).toBe(1);
    clock.advance(limits.pageGraceMs);
    expect(quits).toBe(0);
  });
});
