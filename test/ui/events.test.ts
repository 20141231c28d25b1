import { describe, expect, test } from "vitest";
import type { NumberedEvent } from "../../protocol/bridge-events.ts";
import type { Message } from "../../protocol/events.ts";
import { addEvent } from "../../ui/store/model/events.ts";
import { reduce } from "../../ui/store/model/reduce.ts";
import { initialState, type PageState, roomOf } from "../../ui/store/model/state.ts";
import { unreadMessages, unreadOf } from "../../ui/store/model/unread.ts";
import { at, joined, joinedRoom, legacy, message, numbered, online, salotto, snapshot, waiting } from "./story.ts";

const fresh: PageState = { ...initialState("anna"), epoch: "epoch-1", upstream: salotto };
const told = (state: PageState, events: NumberedEvent[]) => events.reduce(addEvent, state);
const tell = (state: PageState, ...events: Parameters<typeof message>[0][]) =>
  told(state, numbered(state.lastN + 1, ...events.map((seq) => message(seq))));
const shape = (state: PageState, room = "lobby") =>
  [...roomOf(state, room).entries].map((entry) => (entry.kind === "message" ? entry.message.text : entry.kind));
const line = { count: 2, time: at(0) };

describe("events", () => {
  test("that were told already change nothing", () => {
    const once = told(fresh, numbered(1, joined(0, "anna"), message(1)));
    expect(told(once, numbered(1, joined(0, "anna"), message(1)))).toBe(once);
  });

  test("that the bridge no longer had leave it unknown who is where", () => {
    const state = told(fresh, numbered(1, joined(0, "anna"), joinedRoom("dev", 0, "anna")));
    expect([...told(state, numbered(5, message(4))).rooms.values()].map(({ entered }) => entered)).toEqual([
      false,
      false,
    ]);
  });

  test("keep the list of people", () => {
    const state = told(
      fresh,
      numbered(
        1,
        joined(0, "anna", "bruno"),
        { type: "member-joined", room: "lobby", name: "carla", ...line },
        { type: "member-joined", room: "lobby", name: "carla", ...line },
        { type: "member-renamed", room: "lobby", from: "bruno", to: "bruno rossi", time: at(0) },
        { type: "member-left", room: "lobby", name: "anna", reason: "quit", ...line },
      ),
    );
    expect(roomOf(state, "lobby").members.toSorted()).toEqual(["bruno rossi", "carla"]);
  });
});

describe("rooms", () => {
  const both = told(fresh, numbered(1, joined(0, "anna", "bruno", "carla"), joinedRoom("dev", 0, "anna", "bruno")));

  test("have messages, people and a topic of their own", () => {
    const state = told(
      both,
      numbered(
        3,
        message(1, { room: "dev", text: "in dev" }),
        { type: "member-joined", room: "dev", name: "carla", ...line },
        { type: "member-left", room: "dev", name: "bruno", reason: "left", ...line },
        { type: "topic", room: "dev", topic: "Releases", from: "carla", time: at(0) },
      ),
    );
    expect(shape(state, "dev")).toEqual(["in dev", "line", "line", "line"]);
    expect(shape(state)).toEqual([]);
    expect(roomOf(state, "dev")).toMatchObject({ members: ["anna", "carla"], topic: "Releases" });
    expect(roomOf(state, "lobby").members).toEqual(["anna", "bruno", "carla"]);
  });

  test("lose who leaves the chat, and know who takes another name, all of them", () => {
    const state = told(
      both,
      numbered(
        3,
        { type: "member-renamed", room: "lobby", from: "bruno", to: "Bruno", time: at(0) },
        { type: "member-left", room: "lobby", name: "carla", reason: "quit", ...line },
      ),
    );
    expect(roomOf(state, "dev").members).toEqual(["anna", "Bruno"]);
    expect(shape(state, "dev")).toEqual(["line"]);
    expect(shape(state)).toEqual(["line", "line"]);
  });

  test("are forgotten when the reader leaves them, and the lobby is shown", () => {
    const open = reduce(both, { type: "open-room", room: "dev" });
    const left = told(open, numbered(3, { type: "member-left", room: "dev", name: "anna", reason: "left", ...line }));
    expect([...left.rooms.keys()]).toEqual(["lobby"]);
    expect(left.current).toBe("lobby");
  });

  test("are made by private messages, one for each person however their name is written", () => {
    const state = told(
      both,
      numbered(3, message(1, { room: "@bruno" }), message(2, { room: "@Bruno", from: "anna", id: "id" })),
    );
    expect(shape(state, "@bruno")).toEqual(["text 1", "text 2"]);
    expect(shape(state)).toEqual([]);
    expect(roomOf(state, "@bruno").name).toBe("@bruno");
  });
});

