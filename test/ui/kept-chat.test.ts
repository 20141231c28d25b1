/** What the browser keeps of a chat, and what happens to it when the bridge is back. */
import { describe, expect, test } from "vitest";
import { keptEntriesMax, keptRoomsMax, toKeep } from "../../ui/store/model/kept-chat.ts";
import { hasMemory, roomOf } from "../../ui/store/model/state.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { earlierOf } from "../../ui/store/selectors/earlier.ts";
import { logItems } from "../../ui/store/selectors/log-items.ts";
import { type ChatShelf, keepGapMs } from "../../ui/store/services/chat-keeper.ts";
import { lastEditable } from "../../ui/store/services/composing.ts";
import { type Browser, memoryShelf, memoryStorage, openStore, PageClock } from "./memory-bridge-client.ts";
import { at, joined, joinedRoom, message, numbered, online, snapshot } from "./story.ts";

type Opened = ReturnType<typeof openStore>;

const log = "first";
const story = [
  { ...joined(0, "anna", "bruno"), log },
  message(1),
  message(2),
  joinedRoom("dev", 0, "anna"),
  message(1, { room: "dev", msgid: "dev-1", text: "in dev" }),
];
const upTo = story.length;

/** Anna, in the chat, after `story` happened. */
function inChat(browser: Browser = {}) {
  const opened = openStore(browser);
  opened.store.join("anna");
  opened.client.bridge.snapshot(snapshot({ events: numbered(1, ...story) }));
  return opened;
}

/** The same after the browser kept it. */
function kept(browser: Browser = {}) {
  const opened = inChat(browser);
  opened.store.keepNow();
  return opened;
}

const newWindow = ({ browser, shelf }: Opened): Browser => ({ browser, shelf });
const texts = ({ store }: Opened, room = "lobby") =>
  [...roomOf(store.state, room).entries].flatMap((entry) => (entry.kind === "message" ? entry.message.text : []));
const gaps = ({ store }: Opened) =>
  logItems(roomOf(store.state, "lobby"), [], "anna").filter(({ kind }) => kind === "gap");
const forgotten = { ...snapshot({ epoch: "epoch-2" }), name: undefined, connection: { phase: "idle" as const } };

/** The bridge has been restarted, and has let the person in. */
function back({ client }: Opened, ...events: Parameters<typeof numbered>[1][]) {
  const { name: _, ...nameless } = forgotten;
  client.bridge.snapshot(nameless);
  client.bridge.connection(online);
  for (const event of numbered(1, ...events)) client.bridge.event(event);
}

