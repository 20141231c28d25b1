/** The small pure parts of the bridge. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answersKeptMax, Outbox } from "../../bridge/outbox.ts";
import { Replay } from "../../bridge/replay.ts";
import { membersKeptMax, Rooms, roomsKeptMax } from "../../bridge/rooms.ts";
import { backoffDelayMs } from "../../bridge/upstream/backoff.ts";
import { EchoQueue, expectedMax } from "../../bridge/upstream/legacy-echo.ts";
import { LegacyPeople, peopleMax } from "../../bridge/upstream/legacy-people.ts";
import { PacedWriter } from "../../bridge/upstream/paced-writer.ts";
import { describeConnectionError } from "../../bridge/upstream/upstream-error.ts";
import { Usage } from "../../bridge/usage.ts";
import type { PostAnswer, PostRequest } from "../../protocol/bridge-events.ts";
import { ManualClock } from "./manual-clock.ts";

describe("the reconnection delay", () => {
  const bounds = { backoffMinMs: 500, backoffMaxMs: 30_000 };

  it.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [6, 16_000],
    [7, 30_000],
    [5_000, 30_000],
  ])("after %i failures is at most %i ms", (failures, ceilingMs) => {
    expect(backoffDelayMs(failures, bounds, 0)).toBe(0);
    expect(backoffDelayMs(failures, bounds, 0.5)).toBe(ceilingMs / 2);
    expect(backoffDelayMs(failures, bounds, 1 - Number.EPSILON)).toBe(ceilingMs);
  });
});

describe("the replay", () => {
  const event = (text: string) => ({ type: "notice", text, time: "2026-01-01T00:00:00.000Z" }) as const;

  it("gives what came after a number", () => {
    const replay = new Replay(10);
    for (const text of ["a", "b", "c"]) replay.add(event(text));
    expect(replay.since(1).events.map(({ n }) => n)).toEqual([2, 3]);
    expect(replay.since(3).events).toEqual([]);
  });

  it("keeps as many events as its bound, and drops the oldest at one more", () => {
    const small = new Replay(10, 120);
    const notice = { type: "notice", text: "x".repeat(20), time: "2026-01-01T00:00:00.000Z" } as const;
    for (let i = 0; i < 4; i++) small.add(notice);
    expect(small.since(0).events.map(({ n }) => n)).toEqual([4]);
    const replay = new Replay(2);
    replay.add(event("a"));
    replay.add(event("b"));
    expect(replay.since(0).events.map(({ n }) => n)).toEqual([1, 2]);
    replay.add(event("c"));
    expect(replay.since(0).events.map(({ n }) => n)).toEqual([2, 3]);
  });

  it("tells the server's log as it was before the events that it gives, and as it is now", () => {
    const joined = (log?: string) =>
      ({ type: "joined", room: "lobby", members: [], seq: 0, ...(log && { log }) }) as const;
    const replay = new Replay(3);
    expect(replay.since(0)).toEqual({ events: [] });
    for (const told of [joined("first"), event("a"), joined("second"), joined()]) replay.add(told);
    expect(replay.since(0)).toMatchObject({ log: "first", events: [{ n: 2 }, { n: 3 }, { n: 4 }] });
    expect(replay.since(2)).toMatchObject({ log: "first", events: [{ n: 3 }, { n: 4 }] });
    expect(replay.since(3)).toMatchObject({ log: "second", events: [{ n: 4 }] });
    replay.add(event("b"));
    replay.add(event("c"));
    expect(replay.since(0)).toMatchObject({ log: "second", events: [{ n: 4 }, { n: 5 }, { n: 6 }] });
    expect(replay.log).toBe("second");
  });
});

describe("the outbox", () => {
  const delivered: PostAnswer = { ok: true, msgid: "m", seq: 1, time: "2026-01-01T00:00:00.000Z" };
  const request = (id: string): PostRequest => ({ id, room: "lobby", text: "ciao" });
  const never = () => new Promise<PostAnswer>(() => {});

  it("sends an id once while it waits for the answer, and once it has it", async () => {
    const outbox = new Outbox(10);
    let sent = 0;
    const send = async () => {
      sent += 1;
      return delivered;
    };
    const answers = await Promise.all([outbox.post(request("a"), send), outbox.post(request("a"), send)]);
    expect([...answers, await outbox.post(request("a"), send)]).toEqual([delivered, delivered, delivered]);
    expect(sent).toBe(1);
  });

  it("sends an id again that did not arrive", async () => {
    const outbox = new Outbox(10);
    const lost: PostAnswer = { ok: false, code: "lost", message: "" };
    expect(await outbox.post(request("a"), async () => lost)).toEqual(lost);
    expect(await outbox.post(request("a"), async () => delivered)).toEqual(delivered);
  });

  it("takes as many at once as its bound, and is busy at one more", async () => {
    const outbox = new Outbox(2);
    outbox.post(request("a"), never);
    outbox.post(request("b"), never);
    expect(await outbox.post(request("c"), never)).toMatchObject({ ok: false, code: "busy" });
  });

  it("forgets the oldest answer beyond its bound", async () => {
    const outbox = new Outbox(10);
    const sent: string[] = [];
    const send = async ({ id }: PostRequest) => {
      sent.push(id);
      return delivered;
    };
    for (let n = 0; n < answersKeptMax; n++) await outbox.post(request(`${n}`), send);
    await outbox.post(request("0"), send);
    expect(sent).toHaveLength(answersKeptMax);
    await outbox.post(request("one more"), send);
    await outbox.post(request("0"), send);
    expect(sent.slice(-2)).toEqual(["one more", "0"]);
  });
});

describe("the echo queue", () => {
  function queue(...texts: string[]): EchoQueue<string> {
    const echo = new EchoQueue<string>();
    for (const text of texts) echo.expect(text, text);
    return echo;
  }

  it("finds what was sent, first in, first out", () => {
    const echo = new EchoQueue<number>();
    echo.expect("ciao", 1);
    echo.expect("ciao", 2);
    expect([echo.hear("ciao"), echo.hear("ciao"), echo.hear("ciao")]).toEqual([[1], [2], []]);
  });

  it("finds a text behind one that never came back", () => {
    expect(queue("mangled", "ciao").hear("ciao")).toEqual(["ciao"]);
  });

  it("finds texts that the server received as one", () => {
    expect(queue("ciao", "come", "va").hear("ciaocomeva")).toEqual(["ciao", "come", "va"]);
  });

  it("takes no other text for ours", () => {
    const echo = queue("ciao", "come va");
    expect([echo.hear("cia"), echo.hear("ciao!"), echo.hear("")]).toEqual([[], [], []]);
  });

  it("does not mind white space at the end", () => {
    expect(queue("ciao ").hear("ciao\n")).toEqual(["ciao "]);
  });

  it("gives up the oldest text beyond its bound", () => {
    const echo = queue("first", ...Array.from({ length: expectedMax - 1 }, (_, n) => `${n}.`));
    echo.expect("last", "last");
    expect(echo.hear("first")).toEqual([]);
    expect(echo.hear("last")).toEqual(["last"]);
  });

  it("never finds more than was sent", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (sent, heard) => {
        const echo = queue(...sent);
        expect(heard.flatMap((text) => echo.hear(text)).length).toBeLessThanOrEqual(sent.length);
      }),
    );
  });
});

describe("the paced writer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function writer() {
    const wire = { written: [] as string[], waiting: 0 };
    const paced = new PacedWriter(
      {
        write: (text) => void wire.written.push(text),
        bytesWaiting: () => wire.waiting,
        holdsBack: () => false,
        end: () => {},
        reset: () => {},
        fail: () => {},
      },
      100,
    );
    return { wire, paced };
  }

  it("leaves the gap between any two writes, and none before the first", () => {
    const { wire, paced } = writer();
    for (const text of ["a", "b"]) paced.write(text, () => {});
    expect(wire.written).toEqual(["a"]);
    vi.advanceTimersByTime(99);
    expect(wire.written).toEqual(["a"]);
    vi.advanceTimersByTime(1);
    expect(wire.written).toEqual(["a", "b"]);
    paced.write("c", () => {});
    vi.advanceTimersByTime(99);
    expect(wire.written).toEqual(["a", "b"]);
    vi.advanceTimersByTime(1_000);
    expect(wire.written).toEqual(["a", "b", "c"]);
    paced.write("d", () => {});
    expect(wire.written).toEqual(["a", "b", "c", "d"]);
  });

  it("writes nothing while the server has not taken what was written", () => {
    const { wire, paced } = writer();
    wire.waiting = 1;
    paced.write("a", () => {});
    vi.advanceTimersByTime(1_000);
    expect(wire.written).toEqual([]);
    wire.waiting = 0;
    vi.advanceTimersByTime(100);
    expect(wire.written).toEqual(["a"]);
  });

  it("writes nothing any more once it is stopped", () => {
    const { wire, paced } = writer();
    for (const text of ["a", "b"]) paced.write(text, () => {});
    paced.stop();
    vi.advanceTimersByTime(1_000);
    expect(wire.written).toEqual(["a"]);
  });
});

describe("the people of an old server", () => {
  it("counts two of one name as two, and tells the name once", () => {
    const people = new LegacyPeople("anna");
    people.add("anna");
    expect([people.count, people.members]).toEqual([2, [{ name: "anna" }]]);
    people.remove("anna");
    expect([people.count, people.members]).toEqual([1, [{ name: "anna" }]]);
  });

  it("keeps as many names as its bound, and not one more", () => {
    const people = new LegacyPeople("anna");
    for (let n = 1; n < peopleMax; n++) people.add(`p${n}`);
    expect(people.count).toBe(peopleMax);
    people.add("one more");
    expect(people.count).toBe(peopleMax);
  });
});

describe("the rooms of a session", () => {
  const names = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `p${n}` }));
  const joined = (room: string, count = 0) => ({ type: "joined", room, members: names(count), seq: 0 }) as const;

  it("keep as many names as their bound, and not one more", () => {
    const rooms = new Rooms();
    rooms.take(joined("lobby", membersKeptMax - 1), "anna");
    const arrival = { type: "member-joined", room: "lobby", count: 1, time: "" } as const;
    rooms.take({ ...arrival, name: "last" }, "anna");
    rooms.take({ ...arrival, name: "one more" }, "anna");
    expect(rooms.snapshot[0]?.members.at(-1)).toEqual({ name: "last" });
    expect(rooms.snapshot[0]?.members).toHaveLength(membersKeptMax);
    rooms.take(joined("lobby", membersKeptMax + 1), "anna");
    expect(rooms.snapshot[0]?.members).toHaveLength(membersKeptMax);
  });

  it("are as many as their bound; at one more the oldest but the lobby is forgotten", () => {
    const rooms = new Rooms();
    rooms.take(joined("lobby"), "anna");
    for (let n = 1; n < roomsKeptMax; n++) rooms.take(joined(`r${n}`), "anna");
    expect(rooms.snapshot.map(({ room }) => room)).toContain("r1");
    rooms.take(joined("one more"), "anna");
    expect(rooms.snapshot).toHaveLength(roomsKeptMax);
    expect(rooms.snapshot.map(({ room }) => room).slice(0, 2)).toEqual(["lobby", "r2"]);
  });
});

describe("usage", () => {
  it("ends when the last page has been gone for the grace time, and not before", () => {
    const clock = new ManualClock();
    let unused = 0;
    const usage = new Usage(clock, 1_000, () => {
      unused += 1;
    });
    clock.advance(10_000);
    expect(unused).toBe(0);
    usage.opened();
    usage.opened();
    usage.closed();
    clock.advance(10_000);
    usage.closed();
    clock.advance(999);
    expect(unused).toBe(0);
    usage.opened();
    clock.advance(10_000);
    usage.closed();
    clock.advance(1_000);
    expect(unused).toBe(1);
  });
});

describe("a failed connection is put into words", () => {
  it.each([
    ["ECONNREFUSED", false, "cannot reach 10.0.0.5:8080: connection refused"],
    ["ETIMEDOUT", false, "cannot reach 10.0.0.5:8080: no answer"],
    ["ECONNRESET", true, "lost the connection to 10.0.0.5:8080: connection reset"],
    ["closed-by-server", true, "lost the connection to 10.0.0.5:8080: the server closed the connection"],
  ])("%s", (code, wasOpen, message) => {
    expect(describeConnectionError(code, wasOpen, "10.0.0.5:8080")).toEqual({ code, message });
  });

  it("an error that nobody foresaw, in its own words", () => {
    const error = Object.assign(new Error("something odd"), { code: "EODD" });
    expect(describeConnectionError(error, false, "h:1")).toEqual({
      code: "EODD",
      message: "cannot reach h:1: something odd",
    });
  });
});
