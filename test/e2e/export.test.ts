/** An exported file has what the server has. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { barrier, startTestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";

const wide = { viewport: { width: 1_200, height: 700 }, acceptDownloads: true };

/** The dialog, and the resulting file. */
async function exportAs(window: Window, format: string): Promise<{ name: string; text: string }> {
  const dialog = window.page.getByRole("dialog", { name: /^Export/ });
  await dialog.getByRole("radio", { name: format }).check();
  const [download] = await Promise.all([
    window.page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  await dialog.getByText(`Saved as ${download.suggestedFilename()}`).waitFor();
  const text = await readFile(await download.path(), "utf8");
  await window.page.keyboard.press("Escape");
  return { name: download.suggestedFilename(), text };
}

/** @param firstDay `2026-11-21`; without it everything is exported */
async function exportRoom(window: Window, format: string, firstDay?: string) {
  await window.page.getByRole("button", { name: "Menu" }).click();
  await window.page.getByRole("menuitem", { name: "Export…" }).click();
  if (firstDay !== undefined) {
    await window.page.getByRole("radio", { name: "From a day on" }).check();
    await window.page.getByLabel("First day").fill(firstDay);
  }
  return exportAs(window, format);
}

interface Answer {
  label?: string;
  messages: { msgid: string; seq: number }[];
  more: boolean;
}

/** What the server tells a program about the lobby. */
async function historyOf(client: WireClient): Promise<Answer["messages"]> {
  const messages: Answer["messages"] = [];
  for (let more = true; more; ) {
    const after = messages.at(-1)?.seq ?? 0;
    const label = `after ${after}`;
    client.sendJson({ type: "history", room: "lobby", after, limit: 200, label });
    const read = async (): Promise<Answer> => {
      const answer = (await client.json()) as unknown as Answer;
      return answer.label === label ? answer : read();
    };
    const page = await read();
    messages.push(...page.messages);
    more = page.more;
  }
  return messages;
}

/** Says 700 things in the lobby, on two days, and changes some of them. */
async function talk() {
  let now = new Date("2026-03-01T12:00:00Z");
  const server = await startTestServer({ now: () => now });
  const bruno = await server.joinJson("bruno");
  const post = (text: string, more = {}) =>
    bruno.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text, ...more });
  const say = (i: number) => post(i % 100 === 0 ? `kettle ${i}\nand more` : `word ${i}`);
  for (let i = 1; i <= 450; i++) say(i);
  await barrier(bruno);
  now = new Date("2026-03-02T12:00:00Z");
  for (let i = 451; i <= 697; i++) say(i);
  await barrier(bruno);
  const [first, second, third] = (await historyOf(bruno)).map(({ msgid }) => msgid);
  const change = (command: object) => bruno.sendJson({ room: "lobby", id: crypto.randomUUID(), ...command });
  change({ type: "edit", msgid: first, text: "better" });
  change({ type: "delete", msgid: second });
  change({ type: "react", msgid: third, emoji: "👍" });
  post("an answer", { reply: first });
  post("waves", { action: true });
  post("the end");
  await barrier(bruno);
  return { server };
}

test("a room is exported as the server tells it, and as people read it; so are the results of a search", async () => {
  const { server } = await talk();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", { ...wide, timezoneId: "Europe/Rome" });
  await anna.sees("the end");
  // To somebody who has done nothing themselves, the server tells exactly what a file should contain.
  const carla = await server.joinJson("carla");

  const programs = await exportRoom(anna, "JSON lines (for programs)");
  expect(programs.name).toMatch(/^salotto-lobby-\d{4}-\d\d-\d\d\.jsonl$/);
  const lines = programs.text.trimEnd().split("\n");
  expect(lines).toHaveLength(700);
  expect(lines.map((line) => JSON.parse(line))).toEqual(await historyOf(carla));

  const later = await exportRoom(anna, "JSON lines (for programs)", "2026-03-02");
  expect(later.text).toBe(`${lines.slice(450).join("\n")}\n`);

  const people = await exportRoom(anna, "Plain text");
  expect(people.text).toMatch(/^lobby on 127\.0\.0\.1:\d+ · 700 messages\n.*zone: Europe\/Rome\.\n\n== /);
  expect(people.text).toMatch(/\d bruno: better\n {6}\(edited\)\n\d\d:\d\d bruno:\n {6}\(deleted\)\n/);
  expect(people.text).toMatch(/bruno: word 3\n {6}\(👍 bruno\)\n/);
  expect(people.text).toMatch(/bruno: kettle 100\n {4}\| and more\n/);
  expect(people.text).toMatch(
    /an answer\n {6}\(reply to bruno: better\)\n\d\d:\d\d \* bruno waves\n\d\d:\d\d bruno: the end\n$/,
  );

  await anna.page.keyboard.press("Control+Shift+F");
  await anna.page.getByRole("searchbox").fill("word");
  await anna.page.keyboard.press("Enter");
  await anna.page.getByRole("button", { name: "Export results" }).click();
  const found = await exportAs(anna, "JSON lines (for programs)");
  expect(found.name).toMatch(/^salotto-search-word-/);
  const texts = found.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  // Of 697, six are kettles, one was changed and one deleted.
  expect(texts).toHaveLength(689);
  expect(texts.at(0)).toMatchObject({ room: "lobby", text: "word 3" });
  expect(texts.at(-1)).toMatchObject({ room: "lobby", text: "word 697" });
  expect(anna.complaints).toEqual([]);
});
