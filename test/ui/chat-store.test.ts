import { describe, expect, test, vi } from "vitest";
import { outboxMax, roomOf } from "../../ui/store/model/state.ts";
import { deliver, openStore } from "./memory-bridge-client.ts";
import { echo, joined, message, numbered, online, onlineLegacy, snapshot, waiting } from "./story.ts";

const hello = { room: "lobby", text: "hello", action: false };
const sent = (seq: number) => ({ ok: true as const, msgid: `own-${seq}`, seq, time: "2026-11-21T12:00:00.000Z" });
const lost = { ok: false as const, code: "lost" as const, message: "the connection broke" };

function inChat(connection = online) {
  const opened = openStore();
  opened.client.bridge.snapshot(snapshot({ connection, events: numbered(1, joined(0, "anna", "bruno")) }));
  return opened;
}
const deliveries = ({ store }: ReturnType<typeof inChat>) => store.state.outbox.map(({ delivery }) => delivery.phase);
const texts = ({ store }: ReturnType<typeof inChat>) =>
  [...roomOf(store.state, "lobby").entries].flatMap((entry) => (entry.kind === "message" ? entry.message.text : []));

describe("a window", () => {
  test("keeps its session over a reload and tells what it has seen", () => {
    const first = inChat();
    const { session, browser } = first.client.handshake();
    expect(first.client.handshake()).toEqual({ session, browser, epoch: "epoch-1", after: 1 });
    expect(openStore(first).client.handshake()).toEqual({ session, browser, after: 0 });
    expect(openStore().client.handshake().session).not.toBe(session);
  });
});

test("many events before the page is drawn are told once", () => {
  const drawings: (() => void)[] = [];
  const { store, client } = openStore({ beforeDrawing: (work) => drawings.push(work) });
  const heard = vi.fn();
  store.subscribe(heard);
  client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), message(1), message(2), message(3)) }));
  for (const [index, seq] of [4, 5, 6].entries()) client.bridge.event({ n: 5 + index, event: message(seq) });
  expect(heard).not.toHaveBeenCalled();
  for (const draw of drawings.splice(0)) draw();
  expect(heard).toHaveBeenCalledTimes(1);
  expect(roomOf(store.state, "lobby").entries).toHaveLength(6);
});

describe("joining", () => {
  const notJoined = () => {
    const opened = openStore();
    opened.client.bridge.snapshot({
      epoch: "epoch-1",
      server: "127.0.0.1:8080",
      connection: { phase: "idle" },
      events: [],
    });
    return opened;
  };

  test("remembers the name and ends in the chat when the server is online", async () => {
    const { store, client, browser } = notJoined();
    store.join("anna");
    expect(store.state.joinState).toBe("entering");
    client.bridge.connection(online);
    await client.joins[0]?.answer({ ok: true, name: "anna" });
    expect(store.state.joinState).toBe("in");
    expect(browser.items.get("salotto.name")).toBe("anna");
  });

  test("is refused with the reason, in the join form", async () => {
    const { store, client } = notJoined();
    store.join("anna");
    await client.joins[0]?.answer({ ok: false, code: "name-taken", message: "taken" });
    expect(store.state.joinState).toBe("out");
    expect(store.state.connection).toEqual({ phase: "idle", refusal: { code: "name-taken", message: "taken" } });
  });

  test("can be given up", async () => {
    const { store, client } = notJoined();
    store.join("anna");
    client.bridge.connection(waiting);
    store.quit();
    await client.joins[0]?.answer({ ok: false, code: "cancelled", message: "" });
    await client.quits[0]?.answer(true);
    expect(store.state).toMatchObject({ joinState: "out", goodbye: false, connection: { phase: "idle" } });
  });

  test("is asked again when the bridge did not hear it", async () => {
    const { store, client } = notJoined();
    store.join("anna");
    client.bridge.lost();
    await client.joins[0]?.answer(undefined);
    client.bridge.snapshot({ epoch: "epoch-1", server: "127.0.0.1:8080", connection: { phase: "idle" }, events: [] });
    expect(client.joins.map(({ request }) => request)).toEqual([{ name: "anna" }, { name: "anna" }]);
  });
});

describe("a bridge that restarted", () => {
  const forgotten = () => ({
    epoch: "epoch-2",
    server: "127.0.0.1:8080",
    connection: { phase: "idle" as const },
    events: [],
  });

  test("is told the name again by a page that was in the chat, which keeps what it showed", () => {
    const opened = inChat();
    opened.client.bridge.event({ n: 2, event: message(1) });
    opened.client.bridge.event({ n: 3, event: message(2) });
    opened.client.bridge.lost();
    opened.client.bridge.snapshot(forgotten());
    expect(opened.client.joins.map(({ request }) => request)).toEqual([{ name: "anna", after: 2 }]);
    expect(opened.store.state.joinState).toBe("in");
    expect(texts(opened)).toEqual(["text 1", "text 2"]);
  });

  test("is told the name again by a page that was reloaded meanwhile", () => {
    const { store, client } = openStore(inChat());
    expect(store.state.joinState).toBe("in");
    client.bridge.snapshot(forgotten());
    expect(client.joins.map(({ request }) => request)).toEqual([{ name: "anna" }]);
  });

  test("is told nothing by a page that the server turned away", () => {
    const { store, client } = inChat();
    client.bridge.snapshot({ ...forgotten(), connection: { phase: "idle", ended: "closing" } });
    expect(client.joins).toEqual([]);
    expect(store.state.joinState).toBe("out");
  });
});

