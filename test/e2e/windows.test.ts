/**
 * One person in several windows, and a person who returns: unread messages are the same everywhere, and notified only
 * once.
 */
import { expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

const wide = { viewport: { width: 1_200, height: 700 } };

test("two windows of one person are one person, who reads for both, and writes in both", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const bruno = await Window.join(bridge.url, "bruno", wide);
  const first = await Window.join(bridge.url, "anna", wide);
  const second = await first.openTab(bridge.url);
  await second.enter("anna");
  await bruno.listsPeople("anna", "bruno");
  await second.listsPeople("anna", "bruno");

  await first.send("from the first");
  await second.sees("from the first");
  await second.send("from the second");
  await first.sees("from the second");
  await bruno.sees("from the second");

  await first.joinRoom("dev");
  await second.room("dev").waitFor();
  await bruno.joinRoom("dev");
  await first.goTo("lobby");
  await bruno.send("in dev");
  for (const window of [first, second])
    await window.rooms.getByRole("button", { name: "dev 1 unread message" }).waitFor();
  await second.goTo("dev");
  await second.sees("in dev");
  await first.rooms.getByRole("button", { name: "dev", exact: true }).waitFor();

  await second.page.getByRole("button", { name: "Quit" }).click();
  await first.page.getByRole("button", { name: "Join" }).waitFor();
  await bruno.goTo("lobby");
  await bruno.listsPeople("bruno");
});

test("a tab that is duplicated is a second window, and each sends what it wrote itself", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const first = await Window.join(bridge.url, "anna", wide);
  await first.send("one");
  await first.sees("one");
  const second = await first.duplicate();
  await second.says("Online");
  await second.sees("one");
  await second.send("two");
  await first.sees("two");
  await first.send("three");
  await second.sees("three");
  for (const window of [first, second])
    expect(await window.texts(/^(one|two|three)$/)).toEqual(["one", "two", "three"]);
  await first.page.close();
  await second.send("four");
  await second.sees("four");
});

test("what is written to somebody who is away waits for them, with how much of it is new", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port, { limits: { pageGraceMs: 100 } });
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna", wide);
  const bruno = await Window.join(bridge.url, "bruno", wide);
  await anna.page.getByRole("button", { name: "Private message to bruno" }).click();
  await anna.page.getByRole("heading", { name: "bruno", level: 1 }).waitFor();
  await anna.send("you are here");
  await bruno.goTo("anna");
  await bruno.sees("you are here");
  await bruno.page.getByRole("button", { name: "Quit" }).click();
  // The page does not wait for the goodbye to arrive.
  await nc.until("* bruno left");
  await anna.send("you are not");
  await anna.send("still not");
  await anna.page.getByText("bruno is not here right now and will see this later").waitFor();

  await bruno.enter("bruno");
  await bruno.rooms.getByRole("button", { name: "anna 2 unread messages" }).waitFor();
  await bruno.goTo("anna");
  await bruno.sees("still not");
  await bruno.page.reload();
  await bruno.says("Online");
  await bruno.rooms.getByRole("button", { name: "anna", exact: true }).waitFor();
});

test("who comes back sees where what was said meanwhile begins", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna", wide);
  await nc.until("* anna joined (2 here)\n");
  nc.send("before\n");
  await anna.sees("before");
  await anna.page.getByRole("button", { name: "Quit" }).click();
  await nc.until("* anna left (1 here)\n");
  nc.send("meanwhile\n");
  await anna.enter("anna");
  await anna.sees("meanwhile");
  const top = async (text: string) => (await anna.log.getByText(text, { exact: true }).boundingBox())?.y ?? Number.NaN;
  const [before, line, meanwhile] = [await top("before"), await top("New messages"), await top("meanwhile")];
  expect(before).toBeLessThan(line);
  expect(line).toBeLessThan(meanwhile);
});

test("who looks at no window for a while is shown as away to the others, and who leaves as not here", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port, { limits: { awayAfterMs: 50 } });
  const anna = await Window.join(bridge.url, "anna", wide);
  const bot = await server.joinJson("bot");
  bot.sendJson({ type: "away", on: true });
  await anna.people.getByRole("button", { name: "Private message to bot , away" }).waitFor();
  bot.sendJson({ type: "quit" });
  await anna.page
    .getByRole("list", { name: "Not here" })
    .getByRole("button", { name: /to bot/ })
    .waitFor();
  const carla = await server.joinJson("carla");
  await anna.page.close();
  await carla.until('"member-away","room":"lobby","name":"anna","away":true');
});
