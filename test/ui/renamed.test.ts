/** Private conversations go on when somebody takes another name, and no two people are taken for one. */
import { describe, expect, test } from "vitest";
import type { KeptEvent } from "../../protocol/bridge-events.ts";
import { addEvent } from "../../ui/store/model/events.ts";
import { reduce } from "../../ui/store/model/reduce.ts";
import { initialState, type PageState, roomOf } from "../../ui/store/model/state.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { lastEditable } from "../../ui/store/services/composing.ts";
import { openStore } from "./memory-bridge-client.ts";
import { at, joined, message, numbered, salotto, snapshot, waiting } from "./story.ts";

const fresh: PageState = { ...initialState("anna"), epoch: "epoch-1", upstream: salotto };
const tell = (state: PageState, ...events: KeptEvent[]) => numbered(state.lastN + 1, ...events).reduce(addEvent, state);
const renaming = (from: string, to: string, same?: true): KeptEvent => ({
  type: "member-renamed",
  ...{ room: "lobby", from, to, time: at(8) },
  ...(same ? { same } : {}),
});
const found = (from: string, to: string): KeptEvent => ({ type: "conversation-renamed", from, to });
const to = (room: string, seq: number, changes: object = {}) =>
  message(seq, { room, msgid: `${room} ${seq}`, text: `${room} ${seq}`, ...changes });
const shape = (state: PageState, room: string) =>
  [...roomOf(state, room).entries].map((entry) => (entry.kind === "message" ? entry.message.text : entry.kind));
const former = (state: PageState, room: string) =>
  [...roomOf(state, room).entries].flatMap((entry) => (entry.kind === "message" ? entry.former : []));

describe("when the other person takes another name", () => {
  const before = tell(fresh, joined(0, "anna", "bruno", "dora"), to("@bruno", 1), to("@dora", 1), to("@bruno", 2));
  const after = tell(before, renaming("bruno", "bea", true));

  test("their conversation goes on, in its place, and says so", () => {
    expect([...after.rooms.keys()]).toEqual(["lobby", "@bea", "@dora"]);
    expect(roomOf(after, "@bea").name).toBe("@bea");
    const next = tell(after, to("@bea", 3, { from: "bea", time: at(9) }));
    expect(shape(next, "@bea")).toEqual(["@bruno 1", "@bruno 2", "line", "@bea 3"]);
    expect(roomOf(next, "@bea").known).toEqual([{ from: 1, to: 3 }]);
  });

  test("it has the same unread messages, and stays the room that is shown", () => {
    expect(unreadOf(roomOf(after, "@bea")).messages).toBe(unreadOf(roomOf(before, "@bruno")).messages);
    const open = tell(reduce(before, { type: "open-room", room: "@bruno" }), renaming("bruno", "bea", true));
    expect(open.current).toBe("@bea");
  });

  test("what waits to be sent goes there", () => {
    const post = { id: "id", room: "@bruno", text: "psst", action: false, time: at(1) };
    const waits = reduce(before, { type: "post", message: { ...post, delivery: { phase: "queued" } } });
    const { outbox, lastWritten } = tell(waits, renaming("bruno", "bea", true));
    expect(outbox.map(({ room }) => room)).toEqual(["@bea"]);
    expect(lastWritten?.room).toBe("@bea");
  });

  test("an answer that comes later still says that they are not here", () => {
    const post = { id: "id", room: "@bruno", text: "psst", action: false, time: at(1) };
    const sent = { ...post, delivery: { phase: "sending" } } as const;
    const echoed = tell(reduce(after, { type: "post", message: sent }), to("@bea", 3, { from: "anna", id: "id" }));
    const answer = { ok: true, msgid: "@bea 3", seq: 3, time: at(9), away: true } as const;
    const answered = reduce(echoed, { type: "answered", sent, answer });
    expect(roomOf(answered, "@bea").entries.lastMessage).toMatchObject({ away: true });
    expect(answered.rooms.has("@bruno")).toBe(false);
  });

  test("a conversation with whoever had that name before is none of theirs", () => {
    const two = tell(before, to("@bea", 1), to("@bea", 2), to("@bea", 3), renaming("bruno", "bea", true));
    expect(shape(two, "@bea")).toEqual(["@bruno 1", "@bruno 2", "line"]);
    expect([...two.rooms.keys()]).toEqual(["lobby", "@dora", "@bea"]);
  });

  test("and only other capitals, it is called by them", () => {
    const { rooms } = tell(before, renaming("bruno", "BRUNO", true));
    expect([...rooms.keys()]).toEqual(["lobby", "@bruno", "@dora"]);
    expect(rooms.get("@bruno")?.name).toBe("@BRUNO");
  });

  test("that of somebody who is away, both conversations stay what they are", () => {
    const absentees = reduce(before, { type: "absentees", people: [{ name: "bea", seen: at(0) }] });
    const two = tell(absentees, to("@bea", 1), renaming("bruno", "bea"));
    expect(shape(two, "@bruno")).toEqual(["@bruno 1", "@bruno 2"]);
    expect(shape(two, "@bea")).toEqual(["@bea 1"]);
    expect(two.absentees).toEqual([]);
  });

  test("a page that is loaded later has it once, as far as it was read", () => {
    const kept = {
      current: "@bea",
      rooms: [
        { name: "lobby", readSeq: 0 },
        { name: "@bea", readSeq: 2 },
      ],
    };
    const reloaded: PageState = {
      ...initialState("anna", kept),
      epoch: "epoch-1",
      upstream: salotto,
      attentive: false,
    };
    const story = [joined(0, "anna", "bruno"), to("@bruno", 1), to("@bruno", 2), renaming("bruno", "bea", true)];
    const state = tell(reloaded, ...story, to("@bea", 3, { time: at(9) }));
    expect([...state.rooms.keys()]).toEqual(["lobby", "@bea"]);
    expect(shape(state, "@bea")).toEqual(["@bruno 1", "@bruno 2", "line", "@bea 3"]);
    expect(unreadOf(roomOf(state, "@bea")).messages).toBe(1);
  });
});