describe("a window that is reloaded", () => {
  test("shows what it had while the bridge is away, in the room that it showed", () => {
    const first = inChat();
    first.store.openRoom("dev");
    first.store.keepNow();
    const second = openStore(first);
    second.client.bridge.lost();
    expect(second.store.state).toMatchObject({ joinState: "in", name: "anna", bridge: "lost", current: "dev" });
    expect(texts(second)).toEqual(["text 1", "text 2"]);
    expect(texts(second, "dev")).toEqual(["in dev"]);
    expect(roomOf(second.store.state, "lobby").members).toEqual(["anna", "bruno"]);
    expect(hasMemory(second.store.state)).toBe(true);
  });

  test("does not begin where the new began the last time", () => {
    const first = inChat();
    first.store.attend(false);
    first.client.bridge.event({ n: upTo + 1, event: message(3) });
    first.store.attend(true);
    expect(roomOf(first.store.state, "lobby").unreadAfter).toBe(2);
    first.store.keepNow();
    const second = openStore(first);
    second.client.bridge.lost();
    expect(texts(second)).toEqual(["text 1", "text 2", "text 3"]);
    expect(roomOf(second.store.state, "lobby").unreadAfter).toBeUndefined();
  });

  test("is told only what followed, when the bridge was there all the time", () => {
    const first = kept();
    const second = openStore(first);
    expect(second.client.handshake()).toEqual({ ...first.client.handshake(), epoch: "epoch-1", after: upTo });
    second.client.bridge.snapshot(snapshot({ events: numbered(upTo + 1, message(3)) }));
    expect(texts(second)).toEqual(["text 1", "text 2", "text 3"]);
    expect([...roomOf(second.store.state, "lobby").entries].map(({ kind }) => kind)).not.toContain("returned");
  });

  test("goes on where it was when the bridge was started again: each message once, and none missing", () => {
    const second = openStore(kept());
    back(second, { ...joined(2, "anna"), log, upTo: 4 }, message(3), message(4));
    expect(second.client.joins.map(({ request }) => request)).toEqual([{ name: "anna", after: 2, log }]);
    expect(texts(second)).toEqual(["text 1", "text 2", "text 3", "text 4"]);
    expect(gaps(second)).toEqual([]);
    expect(roomOf(second.store.state, "lobby")).toMatchObject({ lastSeq: 4 });
  });

  test("shows a gap where the bridge does not tell everything", () => {
    const second = openStore(kept());
    back(second, { ...joined(2_000, "anna"), upTo: 2_001 }, message(2_001));
    expect(gaps(second)).toMatchObject([{ after: 2, isForGood: false }]);
  });

  test("knows what it has read since", () => {
    const first = kept();
    first.store.openRoom("dev");
    expect(roomOf(openStore(first).store.state, "dev").readSeq).toBe(1);
  });

  test("shows what is found late as long as the bridge is away, and nothing of it otherwise", () => {
    const first = kept();
    const [chat] = first.shelf.chats;
    if (!chat) throw new Error("nothing was kept");
    const late = openStore({ ...first, shelf: memoryShelf() });
    late.client.bridge.lost();
    late.store.remember(chat);
    expect(texts(late)).toEqual(["text 1", "text 2"]);
    const later = openStore({ ...first, shelf: memoryShelf() });
    later.client.bridge.snapshot(snapshot({ epoch: "epoch-2", events: numbered(1, joined(0, "anna")) }));
    later.store.remember(chat);
    later.client.bridge.lost();
    expect(texts(later)).toEqual([]);
  });

  test("without anything kept begins as it did before", () => {
    const first = inChat();
    const { store, client } = openStore(first);
    client.bridge.lost();
    expect(store.state).toMatchObject({ joinState: "in", epoch: undefined });
    expect(client.handshake()).toMatchObject({ session: first.client.handshake().session, after: 0 });
  });
});

describe("a server whose messages were replaced meanwhile", () => {
  const other = (seq: number) => message(seq, { msgid: `other-${seq}`, text: `other ${seq}` });
  const named = { log: "second" };
  const kinds = ({ store }: Opened) =>
    logItems(roomOf(store.state, "lobby"), [], "anna").flatMap((item) => (item.kind === "day" ? [] : item.kind));

  test("shows by the name of its log, though its numbers are beyond where the former ones were", () => {
    const second = openStore(kept());
    back(second, { ...joined(1, "anna"), ...named, upTo: 4 }, other(2), other(3), other(4));
    expect(texts(second)).toEqual(["text 1", "text 2", "other 2", "other 3", "other 4"]);
    expect(kinds(second)).toEqual(["group", "replaced", "returned", "gap", "group"]);
    expect(gaps(second)).toMatchObject([{ after: 0, isForGood: false }]);
    expect(second.client.asks.map(({ request }) => request)).toContainEqual({
      type: "join",
      room: "dev",
      after: 1,
      log,
    });
  });

  test("is not asked for what was done to messages that it does not have", () => {
    const second = openStore(kept());
    back(second, { ...joined(0, "anna"), ...named, upTo: 1 }, { ...other(1), own: true });
    const shown = logItems(roomOf(second.store.state, "lobby"), [], "anna");
    const former = shown.flatMap((item) => (item.kind === "group" ? item.messages.map((each) => each.former) : []));
    expect(former).toEqual([true, true, false]);
    expect(lastEditable(roomOf(second.store.state, "lobby"))).toEqual({ msgid: "other-1", text: "other 1" });
  });

  test("is told from the beginning how far it was read", () => {
    const first = inChat();
    const second = openStore(first);
    expect(roomOf(second.store.state, "lobby").readSeq).toBe(2);
    second.store.attend(false);
    back(second, { ...joined(0, "anna"), ...named, upTo: 1 }, other(1));
    expect(unreadOf(roomOf(second.store.state, "lobby")).messages).toBe(1);
  });

  test("that was kept since is the one of the next time", () => {
    const first = kept();
    back(first, { ...joined(0, "anna"), ...named, upTo: 1 }, other(1));
    first.store.keepNow();
    const second = openStore(first);
    const events = numbered(1, { ...joined(1, "anna"), ...named, upTo: 2 }, other(2));
    second.client.bridge.snapshot(snapshot({ epoch: "epoch-3", events }));
    expect(texts(second)).toEqual(["text 1", "text 2", "other 1", "other 2"]);
    expect(kinds(second).filter((kind) => kind === "replaced")).toHaveLength(1);
  });
});