describe("leaving", () => {
  test("forgets what was said, and the window does not rejoin", async () => {
    const opened = inChat();
    opened.client.bridge.event({ n: 2, event: message(1) });
    opened.store.quit();
    await opened.client.quits[0]?.answer(true);
    expect(opened.store.state).toMatchObject({ joinState: "out", goodbye: true, quitting: false });
    expect(texts(opened)).toEqual([]);
    expect(openStore(opened).store.state.joinState).toBe("out");
  });

  test("is said again to a bridge that was not there, before anything else", async () => {
    const { store, client } = inChat();
    client.bridge.lost();
    store.quit();
    await client.quits[0]?.answer(false);
    store.join("bruno");
    expect(client.joins).toEqual([]);
    client.bridge.snapshot(snapshot());
    expect(store.state.joinState).toBe("entering");
    await client.quits[1]?.answer(true);
    expect(client.joins.map(({ request }) => request)).toEqual([{ name: "bruno" }]);
  });
});

describe("a posted message", () => {
  test("is pending, then in its place", async () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    expect(deliveries(chat)).toEqual(["sending"]);
    await deliver(chat, chat.client.posts[0], 1);
    expect(deliveries(chat)).toEqual([]);
    expect(texts(chat)).toEqual(["hello"]);
  });

  test("is in its place as soon as it is told, before the answer", async () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    chat.client.bridge.event({ n: 2, event: echo(chat.client.posts[0]?.request, 1) });
    expect(deliveries(chat)).toEqual([]);
    expect(texts(chat)).toEqual(["hello"]);
    await chat.client.posts[0]?.answer(sent(1));
    expect(texts(chat)).toEqual(["hello"]);
  });

  test("is what the server made of it", async () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    const event = echo(chat.client.posts[0]?.request, 1, { text: "as the server keeps it" });
    chat.client.bridge.event({ n: 2, event });
    await chat.client.posts[0]?.answer(sent(1));
    expect(texts(chat)).toEqual(["as the server keeps it"]);
  });

  test("that had arrived, and is sent again after its answer was lost, is there once", async () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    await chat.client.posts[0]?.answer(lost);
    chat.client.bridge.connection(waiting);
    chat.client.bridge.connection(online);
    // Missed messages come from the history, without an id.
    chat.client.bridge.event({ n: 2, event: message(1, { msgid: "own-1", from: "anna", text: "hello" }) });
    await chat.client.posts[1]?.answer(sent(1));
    expect(deliveries(chat)).toEqual([]);
    expect(texts(chat)).toEqual(["hello"]);
  });

  test("whose answer was lost is sent again with the same id, once, when a Salotto server is back", async () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    chat.client.bridge.lost();
    await chat.client.posts[0]?.answer(lost);
    expect(chat.client.posts).toHaveLength(1);
    chat.client.bridge.snapshot(snapshot());
    expect(chat.client.posts).toHaveLength(2);
    expect(chat.client.posts[1]?.request).toEqual(chat.client.posts[0]?.request);
    await deliver(chat, chat.client.posts[1], 1);
    expect(texts(chat)).toEqual(["hello"]);
  });

  test("whose answer was lost is left to the person when an old server is back", async () => {
    const chat = inChat(onlineLegacy);
    chat.store.sending.post(hello);
    await chat.client.posts[0]?.answer(lost);
    chat.client.bridge.connection(waiting);
    expect(deliveries(chat)).toEqual(["lost"]);
    chat.client.bridge.connection(onlineLegacy);
    expect(deliveries(chat)).toEqual(["failed"]);
    expect(chat.client.posts).toHaveLength(1);
    chat.store.sending.retry(chat.store.state.outbox[0]?.id ?? "");
    expect(chat.client.posts[1]?.request).toEqual(chat.client.posts[0]?.request);
  });

  test("that an old server had after all is not failed", async () => {
    const chat = inChat(onlineLegacy);
    chat.store.sending.post(hello);
    const { id } = chat.store.state.outbox[0] ?? {};
    await chat.client.posts[0]?.answer(lost);
    const echoed = numbered(2, message(1, { from: "anna", text: "hello", id }));
    chat.client.bridge.snapshot(snapshot({ connection: onlineLegacy, events: echoed }));
    expect(deliveries(chat)).toEqual([]);
    expect(texts(chat)).toEqual(["hello"]);
  });

  test("that found the server gone waits for it, whatever the server", async () => {
    const chat = inChat(onlineLegacy);
    chat.store.sending.post(hello);
    chat.client.bridge.connection(waiting);
    await chat.client.posts[0]?.answer({ ok: false, code: "offline", message: "" });
    expect(deliveries(chat)).toEqual(["queued"]);
    chat.client.bridge.connection(onlineLegacy);
    expect(chat.client.posts).toHaveLength(2);
  });

  test("that was refused can be discarded", async () => {
    const chat = inChat();
    chat.store.sending.post(hello);
    await chat.client.posts[0]?.answer({ ok: false, code: "not-stored", message: "disk full" });
    expect(chat.store.state.outbox[0]?.delivery).toEqual({ phase: "failed", code: "not-stored", message: "disk full" });
    chat.store.sending.discard(chat.store.state.outbox[0]?.id ?? "");
    expect(deliveries(chat)).toEqual([]);
  });

  test("is refused beyond the bound of those on their way", () => {
    const chat = inChat();
    for (let count = 0; count < outboxMax; count++) expect(chat.store.sending.post(hello)).toEqual({ ok: true });
    expect(chat.store.sending.post(hello)).toEqual({ ok: false, code: "outbox-full" });
  });
});

