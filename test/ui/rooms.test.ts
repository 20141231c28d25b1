import { describe, expect, test } from "vitest";
import { roomOf } from "../../ui/store/model/state.ts";
import { type Browser, deliver, openStore } from "./memory-bridge-client.ts";
import { joined, joinedRoom, message, numbered, online, snapshot, waiting } from "./story.ts";

const inDev = [
  joined(0, "anna"),
  joinedRoom("dev", 0, "anna"),
  message(3, { room: "dev" }),
  message(5, { room: "@bruno" }),
];

function inChat(browser?: Browser) {
  const opened = openStore(browser);
  opened.client.bridge.snapshot(snapshot({ events: numbered(1, ...inDev) }));
  return opened;
}
type Opened = ReturnType<typeof inChat>;
const asked = ({ client }: Opened) => client.asks.map(({ request }) => request);
const rooms = ({ store }: Opened) => [...store.state.rooms.keys()];

describe("a window in several rooms", () => {
  test("asks for nothing as long as the bridge knows them", () => {
    const chat = inChat();
    chat.client.bridge.connection(waiting);
    chat.client.bridge.connection(online);
    expect(asked(chat)).toEqual([]);
  });

  test("goes back to them after the bridge restarted, to where it was in each", () => {
    const chat = inChat();
    chat.client.bridge.lost();
    chat.client.bridge.snapshot({
      epoch: "epoch-2",
      server: "127.0.0.1:8080",
      connection: { phase: "idle" },
      events: [],
    });
    expect(chat.client.joins.map(({ request }) => request)).toEqual([{ name: "anna" }]);
    chat.client.bridge.connection(online);
    expect(asked(chat)).toEqual([
      { type: "join", room: "dev", after: 3 },
      { type: "join", room: "@bruno", after: 5 },
    ]);
  });

  test("goes back to them after a reload too, and has nothing of them to go on from", () => {
    const first = inChat();
    first.store.openRoom("dev");
    const { store, client } = openStore(first);
    expect(store.state.current).toBe("dev");
    client.bridge.snapshot(snapshot({ epoch: "epoch-2" }));
    expect(client.asks.map(({ request }) => request)).toEqual([
      { type: "join", room: "dev" },
      { type: "join", room: "@bruno" },
    ]);
  });

  test("has read after a reload what it had read before", () => {
    const first = inChat();
    first.store.openRoom("dev");
    first.store.openRoom("lobby");
    const second = inChat(first);
    expect(roomOf(second.store.state, "dev").readSeq).toBe(3);
    expect(roomOf(second.store.state, "@bruno").readSeq).toBe(4);
  });

  test("asks who is there when the bridge no longer has all events, once", () => {
    const chat = inChat();
    chat.client.bridge.lost();
    const later = [{ n: 50, event: message(60) }];
    chat.client.bridge.snapshot(snapshot({ events: later }));
    chat.client.bridge.snapshot(snapshot({ events: later }));
    expect(asked(chat).map((request) => "room" in request && request.room)).toEqual(["lobby", "dev", "@bruno"]);
  });

  test("is no longer in one that does not take it back, and tries again when it was not heard", async () => {
    const chat = inChat();
    chat.client.bridge.snapshot(snapshot({ epoch: "epoch-2" }));
    await chat.client.asks[0]?.answer({ ok: false, code: "too-many-rooms", message: "" });
    await chat.client.asks[1]?.answer({ ok: false, code: "lost", message: "" });
    expect(rooms(chat)).toEqual(["lobby", "@bruno"]);
    chat.client.bridge.connection(online);
    expect(asked(chat).slice(2)).toEqual([{ type: "join", room: "@bruno", after: 5 }]);
  });

  test("forgets them when the person quits", () => {
    const chat = inChat();
    chat.store.quit();
    expect(rooms(chat)).toEqual(["lobby"]);
    expect([...openStore(chat).store.state.rooms.keys()]).toEqual(["lobby"]);
  });
});

test("a room is joined once, and only shown the next time", async () => {
  const chat = inChat();
  const answer = chat.store.asking.joinRoom("tea");
  await chat.client.asks[0]?.answer({ ok: true, room: "tea" });
  expect(await answer).toMatchObject({ ok: true });
  expect(chat.store.state.current).toBe("tea");
  chat.store.openRoom("lobby");
  await chat.store.asking.joinRoom("tea");
  expect(chat.store.state.current).toBe("tea");
  expect(asked(chat)).toHaveLength(1);
});

test("a message is written to the room it was typed in, whatever is shown when it arrives", async () => {
  const chat = inChat();
  chat.store.sending.post({ room: "dev", text: "mine", action: false });
  await deliver(chat, chat.client.posts[0], 4);
  expect(roomOf(chat.store.state, "dev").entries.lastMessage).toMatchObject({ message: { text: "mine", seq: 4 } });
});
