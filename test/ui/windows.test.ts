import { describe, expect, test } from "vitest";
import { openStore } from "./memory-link.ts";
import { joined, message, numbered, online, snapshot } from "./story.ts";

const other = "6f1c2c9e-58a5-4a0a-9d0c-2f3f0e6b7a11";
const idle = (epoch: string) => ({ epoch, server: "127.0.0.1:8080", link: { phase: "idle" as const }, events: [] });

function atTheDoor() {
  const opened = openStore();
  opened.link.bridge.snapshot(idle("epoch-1"));
  return opened;
}

describe("a window in which somebody gives the name they have in another", () => {
  test("goes on with that one's session, from its beginning, and after a reload too", async () => {
    const { store, link, window, browser } = atTheDoor();
    store.join("anna");
    await link.joins[0]?.answer({ ok: true, name: "anna", session: other });
    expect(link.handshake()).toEqual({ session: other, browser: browser.items.get("salotto.browser"), after: 0 });
    expect(store.state.presence).toBe("entering");
    link.bridge.snapshot(snapshot({ epoch: "epoch-2", events: numbered(1, joined(0, "anna"), message(1)) }));
    expect(store.state).toMatchObject({ presence: "in", epoch: "epoch-2" });
    expect(openStore({ window, browser }).link.handshake().session).toBe(other);
  });

  test("goes in by itself when the other has left meanwhile", async () => {
    const { store, link } = atTheDoor();
    store.join("anna");
    await link.joins[0]?.answer({ ok: true, name: "anna", session: other });
    link.bridge.snapshot(idle("epoch-2"));
    expect(link.joins.map(({ request }) => request)).toEqual([{ name: "anna" }, { name: "anna" }]);
  });

  test("stays when the session is its own", async () => {
    const { store, link } = atTheDoor();
    const { session } = link.handshake();
    store.join("anna");
    link.bridge.link(online);
    await link.joins[0]?.answer({ ok: true, name: "anna", session });
    expect(link.opened).toBe(1);
  });
});

test("windows that shared a session part when one of them gives another name", async () => {
  const { store, link } = atTheDoor();
  const { session } = link.handshake();
  store.join("bruno");
  await link.joins[0]?.answer({ ok: false, code: "logged-in", message: "already in the chat as anna" });
  expect(link.handshake().session).not.toBe(session);
  link.bridge.snapshot(idle("epoch-2"));
  expect(link.joins.map(({ request }) => request.name)).toEqual(["bruno", "bruno"]);
});

test("all windows of a browser say which one it is", () => {
  const first = atTheDoor();
  const second = openStore({ browser: first.browser });
  expect(second.link.handshake().browser).toBe(first.link.handshake().browser);
  expect(second.link.handshake().session).not.toBe(first.link.handshake().session);
});

test("when the person quits in one window, the others are at the door, ready for the name again", () => {
  const { store, link } = openStore();
  link.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), message(1, { room: "@bruno" })) }));
  link.bridge.link({ phase: "idle" });
  expect(store.state).toMatchObject({ presence: "out", goodbye: true, quitting: false, name: "anna" });
  // Whoever goes in next sees nothing of it.
  expect([...store.state.rooms.keys()]).toEqual(["lobby"]);
});
