/**
 * The pictures of the README, taken from a conversation between a page, a terminal and an old client. They are written to
 * `test-results/`; `SALOTTO_PICTURES=docs/pictures npm test -- screenshot` renews those that the README shows.
 */
import { expect, test } from "vitest";
import { OldClient } from "../doubles/old-clients.ts";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./house.ts";

const folder = process.env.SALOTTO_PICTURES ?? "test-results";
const wide = { viewport: { width: 1_080, height: 680 }, deviceScaleFactor: 2 };

test("a conversation fits the window, in the light and in the dark", async () => {
  // A fixed moment, so that the pictures change only when the page does.
  const now = new Date("2026-11-21T20:17:00Z");
  const server = await startTestServer({ now: () => now });
  const bridge = await openBridge(server.port);
  const marta = await Window.join(bridge.url, "Marta", { ...wide, timezoneId: "Europe/Rome" });
  await marta.page.clock.setFixedTime(now);
  const nc = await server.join("Giulio");
  const old = await OldClient.open("ancestor", server.port);
  old.enter("Professor Riva");
  await nc.until("* Professor Riva joined");

  nc.send("Good evening! I am on nc, from the server's own terminal.\n");
  await marta.sees("Good evening! I am on nc, from the server's own terminal.");
  await marta.send("And I am in a browser. Same room, same port 8080.");
  await marta.sees("And I am in a browser. Same room, same port 8080.");
  old.enter("My chat client is twelve years old and frames nothing. It still works!");
  await marta.sees("My chat client is twelve years old and frames nothing. It still works!");
  nc.send("A bot takes ten lines: see docs/protocol.md\n");
  nc.send("/me puts the kettle on\n");
  await marta.page.getByText("puts the kettle on").waitFor();
  await marta.send("Tea for me, please.\nWho else is coming tonight?");
  await marta.sees("Tea for me, please. Who else is coming tonight?");
  const anna = await Window.join(bridge.url, "Anna");
  await anna.send("I am! https://en.wikipedia.org/wiki/Salon_(gathering)");
  await marta.sees("https://en.wikipedia.org/wiki/Salon_(gathering)");
  for (const room of ["cinema", "garden"]) {
    await marta.send(`/join #${room}`);
    // Each room has a draft of its own: what is typed before the page has gone there stays behind.
    await marta.page.getByRole("heading", { name: room, level: 1 }).waitFor();
  }
  const bot = await server.joinJson("Luca");
  bot.sendJson({ type: "join", room: "cinema" });
  for (const text of ["Tonight at nine?", "Marta, are you coming?"]) {
    bot.sendJson({ type: "post", room: "cinema", id: crypto.randomUUID(), text });
  }
  bot.sendJson({ type: "post", room: "@Marta", id: crypto.randomUUID(), text: "I have two tickets." });
  await marta.goTo("lobby");
  await marta.rooms.getByRole("button", { name: "Luca 1 unread message" }).waitFor();
  await marta.composer.fill("Come in, come in");

  for (const colorScheme of ["light", "dark"] as const) {
    await marta.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await marta.page.screenshot({ path: `${folder}/${colorScheme}.png` });
  }
  const { scrollWidth, clientWidth } = await marta.page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
});

test("a phone of 360 pixels shows the same conversation without scrolling sideways", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
  const anna = await Window.join(bridge.url, "Anna", phone);
  const nc = await server.join("Giulio");
  nc.send(`${"a rather long message that has to wrap, ".repeat(4)}and ${"x".repeat(80)}\n`);
  nc.send("https://example.org/a/path/that/is/longer/than/any/phone/is/wide/and/goes/on\n");
  await anna.send("Everything fits.");
  await anna.sees("Everything fits.");
  await anna.page.screenshot({ path: `${folder}/phone.png` });
  const bot = await server.joinJson("Luca");
  bot.sendJson({ type: "post", room: "@Anna", id: crypto.randomUUID(), text: "psst" });
  await anna.page.getByRole("button", { name: "Show rooms (1 unread message)" }).click();
  await anna.page.getByRole("button", { name: "Join or create a room" }).click();
  await anna.page.getByRole("button", { name: /^lobby \d people$/ }).waitFor();
  await anna.page.screenshot({ path: `${folder}/phone-rooms.png` });
  await anna.goTo("Luca");
  await anna.log.getByText("New messages").waitFor();
  await anna.rooms.waitFor({ state: "detached" });
  await anna.page.screenshot({ path: `${folder}/phone-private.png` });
  const { scrollWidth, clientWidth } = await anna.page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
});