describe("a log of another name", () => {
  const of = (log: string | undefined, seq: number) => ({
    ...joined(seq, "anna"),
    ...(log === undefined ? {} : { log }),
  });
  const before = told(
    fresh,
    numbered(1, of("first", 0), message(1), message(2), message(7), message(5, { room: "@bruno", msgid: "b-5" })),
  );
  const other = (seq: number, changes: Partial<Message> = {}) =>
    message(seq, { msgid: `other-${seq}`, text: `other ${seq}`, ...changes });

  test("leaves what was said in the former one above a line that says so, in every room", () => {
    const since = told(before, numbered(6, of("second", 8), other(9), other(1, { room: "@bruno", msgid: "other-b" })));
    expect(shape(since)).toEqual(["text 1", "text 2", "missing", "text 7", "replaced", "other 9"]);
    expect(shape(since, "@bruno")).toEqual(["text 5", "replaced", "other 1"]);
    expect(roomOf(since, "lobby")).toMatchObject({ lastSeq: 9, known: [{ from: 9, to: 9 }] });
    expect(unreadOf(roomOf(since, "@bruno"))).toEqual({ messages: 1, mentions: 0 });
    expect([...unreadMessages(roomOf(since, "@bruno"))].map(({ message }) => message.text)).toEqual(["other 1"]);
  });

  test("is the same one under the same name, or under none, before or now", () => {
    const unnamed = { ...before, log: undefined };
    for (const since of [
      told(before, numbered(6, of("first", 7))),
      told(before, numbered(6, of(undefined, 7))),
      told(unnamed, numbered(6, of("second", 7))),
    ])
      expect(shape(since)).toEqual(["text 1", "text 2", "text 7"]);
  });

  test("shows in a snapshot, where the event that told it was dropped", () => {
    const events = numbered(9, other(3));
    const since = reduce(before, { type: "snapshot", snapshot: snapshot({ log: "second", events }), nowMs: 0 });
    expect(shape(since)).toEqual(["text 1", "text 2", "missing", "text 7", "replaced", "other 3"]);
    const again = reduce(since, { type: "snapshot", snapshot: snapshot({ log: "second" }), nowMs: 0 });
    expect(shape(again)).toEqual(shape(since));
  });

  test("is taken for one under the same name when the numbers go back, as in an old copy", () => {
    const since = told(before, numbered(6, { ...of("first", 1), upTo: 3 }, message(2), other(3)));
    expect(shape(since)).toEqual(["text 1", "missing", "text 7", "replaced", "text 2", "other 3"]);
    expect(shape(since, "@bruno")).toEqual(["text 5", "replaced"]);
  });

  test("a second time leaves another line, and each message where it was said", () => {
    const second = told(before, numbered(6, of("second", 0), other(1)));
    const third = told(second, numbered(8, of("third", 0), other(1, { msgid: "third", text: "third" })));
    const kinds = ["text 1", "text 2", "missing", "text 7", "replaced", "other 1", "replaced", "third"];
    expect(shape(third)).toEqual(kinds);
    expect(new Set([...roomOf(third, "lobby").entries].map(({ key }) => key))).toHaveLength(kinds.length);
  });

  test("says nothing in a room where nothing was said", () => {
    const empty = told(fresh, numbered(1, of("first", 0)));
    expect(shape(told(empty, numbered(2, of("second", 0), other(1))))).toEqual(["other 1"]);
  });
});