describe("a message that is posted while the connection is away", () => {
  test.each(["server", "bridge"])("of the %s waits, and is sent once when both stand again", async (hop) => {
    const chat = inChat();
    if (hop === "server") chat.client.bridge.connection(waiting);
    else chat.client.bridge.lost();
    for (const text of ["one", "two"]) expect(chat.store.sending.post({ ...hello, text })).toEqual({ ok: true });
    expect(deliveries(chat)).toEqual(["queued", "queued"]);
    expect(chat.client.posts).toEqual([]);
    chat.client.bridge.snapshot(snapshot());
    chat.client.bridge.connection(online);
    expect(chat.client.posts.map(({ request }) => request.text)).toEqual(["one", "two"]);
    for (const [i, post] of chat.client.posts.entries()) await deliver(chat, post, i + 1);
    expect(texts(chat)).toEqual(["one", "two"]);
    expect(deliveries(chat)).toEqual([]);
  });

  test.each(["server", "bridge"])("of the %s waits for an old server too, and is sent once", async (hop) => {
    const chat = inChat(onlineLegacy);
    if (hop === "server") chat.client.bridge.connection(waiting);
    else chat.client.bridge.lost();
    expect(chat.store.sending.post(hello)).toEqual({ ok: true });
    expect(chat.client.posts).toEqual([]);
    chat.client.bridge.snapshot(snapshot({ connection: onlineLegacy }));
    expect(chat.client.posts.map(({ request }) => request.text)).toEqual(["hello"]);
    await deliver(chat, chat.client.posts[0], 1);
    expect(texts(chat)).toEqual(["hello"]);
    expect(deliveries(chat)).toEqual([]);
  });

  test("is refused for a server that nobody knows yet", () => {
    const chat = inChat(waiting);
    chat.client.bridge.connection(waiting);
    expect(chat.store.sending.post(hello)).toEqual({ ok: false, code: "offline" });
  });

  test.each([
    ["Salotto", online],
    ["old", onlineLegacy],
  ])("survives a reload of the window, and goes off once, to a server that is %s", async (_, link) => {
    const first = inChat(link);
    first.client.bridge.connection(waiting);
    first.store.sending.post(hello);
    first.locks.held.clear();
    const second = openStore(first);
    second.client.bridge.snapshot(snapshot({ connection: waiting }));
    second.client.bridge.connection(link);
    expect(second.client.posts.map(({ request }) => request.id)).toEqual([first.store.state.outbox[0]?.id]);
  });

  test("waits after a reload of the window too, though the page has not seen the server", () => {
    const first = inChat();
    const reload = (server: string) => {
      const page = openStore(first);
      page.client.bridge.snapshot(snapshot({ server, connection: waiting }));
      return page.store;
    };
    first.client.bridge.connection(waiting);
    expect(reload("127.0.0.1:8080").sending.post(hello)).toEqual({ ok: true });
    expect(reload("127.0.0.1:9090").sending.post(hello)).toEqual({ ok: false, code: "offline" });
  });
});

test("a new name is the server's answer, kept for the next visit, and the list of people follows", async () => {
  const { store, client, browser } = inChat();
  const renamed = store.rename("Anna");
  await client.asks[0]?.answer({ ok: true, name: "Anna" });
  expect(await renamed).toEqual({ ok: true, name: "Anna" });
  client.bridge.name("Anna", true);
  expect(store.state.name).toBe("Anna");
  expect(roomOf(store.state, "lobby").members).toEqual(["bruno", "Anna"]);
  expect(browser.items.get("salotto.name")).toBe("Anna");
});

test("listeners hear of changes, and of nothing that changed nothing", () => {
  const { store, client } = inChat();
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  client.bridge.event({ n: 1, event: joined(0, "anna", "bruno") });
  expect(listener).not.toHaveBeenCalled();
  client.bridge.event({ n: 2, event: message(1) });
  expect(listener).toHaveBeenCalledTimes(1);
  unsubscribe();
  client.bridge.event({ n: 3, event: message(2) });
  expect(listener).toHaveBeenCalledTimes(1);
});
