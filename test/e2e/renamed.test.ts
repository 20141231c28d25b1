/** Two people talk privately while both take other names: it stays one conversation, with every message once. */
import { expect, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";
import { dataDirectory, kill, linkOf, startBridge, startServer } from "./programs.ts";

const wide = { viewport: { width: 1_200, height: 700 } };

/** Each server takes a while to start. */
const timeout = 60_000;

test("a private conversation goes on through new names, a reload and a restart of the server", {
  timeout,
}, async () => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const { url } = await openBridge(port);
  const anna = await Window.join(url, "anna", wide);
  const bruno = await Window.join(url, "bruno", wide);
  const said: string[] = [];
  /** Says something, and waits until both have it, and all that was said before, once and in order. */
  const say = async (from: Window, text: string) => {
    said.push(text);
    await from.send(text);
    for (const window of [anna, bruno]) await expect.poll(() => window.texts(/^said /)).toEqual(said);
  };
  const isWith = (window: Window, name: string) =>
    window.page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
  /** The private conversations that a window lists. */
  const partners = async (window: Window) =>
    (await window.rooms.getByRole("listitem").allInnerTexts())
      .map((text) => text.trim())
      .filter((text) => text !== "lobby");

  await anna.page.getByRole("button", { name: "Private message to bruno" }).click();
  await isWith(anna, "bruno");
  await anna.send("said first");
  said.push("said first");
  await bruno.goTo("anna");
  await say(bruno, "said second");

  await anna.composer.fill("said half");
  await bruno.send("/nick bea");
  await isWith(anna, "bea");
  expect(await anna.composer.inputValue()).toBe("said half");
  await say(anna, "said to bea");
  await say(bruno, "said by bea");
  await anna.send("/nick annina");
  await isWith(bruno, "annina");
  await say(bruno, "said to annina");
  await say(anna, "said by annina");

  for (const window of [anna, bruno]) {
    await window.page.reload();
    await window.says("Online");
  }
  await say(anna, "said after the reload");
  await kill(server);
  await anna.says(/is not responding/);
  await startServer(data, port);
  for (const window of [anna, bruno]) await window.says("Online");
  await say(bruno, "said after the restart");

  expect(await partners(anna)).toEqual(["bea"]);
  expect(await partners(bruno)).toEqual(["annina"]);
  // What was said under an earlier name, and on an earlier connection, is theirs to change.
  await anna.act("said first", "Edit");
  await expect.poll(() => anna.composer.inputValue()).toBe("said first");
  await anna.page.keyboard.press("Escape");

  // By the earlier name it is the same conversation.
  await anna.goTo("lobby");
  await anna.send("/msg bruno said to bruno");
  said.push("said to bruno");
  await isWith(anna, "bea");
  for (const window of [anna, bruno]) await expect.poll(() => window.texts(/^said /)).toEqual(said);
  expect(await partners(anna)).toEqual(["bea"]);
});

test("a page that was without its bridge finds the conversation under the new name", {
  timeout,
}, async () => {
  const server = await startTestServer();
  const webPort = await freePort();
  const bridge = await startBridge(server.port, webPort);
  const anna = await Window.join(linkOf(bridge), "anna", wide);
  const bruno = await Window.join((await openBridge(server.port)).url, "bruno", wide);
  await bruno.page.getByRole("button", { name: "Private message to anna" }).click();
  await bruno.page.getByRole("heading", { name: "anna", level: 1 }).waitFor();
  await bruno.send("said first");
  await anna.goTo("bruno");
  await anna.sees("said first");
  await kill(bridge);
  await anna.says(/bridge is not responding/);
  await bruno.send("/nick bea");
  await bruno.send("said by bea");
  await bruno.sees("said by bea");
  await anna.send("said in the dark");
  await startBridge(server.port, webPort);
  await anna.page.getByRole("heading", { name: "bea", level: 1, exact: true }).waitFor();
  const said = ["said first", "said by bea", "said in the dark"];
  for (const window of [anna, bruno]) await expect.poll(() => window.texts(/^said /)).toEqual(said);
  expect(await anna.rooms.getByRole("listitem").count()).toBe(2);
});