describe("joining again", () => {
  const before = tell(told(fresh, numbered(1, joined(0, "anna"))), 1);
  const marks = (state: PageState) =>
    [...roomOf(state, "lobby").entries].flatMap((entry) => (entry.kind === "returned" ? entry.missed : []));
  const lost = reduce(before, { type: "connection", connection: waiting, nowMs: 0 });

  test.each([
    ["nothing was said meanwhile", 1, salotto, false],
    ["something was said meanwhile that cannot be had", 4, salotto, true],
    ["the server starts its count anew", 0, salotto, true],
    ["an old server cannot tell", 1, legacy, true],
  ])("after a lost connection, when %s (seq %i), leaves the mark that fits", (_, seq, upstream, missed) => {
    expect(marks(told({ ...lost, upstream }, numbered(3, joined(seq, "anna"))))).toEqual([missed]);
  });

  test("for the first time, or while the connection stands, leaves no mark", () => {
    expect(marks(before)).toEqual([]);
    expect(marks(told(before, numbered(3, joined(1, "anna", "bruno"))))).toEqual([]);
  });

  test("tells once that the connection was lost", () => {
    const back = told(lost, numbered(3, joined(1, "anna")));
    const again = told(
      reduce(back, { type: "connection", connection: online, nowMs: 0 }),
      numbered(4, joined(1, "anna")),
    );
    expect(marks(again)).toEqual([false]);
  });
});

describe("what is unread", () => {
  const dev = told(fresh, numbered(1, joined(0, "anna"), joinedRoom("dev", 3, "anna", "bruno")));
  const inDev = { ...dev, rooms: new Map(dev.rooms).set("dev", { ...roomOf(dev, "dev"), readSeq: 3 }) };
  const unread = (state: PageState, room = "dev") => unreadOf(roomOf(state, room));
  const said = (...texts: [text: string, from?: string][]) =>
    told(inDev, numbered(3, ...texts.map(([text, from = "bruno"], i) => message(4 + i, { room: "dev", text, from }))));

  test.each<[text: string, from: string, messages: number, mentions: number]>([
    ["hello", "bruno", 1, 0],
    ["hello Anna!", "bruno", 1, 1],
    ["@anna: hello", "bruno", 1, 1],
    ["ANNA", "bruno", 1, 1],
    ["hello annamaria", "bruno", 1, 0],
    ["hello joanna", "bruno", 1, 0],
    ["annà", "bruno", 1, 0],
    ["anna, I wrote this", "anna", 0, 0],
  ])("counts %j of %s as %i, and as a mention %i", (text, from, messages, mentions) => {
    expect(unread(said([text, from]))).toEqual({ messages, mentions });
  });

  test("is nothing in the room that is shown", () => {
    expect(unread(tell(inDev, 1), "lobby")).toEqual({ messages: 0, mentions: 0 });
  });

  test("is read when the room is opened, which shows where it began, until another is", () => {
    const opened = reduce(said(["one"], ["two"]), { type: "open-room", room: "dev" });
    expect(unread(opened)).toEqual({ messages: 0, mentions: 0 });
    expect(roomOf(opened, "dev").unreadAfter).toBe(3);
    const elsewhere = reduce(opened, { type: "open-room", room: "lobby" });
    expect(roomOf(elsewhere, "dev").unreadAfter).toBeUndefined();
    expect(roomOf(reduce(elsewhere, { type: "open-room", room: "dev" }), "dev").unreadAfter).toBeUndefined();
  });

  test("of a private conversation is what is new, not what was said before this window", () => {
    const state = told(dev, numbered(3, message(8, { room: "@bruno" })));
    expect(unread(state, "@bruno").messages).toBe(1);
  });
});
