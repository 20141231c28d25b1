import { describe, expect, test } from "vitest";
import type { HistoryMessage } from "../../protocol/events.ts";
import type { ExportSource } from "../../ui/export/export-fetch.ts";
import { exportFile } from "../../ui/export/export-file.ts";
import { type ExportHead, textLines } from "../../ui/export/export-text.ts";
import { Locale } from "../../ui/locales/locale.ts";

const english = await Locale.load(["en-GB"]);
const italian = await Locale.load(["it-IT"]);

const said: HistoryMessage[] = [
  { seq: 1, time: "2026-11-20T22:58:00.000Z", from: "bruno", text: "ciao a tutti" },
  { seq: 2, time: "2026-11-20T23:05:00.000Z", from: "anna", text: "one\n  two\n12:00 bruno: three", reply: "1" },
  { seq: 3, time: "2026-11-20T23:06:00.000Z", from: "bruno", text: "waves", action: true, edited: true },
  { seq: 4, time: "2026-11-20T23:07:00.000Z", from: "carla", text: "", deleted: true },
  {
    seq: 5,
    time: "2026-11-21T09:42:00.000Z",
    from: "anna",
    text: "well",
    reply: "0",
    edited: true,
    reactions: [
      { emoji: "👍", count: 2, from: ["bruno", "carla"] },
      { emoji: "🎉", count: 1, from: ["dario"] },
    ],
  },
  { seq: 7, time: "2026-11-21T09:43:00.000Z", from: "anna", text: "ok", reply: "2" },
].map((message) => ({ type: "message", msgid: String(message.seq), ...message }));

function headOf(source: ExportSource, changes: Partial<ExportHead> = {}): ExportHead {
  const exportedMs = Date.parse("2026-11-22T10:00:00Z");
  return { source, server: "127.0.0.1:8080", exportedMs, zone: "Europe/Rome", isWhole: true, ...changes };
}

const lobby: ExportSource = { kind: "room", room: "lobby" };
const text = (head: ExportHead, locale = english, messages = said) => [...textLines(messages, head, locale)].join("");

describe("an export to read", () => {
  test("has the days, names and times of where its reader is, and all that was done to the messages", () => {
    expect(text(headOf(lobby))).toBe(`\
lobby on 127.0.0.1:8080 · 6 messages
Exported on 2026-11-22 at 11:00. Time zone: Europe/Rome.

== 2026-11-20, Friday ==

23:58 bruno: ciao a tutti

== 2026-11-21, Saturday ==

00:05 anna: one
    |   two
    | 12:00 bruno: three
      (reply to bruno: ciao a tutti)
00:06 * bruno waves
      (edited)
00:07 carla:
      (deleted)
10:42 anna: well
      (reply to a message that is not in this file)
      (edited)
      (👍 bruno, carla)
      (🎉 dario)
10:43 anna: ok
      (reply to anna: one…)
`);
  });

  test("is in the reader's language", () => {
    expect(text(headOf({ kind: "room", room: "@bruno" }), italian, said.slice(3, 5))).toBe(`\
Conversazione privata con bruno su 127.0.0.1:8080 · 2 messaggi
Esportato il 2026-11-22 alle 11:00. Fuso orario: Europe/Rome.

== 2026-11-21, sabato ==

00:07 carla:
      (eliminato)
10:42 anna: well
      (risposta a un messaggio che non è in questo file)
      (modificato)
      (👍 bruno, carla)
      (🎉 dario)
`);
  });

  test("of a search says where each was said", () => {
    const found = said.slice(0, 1).map((message) => ({ ...message, room: "dev" }));
    const lines = text(headOf({ kind: "search", query: "ciao" }), english, found).split("\n");
    expect(lines[0]).toBe("Search for “ciao” on 127.0.0.1:8080 · 1 message");
    expect(lines.at(-2)).toBe("23:58 [dev] bruno: ciao a tutti");
  });

  test("says when it is not all", () => {
    expect(text(headOf(lobby, { isWhole: false })).split("\n")[2]).toBe("This file may be incomplete.");
  });

  test("repeats the beginning of a long message in its answers", () => {
    const long = { ...said[0], text: "🎉".repeat(61) } as HistoryMessage;
    expect(text(headOf(lobby), english, [long, ...said.slice(1, 2)])).toContain(
      `(reply to bruno: ${"🎉".repeat(60)}…)`,
    );
  });
});

test("as JSON lines an export has the messages as they came", () => {
  // Whose reader reacted means nothing in a file.
  const told = said.map(({ reactions, ...message }) =>
    reactions ? { ...message, reactions: reactions.map((reaction) => ({ ...reaction, own: true })) } : message,
  );
  const { parts } = exportFile(told, "jsonl", headOf(lobby), english);
  expect(
    parts
      .join("")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  ).toEqual(said);
});

test.each<[source: ExportSource, name: string]>([
  [lobby, "salotto-lobby-2026-11-22.txt"],
  [{ kind: "room", room: "..\\dev" }, "salotto-dev-2026-11-22.txt"],
  [{ kind: "room", room: "@Chiara De Luca" }, "salotto-with-Chiara-De-Luca-2026-11-22.txt"],
  [{ kind: "room", room: "@🎉" }, "salotto-with-unnamed-2026-11-22.txt"],
  [{ kind: "search", query: 'tè/caffè from:"anna m" <a>' }, "salotto-search-tè-caffè-from-anna-m-a-2026-11-22.txt"],
  [{ kind: "search", query: "x".repeat(200) }, `salotto-search-${"x".repeat(40)}-2026-11-22.txt`],
])("the export of %j is called %s", (source, name) => {
  expect(exportFile(said, "text", headOf(source), english).name).toBe(name);
});
