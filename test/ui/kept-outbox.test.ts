import { describe, expect, test } from "vitest";
import { type Browser, memoryLocks, memoryStorage, openStore } from "./memory-bridge-client.ts";
import { message, numbered, online, onlineLegacy, snapshot, waiting } from "./story.ts";

const hello = { room: "lobby", text: "hello", action: false };

function inChat(browser: Browser = {}, changes: Parameters<typeof snapshot>[0] = {}) {
  const opened = openStore(browser);
  opened.client.bridge.snapshot(snapshot(changes));
  return opened;
}
type Opened = ReturnType<typeof inChat>;
const posted = ({ client }: Opened) => client.posts.map(({ request }) => [request.id, request.text]);
const kept = ({ browser }: Opened) => [...browser.items.keys()].filter((key) => key.startsWith("salotto.outbox"));
const deliveries = ({ store }: Opened) => store.state.outbox.map(({ delivery }) => delivery.phase);
const settle = () => new Promise((done) => setTimeout(done));

/** Another window of the same browser. */
const anotherWindow = ({ browser, locks }: Opened): Browser => ({ browser, locks, window: memoryStorage() });

/** When a window is gone, the browser releases its locks. */
const closed = ({ locks }: Opened) => locks.held.clear();

describe("an own message on its way", () => {
  test("is sent again with the same id by the window after a reload", () => {
    const first = inChat();
    first.store.sending.post(hello);
    closed(first);
    const second = inChat(first);
    expect(posted(second)).toEqual(posted(first));
    expect(posted(second)).toHaveLength(1);
  });

  test("waits for the server as before a reload, and is not sent to what is not there", () => {
    const first = inChat();
    first.store.sending.post(hello);
    closed(first);
    const second = inChat(first, { connection: waiting });
    expect(deliveries(second)).toEqual(["lost"]);
    expect(posted(second)).toEqual([]);
    second.client.bridge.connection(online);
    expect(posted(second)).toEqual(posted(first));
  });

  test("is not sent again when it has arrived, and is forgotten", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    const { id } = first.store.state.outbox[0] ?? {};
    closed(first);
    const own = message(1, { id, from: "anna", text: "hello" });
    const events = numbered(1, own);
    const second = inChat(first, { events });
    expect(posted(second)).toEqual([]);
    await first.client.posts[0]?.answer({ ok: true, msgid: own.msgid, seq: 1, time: own.time });
    expect(kept(first)).toEqual([]);
  });

  test("is taken over by another window of the same person when its own is gone, once", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    closed(first);
    const second = inChat(anotherWindow(first));
    await settle();
    expect(posted(second)).toEqual(posted(first));
    expect(kept(second)).toHaveLength(1);
    const third = inChat(anotherWindow(first));
    await settle();
    expect(posted(third)).toEqual([]);
  });

  test("is taken over, when the connection is back, from a window that was closed meanwhile", async () => {
    const first = inChat();
    const second = inChat(anotherWindow(first));
    for (const { client } of [first, second]) client.bridge.connection(waiting);
    first.store.sending.post(hello);
    first.locks.release(`salotto.window ${first.window.items.get("salotto.window")}`);
    second.client.bridge.connection(online);
    await settle();
    expect(posted(second)).toEqual([[first.store.state.outbox[0]?.id, "hello"]]);
  });

  test("is left to its own window while that is there", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    const second = inChat(anotherWindow(first));
    await settle();
    expect(posted(second)).toEqual([]);
    expect(kept(second)).toHaveLength(1);
  });

  test.each([
    ["another person", { name: "bruno" }],
    ["another server", { server: "elsewhere:1" }],
  ])("is not said by %s", async (_, changes) => {
    const first = inChat();
    first.store.sending.post(hello);
    closed(first);
    const second = inChat(anotherWindow(first), changes);
    await settle();
    expect(posted(second)).toEqual([]);
  });

  test("to an old server comes back as failed: it may have arrived", () => {
    const first = inChat({}, { connection: onlineLegacy });
    first.store.sending.post(hello);
    closed(first);
    const second = inChat(first, { connection: onlineLegacy });
    expect(deliveries(second)).toEqual(["failed"]);
    expect(posted(second)).toEqual([]);
  });

  test("that failed is still there to be tried again", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    await first.client.posts[0]?.answer({ ok: false, code: "not-stored", message: "disk full" });
    closed(first);
    const second = inChat(first);
    expect(deliveries(second)).toEqual(["failed"]);
    second.store.sending.discard(second.store.state.outbox[0]?.id ?? "");
    expect(kept(second)).toEqual([]);
  });

  test("goes with the person to their new name, and not along when they quit", () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    chat.client.bridge.name("Annina", true);
    expect(kept(chat)).toEqual([expect.stringMatching(/ annina$/)]);
    chat.store.quit();
    expect(kept(chat)).toEqual([]);
  });

  test("is left to the tab that was duplicated, which the other is not, until that is gone", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    const window = memoryStorage();
    for (const [key, value] of first.window.items) window.setItem(key, value);
    const second = inChat({ ...first, window });
    await settle();
    expect(posted(second)).toEqual([]);
    expect(window.items.get("salotto.window")).not.toBe(first.window.items.get("salotto.window"));
    second.store.sending.post(hello);
    expect(kept(second)).toHaveLength(2);
    first.locks.release(`salotto.window ${first.window.items.get("salotto.window")}`);
    await settle();
    expect(posted(second).map(([id]) => id)).toContain(first.store.state.outbox[0]?.id);
    expect(kept(second)).toHaveLength(1);
  });

  test("is not said by who has come into the duplicated tab since", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    const window = memoryStorage();
    for (const [key, value] of first.window.items) window.setItem(key, value);
    const second = inChat({ ...first, window });
    second.store.quit();
    await second.client.quits[0]?.answer(true);
    second.store.join("bruno");
    second.client.bridge.connection(online);
    first.locks.release(`salotto.window ${first.window.items.get("salotto.window")}`);
    await settle();
    expect(posted(second)).toEqual([]);
    expect(kept(second)).toHaveLength(1);
  });

  test("is kept by the window alone where the browser has no locks", async () => {
    const first = inChat();
    first.store.sending.post(hello);
    const without = { request: () => Promise.reject(new DOMException("denied", "SecurityError")) };
    const other = openStore({ browser: first.browser, locks: { ...memoryLocks(), ...without } });
    other.client.bridge.snapshot(snapshot());
    await settle();
    expect(other.client.posts).toEqual([]);
  });
});
