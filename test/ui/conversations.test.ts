import { describe, expect, test } from "vitest";
import { roomOf } from "../../ui/store/model/state.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { newestOpenedMax, unreadOpenedMax } from "../../ui/store/services/conversations.ts";
import { type Browser, openStore } from "./memory-bridge-client.ts";
import { echo, joined, message, numbered, online, onlineLegacy, snapshot, waiting } from "./story.ts";

const told = (seq: number, read: number) => (name: string) => ({ room: `@${name}`, seq, read });

/** Joins through the form. */
async function enter(link = online) {
  const opened = openStore();
  opened.client.bridge.snapshot({
    epoch: "epoch-1",
    server: "127.0.0.1:8080",
    connection: { phase: "idle" },
    events: [],
  });
  opened.store.join("anna");
  opened.client.bridge.connection(link);
  return opened;
}

/** Reloads a window that was in the chat. */
function reload(browser?: Browser) {
  const opened = openStore(browser);
  opened.client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna")) }));
  return opened;
}
type Opened = Awaited<ReturnType<typeof enter>>;
const questions = ({ client }: Opened) => client.murmurs.filter(({ request }) => request.type === "conversations");
const joins = ({ client }: Opened) => client.asks.map(({ request }) => request);
const answer = async (chat: Opened, ...conversations: ReturnType<ReturnType<typeof told>>[]) =>
  questions(chat).at(-1)?.answer({ ok: true, conversations });

describe("a person who was away", () => {
  test("finds what was written to them privately, from where they had read", async () => {
    const chat = await enter();
    await answer(chat, told(9, 7)("bruno"));
    expect(joins(chat)).toEqual([{ type: "join", room: "@bruno", after: 7 }]);
    for (const [i, seq] of [8, 9].entries()) {
      chat.client.bridge.event({ n: i + 1, event: message(seq, { room: "@bruno" }) });
    }
    expect(unreadOf(roomOf(chat.store.state, "@bruno")).messages).toBe(2);
  });

  test("finds their last conversations, read as they are, when they come in", async () => {
    const chat = await enter();
    const names = Array.from({ length: newestOpenedMax + 2 }, (_, i) => `friend ${i}`);
    await answer(chat, ...names.map(told(5, 5)));
    expect(joins(chat)).toEqual(names.slice(0, newestOpenedMax).map((name) => ({ type: "join", room: `@${name}` })));
    chat.client.bridge.event({ n: 1, event: message(5, { room: "@friend 0" }) });
    expect(unreadOf(roomOf(chat.store.state, "@friend 0")).messages).toBe(0);
  });

  test("is not shown more at once than they can look at", async () => {
    const chat = await enter();
    await answer(chat, ...Array.from({ length: unreadOpenedMax + 5 }, (_, i) => told(5, 1)(`friend ${i}`)));
    expect(joins(chat)).toHaveLength(unreadOpenedMax);
  });
});

describe("a window that was in the chat", () => {
  test("asks again whenever the connection is back, and opens only what is unread", async () => {
    const chat = reload();
    await answer(chat, told(5, 5)("bruno"), told(3, 2)("carla"));
    expect(joins(chat)).toEqual([{ type: "join", room: "@carla", after: 2 }]);
    chat.client.bridge.connection(waiting);
    chat.client.bridge.connection(online);
    expect(questions(chat)).toHaveLength(2);
    await answer(chat, told(5, 5)("bruno"), told(3, 2)("carla"));
    expect(joins(chat)).toHaveLength(1);
  });

  test("knows what was read elsewhere of a conversation that it has", async () => {
    const chat = reload();
    chat.client.bridge.event({ n: 2, event: message(4, { room: "@bruno" }) });
    expect(unreadOf(roomOf(chat.store.state, "@bruno")).messages).toBe(1);
    await answer(chat, told(4, 4)("bruno"));
    expect(unreadOf(roomOf(chat.store.state, "@bruno")).messages).toBe(0);
  });
});

test("an old server is not asked for conversations", async () => {
  expect(questions(await enter(onlineLegacy))).toEqual([]);
});

test("a message to somebody who is not here says so, until something else is said", async () => {
  const chat = await enter();
  chat.store.sending.post({ room: "@bruno", text: "hi", action: false });
  const event = echo(chat.client.posts[0]?.request, 1);
  chat.client.bridge.event({ n: chat.store.state.lastN + 1, event });
  const { msgid, seq, time } = event;
  await chat.client.posts[0]?.answer({ ok: true, msgid, seq, time, away: true });
  expect([...roomOf(chat.store.state, "@bruno").entries]).toMatchObject([{ away: true }]);
});