describe("when the server says that a conversation is called otherwise", () => {
  const before = tell(fresh, joined(0, "anna"), to("@bruno", 1), to("@bruno", 2));

  test("it goes on under that name", () => {
    expect(shape(tell(before, found("@bruno", "@bea"), to("@bea", 3)), "@bea")).toEqual([
      "@bruno 1",
      "@bruno 2",
      "@bea 3",
    ]);
  });

  test("and it was here under both names, it is one, with every message once", () => {
    const both = tell(before, to("@bea", 3), to("@bruno", 2, { room: "@bea", edited: true }), found("@bruno", "@bea"));
    expect(shape(both, "@bea")).toEqual(["@bruno 1", "@bruno 2", "@bea 3"]);
    expect(roomOf(both, "@bea")).toMatchObject({ known: [{ from: 1, to: 3 }], lastSeq: 3 });
    expect([...both.rooms.keys()]).toEqual(["lobby", "@bea"]);
  });

  test("what had that name with other messages is none of it", () => {
    expect(shape(tell(before, to("@bea", 1), found("@bruno", "@bea")), "@bea")).toEqual(["@bruno 1", "@bruno 2"]);
  });
});

describe("when the reader takes another name", () => {
  const before = tell(fresh, joined(0, "anna", "bruno"), to("@bruno", 5));
  const named = (same: boolean, name = "annina") => reduce(before, { type: "name", name, same });

  test("private conversations go on, and what they said is theirs to change", () => {
    const own = tell(before, to("@bruno", 6, { from: "anna", own: true }));
    const after = tell(reduce(own, { type: "name", name: "annina", same: true }), renaming("anna", "annina", true));
    expect(former(tell(after, to("@bruno", 7)), "@bruno")).toEqual([false, false, false]);
    expect(lastEditable(roomOf(after, "@bruno"))).toMatchObject({ msgid: "@bruno 6" });
  });

  test("and is another person by it, private conversations are others, which are asked for", () => {
    const after = tell(named(false), renaming("anna", "annina"), to("@bruno", 1, { text: "new", time: at(9) }));
    expect(shape(after, "@bruno")).toEqual(["@bruno 5", "new"]);
    expect(former(after, "@bruno")).toEqual([true, false]);

    const { store, client } = openStore();
    client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), to("@bruno", 5)) }));
    client.bridge.name("annina", false);
    expect(client.asks.map(({ request }) => request)).toEqual([{ type: "join", room: "@bruno" }]);
    expect(roomOf(store.state, "@bruno").entered).toBe(true);
  });

  test("that is the same in other letters, nothing begins anew", () => {
    expect(former(named(false, "Anna"), "@bruno")).toEqual([false]);
  });

  test.each([
    ["goes on", true, [false, false]],
    ["was another one before", undefined, [true, false]],
  ] as const)("a conversation %s also for a page that is loaded since", (_what, same, expected) => {
    const story = [joined(0, "anna", "bruno"), to("@bruno", 1), renaming("anna", "annina", same)];
    const since = tell({ ...fresh, name: "annina" }, ...story, to("@bruno", 5, { time: at(9) }));
    expect(former(since, "@bruno")).toEqual(expected);
  });
});