describe("a new window", () => {
  test("shows the chat while the bridge is away, says what is typed once it is back, and goes on as the same person", () => {
    const first = kept();
    const second = openStore(newWindow(first));
    expect(second.store.state.joinState).toBe("out");
    second.client.bridge.lost();
    expect(second.store.state).toMatchObject({ joinState: "in", name: "anna" });
    expect(texts(second, "dev")).toEqual(["in dev"]);
    expect(second.client.handshake()).toEqual({ ...first.client.handshake(), epoch: "epoch-1", after: upTo });
    expect(second.store.sending.post({ room: "lobby", text: "typed", action: false })).toEqual({ ok: true });
    back(second, { ...joined(2, "anna"), log });
    expect(second.client.joins.map(({ request }) => request)).toEqual([{ name: "anna", after: 2, log }]);
    expect(second.client.posts.map(({ request }) => request.text)).toEqual(["typed"]);
    expect(texts(second)).toEqual(["text 1", "text 2"]);
  });

  test("has the join form while the bridge is there, also when it goes away later", () => {
    const { store, client } = openStore(newWindow(kept()));
    const { name: _, ...nameless } = forgotten;
    client.bridge.snapshot(nameless);
    client.bridge.lost();
    expect(store.state).toMatchObject({ joinState: "out", name: undefined });
  });

  test("has the join form when somebody gave another name since", () => {
    const first = kept();
    openStore(newWindow(first)).store.join("carla");
    const { store, client } = openStore(newWindow(first));
    client.bridge.lost();
    expect(store.state.joinState).toBe("out");
  });
});

describe("who quits", () => {
  test.each<[how: string, quit: (opened: Opened) => void]>([
    ["here", ({ store }) => store.quit()],
    ["in another window", ({ client }) => client.bridge.connection({ phase: "idle" })],
  ])("%s leaves nothing in the browser", (_how, quit) => {
    const clock = new PageClock();
    const first = kept({ clock });
    first.client.bridge.event({ n: upTo + 1, event: message(3) });
    quit(first);
    clock.advance(2 * keepGapMs);
    first.store.keepNow();
    expect(first.shelf.chats).toEqual([]);
    const second = openStore(newWindow(first));
    second.client.bridge.lost();
    expect(second.store.state.joinState).toBe("out");
  });

  test("what was kept while the bridge is away stands in the join form, and stays there", () => {
    const first = kept();
    const second = openStore(newWindow(first));
    second.client.bridge.lost();
    second.store.quit();
    second.client.bridge.lost();
    expect(second.store.state.joinState).toBe("out");
    expect(first.shelf.chats).toEqual([]);
  });
});

test("who was sent away may come back to what was kept", () => {
  const first = kept();
  first.client.bridge.connection({ phase: "idle", ended: "closing" });
  expect(first.shelf.chats).toHaveLength(1);
});

test("who takes another name is kept under that one only", async () => {
  const clock = new PageClock();
  const first = kept({ clock });
  await Promise.resolve();
  first.client.bridge.name("Annalisa", true);
  clock.advance(keepGapMs);
  expect(first.shelf.chats.map(({ name }) => name)).toEqual(["Annalisa"]);
});

