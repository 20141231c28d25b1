import { describe, expect, test } from "vitest";
import { openStore } from "./memory-bridge-client.ts";
import { joined, message, numbered, online, snapshot } from "./story.ts";

const other = "6f1c2c9e-58a5-4a0a-9d0c-2f3f0e6b7a11";
const idle = (epoch: string) => ({
  epoch,
  server: "127.0.0.1:8080",
  connection: { phase: "idle" as const },
  events: [],
});

function notJoined() {
  const opened = openStore();
  opened.client.bridge.snapshot(idle("epoch-1"));
  return opened;
}

describe("a window in which somebody gives the name they have in another", () => {
  test("goes on with that one's session, from its beginning, and after a reload too", async () => {
    const { store, client, window, browser } = notJoined();
    store.join("anna");
    await client.joins[0]?.answer({ ok: true, name: "anna", session: other });
    expect(client.handshake()).toEqual({ session: other, browser: browser.items.get("salotto.browser"), after: 0 });
    expect(store.state.joinState).toBe("entering");
    client.bridge.snapshot(snapshot({ epoch: "epoch-2", events: numbered(1, joined(0, "anna"), message(1)) }));
    expect(store.state).toMatchObject({ joinState: "in", epoch: "epoch-2" });
    expect(openStore({ window, browser }).client.handshake().session).toBe(other);
  });

  test("goes in by itself when the other has left meanwhile", async () => {
    const { store, client } = notJoined();
    store.join("anna");
    await client.joins[0]?.answer({ ok: true, name: "anna", session: other });
    client.bridge.snapshot(idle("epoch-2"));
    expect(client.joins.map(({ request }) => request)).toEqual([{ name: "anna" }, { name: "anna" }]);
  });

  test("stays when the session is its own", async () => {
    const { store, client } = notJoined();
    const { session } = client.handshake();
    store.join("anna");
    client.bridge.connection(online);
    await client.joins[0]?.answer({ ok: true, name: "anna", session });
    expect(client.opened).toBe(1);
  });
});

test("windows that shared a session part when one of them gives another name", async () => {
  const { store, client } = notJoined();
  const { session } = client.handshake();
  store.join("bruno");
  await client.joins[0]?.answer({ ok: false, code: "logged-in", message: "already in the chat as anna" });
  expect(client.handshake().session).not.toBe(session);
  client.bridge.snapshot(idle("epoch-2"));
  expect(client.joins.map(({ request }) => request.name)).toEqual(["bruno", "bruno"]);
});

test("all windows of a browser say which one it is", () => {
  const first = notJoined();
  const second = openStore({ browser: first.browser });
  expect(second.client.handshake().browser).toBe(first.client.handshake().browser);
  expect(second.client.handshake().session).not.toBe(first.client.handshake().session);
});

test("when the person quits in one window, the others show the join form, ready for the name again", () => {
  const { store, client } = openStore();
  client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), message(1, { room: "@bruno" })) }));
  client.bridge.connection({ phase: "idle" });
  expect(store.state).toMatchObject({ joinState: "out", goodbye: true, quitting: false, name: "anna" });
  // Whoever joins next sees none of it.
  expect([...store.state.rooms.keys()]).toEqual(["lobby"]);
});