describe("what is being written to somebody who takes another name", () => {
  function inChat() {
    const opened = openStore();
    opened.client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna", "bruno"), to("@bruno", 1)) }));
    opened.store.keep.set("draft @bruno", "half a");
    opened.store.keep.set("about @bruno", "{}");
    return opened;
  }

  test.each([
    ["while the page is told", renaming("bruno", "bea", true)],
    ["and it shows later", found("@bruno", "@bea")],
  ])("goes with the conversation, %s", (_when, event) => {
    const { store, client } = inChat();
    client.bridge.event({ n: 3, event });
    expect([store.keep.get("draft @bea"), store.keep.get("about @bea")]).toEqual(["half a", "{}"]);
    expect(store.keep.get("draft @bruno")).toBeUndefined();
  });

  test("stays when they become another person", () => {
    const { store, client } = inChat();
    client.bridge.event({ n: 3, event: renaming("bruno", "bea") });
    expect(store.keep.get("draft @bruno")).toBe("half a");
  });

  test("and waits for the server is sent to them once it is back", async () => {
    const { store, client } = inChat();
    client.bridge.connection(waiting);
    store.sending.post({ room: "@bruno", text: "psst", action: false });
    client.bridge.event({ n: 3, event: found("@bruno", "@bea") });
    client.bridge.connection({ phase: "online", upstream: salotto });
    expect(client.posts.map(({ request }) => request.room)).toEqual(["@bea"]);
  });
});

describe("by an earlier name", () => {
  const opened = () => {
    const chat = openStore();
    const story = [joined(0, "anna"), to("@bruno", 5), renaming("bruno", "bea", true)];
    chat.client.bridge.snapshot(snapshot({ events: numbered(1, ...story) }));
    return chat;
  };

  test("the conversation is opened as it is called now", async () => {
    const { store, client } = opened();
    const opening = store.asking.joinRoom("@bruno");
    await client.asks[0]?.answer({ ok: true, room: "@bea" });
    expect(await opening).toMatchObject({ room: "@bea" });
    expect(store.state.current).toBe("@bea");
    expect(store.state.rooms.has("@bruno")).toBe(false);
  });

  test("history that was asked for is added to it", async () => {
    const { store, client } = opened();
    const asking = store.asking.loadHistory(roomOf(store.state, "@bruno"), { before: 5 });
    const { room: _, ...earlier } = to("@bruno", 4);
    await client.asks[0]?.answer({ ok: true, room: "@bea", messages: [earlier], more: false });
    await asking;
    expect(shape(store.state, "@bea")).toEqual(["@bruno 4", "@bruno 5", "line"]);
    expect(store.state.rooms.has("@bruno")).toBe(false);
  });
});