test("what changes is kept once for many changes, and not before the last time is done", async () => {
  let times = 0;
  let done = () => {};
  const keep: ChatShelf["keep"] = () => {
    times += 1;
    return new Promise((resolve) => {
      done = resolve;
    });
  };
  const clock = new PageClock();
  const { client } = inChat({ clock, shelf: { ...memoryShelf(), keep } });
  expect(times).toBe(0);
  clock.advance(0);
  expect(times).toBe(1);
  client.bridge.event({ n: upTo + 1, event: message(3) });
  client.bridge.event({ n: upTo + 2, event: message(4) });
  clock.advance(keepGapMs);
  expect(times).toBe(1);
  done();
  await Promise.resolve();
  clock.advance(keepGapMs);
  expect(times).toBe(2);
  done();
  await Promise.resolve();
  client.bridge.event({ n: upTo + 3, event: message(5) });
  clock.advance(keepGapMs - 1);
  expect(times).toBe(2);
  clock.advance(1);
  expect(times).toBe(3);
  clock.advance(10 * keepGapMs);
  expect(times).toBe(3);
});

describe("another chat server at the same bridge", () => {
  const elsewhere = { server: "elsewhere:1" };

  test("shows nothing of what was said at the first, and is sent nothing of what waits for it", () => {
    const first = kept();
    const second = openStore(first);
    second.client.bridge.lost();
    second.store.sending.post({ room: "lobby", text: "for the first", action: false });
    second.client.bridge.snapshot(snapshot({ epoch: "epoch-2", ...elsewhere, events: numbered(1, joined(0, "anna")) }));
    expect(texts(second)).toEqual([]);
    expect(second.store.state.outbox).toEqual([]);
    expect(second.client.posts).toEqual([]);
    second.store.keepNow();
    expect(first.shelf.chats.map(({ server }) => server)).toEqual(["127.0.0.1:8080", "elsewhere:1"]);
    // The first server is back.
    second.client.bridge.snapshot(snapshot({ epoch: "epoch-3" }));
    expect(second.client.posts.map(({ request }) => request.text)).toEqual(["for the first"]);
  });
});

test("a window that goes on with another one's session is told everything by that one", async () => {
  const second = openStore(kept());
  const { name: _, ...nameless } = forgotten;
  second.client.bridge.snapshot(nameless);
  await second.client.joins[0]?.answer({ ok: true, name: "anna", session: crypto.randomUUID() });
  const events = numbered(1, { ...joined(0, "anna"), upTo: 1 }, message(1), message(2), message(3));
  second.client.bridge.snapshot(snapshot({ epoch: "epoch-3", events }));
  expect(texts(second)).toEqual(["text 1", "text 2", "text 3"]);
});

describe("of a long chat", () => {
  test("the newest entries of a room are kept, and the others can be loaded", () => {
    const count = keptEntriesMax + 50;
    const messages = Array.from({ length: count }, (_, index) => message(index + 1));
    const first = openStore();
    first.store.join("anna");
    first.client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), ...messages) }));
    first.store.keepNow();
    const second = openStore(first);
    expect(texts(second)).toHaveLength(keptEntriesMax);
    expect(texts(second).at(-1)).toBe(`text ${count}`);
    expect(earlierOf(roomOf(second.store.state, "lobby"))).toEqual({ kind: "more", before: 51 });
    expect(toKeep(roomOf(second.store.state, "lobby")).entries).toHaveLength(keptEntriesMax);
  });

  test("so many rooms are kept, the conversations that were quiet for the longest not", () => {
    const conversations = Array.from({ length: keptRoomsMax }, (_, index) =>
      message(1, { room: `@person-${index}`, msgid: `m-${index}`, time: at(index) }),
    );
    const first = openStore({ window: memoryStorage() });
    first.store.join("anna");
    first.client.bridge.snapshot(snapshot({ events: numbered(1, ...story, ...conversations) }));
    first.store.keepNow();
    const rooms = first.shelf.chats[0]?.rooms.map(({ name }) => name) ?? [];
    expect(rooms).toHaveLength(keptRoomsMax);
    expect(rooms).toEqual(expect.arrayContaining(["lobby", "dev", `@person-${keptRoomsMax - 1}`]));
    expect(rooms).not.toContain("@person-0");
    expect(rooms).not.toContain("@person-1");
  });
});
