import { describe, expect, test } from "vitest";
import type { EventOf } from "../../protocol/events.ts";
import { roomOf } from "../../ui/store/model/state.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { logItems } from "../../ui/store/selectors/log-items.ts";
import { readGapMs } from "../../ui/store/services/read-marks.ts";
import { openStore, PageClock } from "./memory-bridge-client.ts";
import { joined, joinedRoom, message, numbered, online, onlineLegacy, snapshot, waiting } from "./story.ts";

const inDev = { room: "dev" };

function inChat(connection = online, read?: number) {
  const clock = new PageClock();
  const opened = openStore({ clock });
  const dev = { ...joinedRoom("dev", 0, "anna", "bruno"), ...(read === undefined ? {} : { read }) };
  const events = numbered(1, joined(0, "anna", "bruno"), dev);
  opened.client.bridge.snapshot(snapshot({ connection, events }));
  let n = events.length;
  const tell = (...told: Parameters<typeof opened.client.bridge.event>[0]["event"][]) => {
    for (const event of told) opened.client.bridge.event({ n: ++n, event });
  };
  return { ...opened, clock, tell };
}
type Opened = ReturnType<typeof inChat>;
const marks = ({ client }: Opened) =>
  client.murmurs.flatMap(({ request }) => (request.type === "read" ? [`${request.room} ${request.seq}`] : []));
const unread = ({ store }: Opened, room = "dev") => unreadOf(roomOf(store.state, room)).messages;

describe("who comes into the chat sees where what is new to them begins", () => {
  const enter = (changes: Partial<EventOf<"joined">>) => {
    const { client, store } = openStore({ clock: new PageClock() });
    const events = numbered(1, { ...joined(2, "anna", "bruno"), ...changes }, message(3), message(4), message(5));
    client.bridge.snapshot(snapshot({ events }));
    const room = roomOf(store.state, "lobby");
    const items = logItems(room, [], "anna");
    return items.flatMap((item) => {
      if (item.kind === "unread") return ["new"];
      return item.kind === "group" ? item.messages.map(({ text }) => text) : [];
    });
  };

  test.each<[what: string, joined: Partial<EventOf<"joined">>, shown: string[]]>([
    ["after what they have read", { upTo: 5, read: 3 }, ["text 3", "new", "text 4", "text 5"]],
    ["nowhere when all was read", { upTo: 5, read: 5 }, ["text 3", "text 4", "text 5"]],
    ["nowhere when they were never here", { upTo: 5 }, ["text 3", "text 4", "text 5"]],
    ["nowhere in what is said while they look", { upTo: 2, read: 2 }, ["text 3", "text 4", "text 5"]],
  ])("%s", (_what, changes, shown) => {
    expect(enter(changes)).toEqual(shown);
  });
});

describe("the server is told what was read", () => {
  test("in the room that is shown, at most once in a while, the last then", () => {
    const chat = inChat();
    chat.tell(message(1), message(2), message(3));
    expect(marks(chat)).toEqual(["lobby 1"]);
    chat.clock.advance(readGapMs);
    expect(marks(chat)).toEqual(["lobby 1", "lobby 3"]);
    chat.clock.advance(readGapMs);
    expect(marks(chat)).toHaveLength(2);
  });

  test("in another room when that is opened", () => {
    const chat = inChat();
    chat.tell(message(1, inDev), message(2, inDev));
    expect(marks(chat)).toEqual([]);
    chat.store.openRoom("dev");
    expect(marks(chat)).toEqual(["dev 2"]);
  });

  test("not while nobody looks at the window, but when they come back to it", () => {
    const chat = inChat();
    chat.store.attend(false);
    chat.tell(message(1));
    expect(marks(chat)).toEqual([]);
    expect(unread(chat, "lobby")).toBe(1);
    chat.store.attend(true);
    expect(marks(chat)).toEqual(["lobby 1"]);
    expect(unread(chat, "lobby")).toBe(0);
    expect(roomOf(chat.store.state, "lobby").unreadAfter).toBe(0);
  });

  test("not of a room that is shown to nobody", () => {
    const chat = inChat();
    chat.tell(message(1, inDev));
    chat.store.attend(false);
    chat.store.openRoom("dev");
    expect(marks(chat)).toEqual([]);
    expect(unread(chat)).toBe(1);
    chat.store.attend(true);
    expect(marks(chat)).toEqual(["dev 1"]);
  });

  test("when the connection is back", () => {
    const chat = inChat();
    chat.tell(message(1, inDev));
    chat.client.bridge.connection(waiting);
    chat.store.openRoom("dev");
    expect(marks(chat)).toEqual([]);
    chat.client.bridge.connection(online);
    expect(marks(chat)).toEqual(["dev 1"]);
  });

  test("again when the answer was lost, and never again when it was no", async () => {
    const chat = inChat();
    chat.tell(message(1));
    const [first] = chat.client.murmurs.filter(({ request }) => request.type === "read");
    await first?.answer({ ok: false, code: "lost", message: "" });
    chat.clock.advance(readGapMs);
    expect(marks(chat)).toEqual(["lobby 1", "lobby 1"]);
    await chat.client.murmurs.at(-1)?.answer({ ok: false, code: "not-in-room", message: "" });
    chat.clock.advance(10 * readGapMs);
    expect(marks(chat)).toHaveLength(2);
  });

  test("before a room is left, however little time has passed", () => {
    const chat = inChat();
    chat.store.openRoom("dev");
    chat.tell(message(1, inDev), message(2, inDev));
    void chat.store.asking.leaveRoom("dev");
    expect(marks(chat)).toEqual(["dev 1", "dev 2"]);
  });

  test("unless it is an old one", () => {
    const chat = inChat(onlineLegacy);
    chat.tell(message(1));
    expect(marks(chat)).toEqual([]);
  });
});

describe("what was read in another window", () => {
  test("is read here too, and not told again", () => {
    const chat = inChat();
    chat.tell(message(1, inDev), message(2, inDev), message(3, inDev));
    expect(unread(chat)).toBe(3);
    chat.tell({ type: "read", room: "dev", seq: 2 });
    expect(unread(chat)).toBe(1);
    chat.tell({ type: "read", room: "dev", seq: 1 });
    expect(unread(chat)).toBe(1);
    expect(marks(chat)).toEqual([]);
  });

  test("before this one was opened is known from the server", () => {
    const chat = inChat(online, 2);
    chat.tell(message(1, inDev), message(2, inDev), message(3, inDev));
    expect(unread(chat)).toBe(1);
  });

  test("is known from the snapshot when its events are no longer kept", () => {
    const chat = inChat();
    chat.tell(message(1, inDev), message(2, inDev));
    const rooms = [{ room: "dev", members: [{ name: "anna" }], seq: 2, read: 2 }];
    chat.client.bridge.snapshot(snapshot({ rooms }));
    expect(unread(chat)).toBe(0);
  });
});
