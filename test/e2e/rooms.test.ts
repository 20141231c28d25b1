/** Several rooms and private conversations in the page, with the real server, even when everything breaks. */
import { expect, test } from "vitest";
import { startProxy } from "../support/proxy.ts";
import { barrier, startTestServer, type TestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";

const wide = { viewport: { width: 1_200, height: 700 } };

/** A program in the lobby and in these rooms. */
async function bot(server: TestServer, name: string, ...rooms: string[]): Promise<WireClient> {
  const client = await server.joinJson(name);
  for (const room of rooms) client.sendJson({ type: "join", room });
  await barrier(client);
  return client;
}

function say(client: WireClient, room: string, text: string): void {
  client.sendJson({ type: "post", room, id: crypto.randomUUID(), text });
}

const words = (what: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${what} ${from + index}`);

test("two people talk in two rooms, and see what is unread, what names them, and where the new begins", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  const bruno = await Window.join(bridge.url, "bruno", wide);
  await anna.joinRoom("dev");
  await anna.send("/topic Releases");
  await anna.page.getByText("Releases", { exact: true }).waitFor();
  await bruno.page.getByRole("button", { name: "Join or create a room" }).click();
  await bruno.page.getByRole("button", { name: "dev Releases 1 person" }).click();
  await bruno.page.getByRole("heading", { name: "dev", level: 1 }).waitFor();
  await anna.listsPeople("anna", "bruno");
  await bruno.send("first");
  await anna.sees("first");

  await anna.goTo("lobby");
  await bruno.send("second");
  await bruno.send("third, Anna!");
  await anna.rooms.getByRole("button", { name: /^dev 1 mention 2 unread messages$/ }).waitFor();
  expect(await anna.texts(/second|third/)).toEqual([]);
  await anna.goTo("dev");
  await anna.sees("third, Anna!");
  await anna.log.getByText("New messages").waitFor();
  await anna.rooms.getByRole("button", { name: "dev", exact: true }).waitFor();

  await bruno.page.getByRole("button", { name: "Leave room" }).click();
  await bruno.page.getByRole("heading", { name: "lobby", level: 1 }).waitFor();
  await anna.listsPeople("anna");
  await bruno.send("from the lobby");
  await anna.rooms.getByRole("button", { name: "lobby 1 unread message", exact: true }).waitFor();
});

test("each room keeps its draft, over a look into another and over F5, which stays in the room", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  await anna.joinRoom("dev");
  await anna.composer.fill("for dev");
  await anna.goTo("lobby");
  await anna.composer.fill("for the lobby");
  await anna.goTo("dev");
  await anna.page.reload();
  await anna.page.getByRole("heading", { name: "dev", level: 1 }).waitFor();
  expect(await anna.composer.inputValue()).toBe("for dev");
  await anna.goTo("lobby");
  expect(await anna.composer.inputValue()).toBe("for the lobby");
});

test("a private conversation is a place of its own, with its past", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  const bruno = await Window.join(bridge.url, "bruno", wide);
  await anna.page.getByRole("button", { name: "Private message to bruno" }).click();
  await anna.page.getByRole("heading", { name: "bruno", level: 1 }).waitFor();
  await anna.send("psst");
  await anna.sees("psst");
  await bruno.rooms.getByRole("button", { name: "anna 1 unread message" }).waitFor();
  expect(await bruno.texts(/psst/)).toEqual([]);
  await bruno.goTo("anna");
  await bruno.sees("psst");
  await bruno.send("what?");
  await anna.sees("what?");

  await anna.page.getByRole("button", { name: "Close conversation" }).click();
  await anna.page.getByRole("heading", { name: "lobby", level: 1 }).waitFor();
  await anna.page.reload();
  await anna.says("Online");
  expect(await anna.rooms.getByRole("listitem").count()).toBe(1);
  await anna.page.getByRole("button", { name: "Private message to bruno" }).click();
  await anna.sees("what?");
  expect(await anna.texts(/psst|what/)).toEqual(["psst", "what?"]);
});

test("what is said in two rooms and privately while the wire is cut is there when it is mended, once, in order", async () => {
  const server = await startTestServer();
  const proxy = await startProxy(server.port);
  const bridge = await openBridge(proxy.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  await anna.joinRoom("dev");
  await anna.goTo("lobby");
  const nc = await server.join("carla");
  const bruno = await bot(server, "bruno", "dev");
  for (const room of ["lobby", "dev", "@anna"]) say(bruno, room, `${room} 0`);
  await anna.sees("lobby 0");
  await anna.room("bruno").waitFor();
  await anna.room("dev").filter({ hasText: "1" }).waitFor();

  proxy.cut();
  await nc.until("* anna left, connection lost");
  await anna.says(/is not responding/);
  // A private message finds anna only while she is there.
  for (let i = 1; i <= 30; i++) for (const room of ["lobby", "dev"]) say(bruno, room, `${room} ${i}`);
  await barrier(bruno);
  proxy.mend();
  await anna.says("Online");
  for (const room of ["lobby", "dev", "@anna"]) say(bruno, room, `${room} 31`);
  await anna.sees("lobby 31");
  expect(await anna.texts(/^lobby \d+$/)).toEqual(words("lobby", 0, 31));
  await anna.goTo("dev");
  await anna.sees("dev 31");
  expect(await anna.texts(/^dev \d+$/)).toEqual(words("dev", 0, 31));
  await anna.goTo("bruno");
  await anna.sees("@anna 31");
  expect(await anna.texts(/^@anna \d+$/)).toEqual(["@anna 0", "@anna 31"]);
});

test("a bridge that restarts: the page is back in its rooms, and has what was said meanwhile", async () => {
  const server = await startTestServer();
  const first = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(first.url, "anna", wide);
  await anna.joinRoom("dev");
  const bruno = await bot(server, "bruno", "dev");
  for (const room of ["dev", "@anna"]) say(bruno, room, `${room} 0`);
  await anna.sees("dev 0");
  await anna.room("bruno").waitFor();
  await first.close();
  await nc.until("* anna left");
  for (let i = 1; i <= 20; i++) say(bruno, "dev", `dev ${i}`);
  await barrier(bruno);
  await openBridge(server.port, { webPort: first.port });
  await anna.says("Online");
  await anna.sees("dev 20");
  say(bruno, "dev", "dev 21");
  say(bruno, "@anna", "@anna 1");
  await anna.sees("dev 21");
  expect(await anna.texts(/^dev \d+$/)).toEqual(words("dev", 0, 21));
  await anna.goTo("bruno");
  await anna.sees("@anna 1");
  expect(await anna.texts(/^@anna \d+$/)).toEqual(words("@anna", 0, 1));
});

test("earlier messages come when the reader scrolls up, and what they read stays where it is", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const bruno = await bot(server, "bruno");
  for (let i = 1; i <= 300; i++) say(bruno, "lobby", `word ${i}`);
  await barrier(bruno);
  const anna = await Window.join(bridge.url, "anna", wide);
  await anna.sees("word 300");
  expect((await anna.texts(/^word \d+$/)).length).toBeLessThan(50);
  await anna.page.getByRole("button", { name: "Earlier messages" }).click();
  await anna.log.getByText("word 221", { exact: true }).waitFor({ state: "attached" });

  const all = new Set<string>();
  /** What the reader was looking at after scrolling, and how far below the top of the page. */
  let mark = { word: "", topPx: 0 };
  const scrollUp = async (word: string) => {
    for (const text of await anna.texts(/^word \d+$/)) all.add(text);
    mark = await anna.log.evaluate(async (log) => {
      log.scrollTo(0, 50);
      const groups = [...log.querySelectorAll("message-group")];
      const said = groups.flatMap((group) => [...(group.shadowRoot?.querySelectorAll("[role=article]") ?? [])]);
      const shown = said.findLast((each) => each.getBoundingClientRect().top < log.getBoundingClientRect().bottom);
      const [text = ""] = /word \d+/.exec(shown?.textContent ?? "") ?? [];
      const topPx = shown?.getBoundingClientRect().top ?? 0;
      // The page hears of it with the next frame.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return { word: text, topPx };
    });
    return all.has(word);
  };
  // The server was asked for 200 before the ten that it tells every newcomer.
  await expect.poll(() => scrollUp("word 91")).toBe(true);
  await anna.log.getByText("word 11", { exact: true }).waitFor({ state: "attached" });
  const topPx = () =>
    anna.page
      .getByRole("article")
      .filter({ hasText: new RegExp(`${mark.word}(?!\\d)`) })
      .evaluate((said) => said.getBoundingClientRect().top);
  await expect.poll(async () => Math.abs((await topPx()) - mark.topPx)).toBeLessThan(3);
  await expect.poll(() => scrollUp("word 1")).toBe(true);
  expect(all).toEqual(new Set(words("word", 1, 300)));
  await anna.log.getByText("This is the beginning of the conversation").waitFor({ state: "attached" });
});

test("a room that was left stays left, though the person has another name and F5 since", async () => {
  const server = await startTestServer();
  const { url } = await openBridge(server.port);
  const anna = await Window.join(url, "anna", wide);
  await anna.joinRoom("dev");
  await anna.send("/leave");
  await expect.poll(() => anna.rooms.getByRole("button").count()).toBe(1);
  await anna.send("/nick anita");
  await anna.listsPeople("anita");
  await anna.page.reload();
  // By then, the session has told about the rooms.
  await anna.says("Online");
  await anna.room("lobby").waitFor();
  expect(await anna.rooms.getByRole("button").allInnerTexts()).toEqual(["lobby"]);
});
