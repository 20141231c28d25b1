/** Programs are killed while a person writes: nothing they wrote is lost, and nothing is there twice. */
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";
import { dataDirectory, kill, linkOf, startBridge, startServer } from "./programs.ts";

const words = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `word ${from + index}`);

async function write(person: Window, texts: string[]): Promise<void> {
  for (const text of texts) await person.send(text);
}

/** What somebody at a terminal is told about earlier messages. */
async function historyOf(port: number): Promise<string[]> {
  const nc = await WireClient.connect(port);
  onTestFinished(() => nc.close());
  nc.send("nc\n");
  await nc.until("Welcome, nc!");
  // A newcomer has already been told a few earlier messages; what follows this answer is only the history.
  nc.send("/rooms\n");
  await nc.until("lobby (");
  nc.send("/history 200\n/who\n");
  const told = await nc.until(" here: ");
  return [...told.matchAll(/anna: (word \d+)\n/g)].map(([, text = ""]) => text);
}

async function seesAll(person: Window, expected: string[]): Promise<void> {
  await person.says("Online");
  await expect.poll(() => person.texts(/^word \d+$/)).toEqual(expected);
  await expect.poll(() => person.log.getByText(/^(Sending…|Waiting to be sent)$/).count()).toBe(0);
  expect(await person.texts(/^word \d+$/)).toEqual(expected);
}

test("the server is killed while somebody writes, who goes on in the dark", async () => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const { url } = await openBridge(port);
  const anna = await Window.join(url, "anna");
  const bruno = await Window.join(url, "bruno");
  await write(anna, words(1, 5));
  const writing = write(anna, words(6, 15));
  await kill(server);
  await writing;
  await anna.says(/is not responding/);
  await write(anna, words(16, 20));
  await anna.log.getByText("Waiting to be sent").first().waitFor();
  await startServer(data, port);
  await seesAll(anna, words(1, 20));
  await seesAll(bruno, words(1, 20));
  expect(await historyOf(port)).toEqual(words(1, 20));
});

test("the bridge is killed while somebody writes, who goes on in the dark", async () => {
  const { port } = await startTestServer();
  const webPort = await freePort();
  const bridge = await startBridge(port, webPort);
  const url = linkOf(bridge);
  const anna = await Window.join(url, "anna");
  const bruno = await Window.join(url, "bruno");
  await write(anna, words(1, 5));
  const writing = write(anna, words(6, 15));
  await kill(bridge);
  await writing;
  await anna.says(/bridge is not responding/);
  await write(anna, words(16, 20));
  await anna.log.getByText("Waiting to be sent").first().waitFor();
  await startBridge(port, webPort);
  await seesAll(anna, words(1, 20));
  await seesAll(bruno, words(1, 20));
  expect(await historyOf(port)).toEqual(words(1, 20));
});

test("the page is reloaded while the server is away, and the person goes on in the dark", async () => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const { url } = await openBridge(port);
  const anna = await Window.join(url, "anna");
  await write(anna, words(1, 2));
  await seesAll(anna, words(1, 2));
  await kill(server);
  await anna.says(/is not responding/);
  await write(anna, words(3, 5));
  await anna.page.reload();
  await anna.says(/is not responding/);
  await write(anna, words(6, 8));
  expect(await anna.composer.inputValue()).toBe("");
  await startServer(data, port);
  await seesAll(anna, words(1, 8));
  expect(await historyOf(port)).toEqual(words(1, 8));
});

test("both are killed, and the page is reloaded before they are back together", async () => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const webPort = await freePort();
  const bridge = await startBridge(port, webPort);
  const anna = await Window.join(linkOf(bridge), "anna");
  await write(anna, words(1, 5));
  await seesAll(anna, words(1, 5));
  await kill(bridge);
  await kill(server);
  await anna.says(/bridge is not responding/);
  await write(anna, words(6, 10));
  await startBridge(port, webPort);
  await anna.page.reload();
  await anna.says(/is not responding/);
  await startServer(data, port);
  await seesAll(anna, words(1, 10));
  expect(await historyOf(port)).toEqual(words(1, 10));
});
