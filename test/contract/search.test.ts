import { describe, expect, test } from "vitest";
import { parseSearch } from "../../protocol/search.ts";
import { cleanText } from "../../protocol/text.ts";
import { tokensOf } from "../../protocol/words.ts";
import type { MessageLog } from "../../server/chat/ports.ts";
import { highlight } from "../../ui/store/text/highlight.ts";
import { fc, property } from "../support/property.ts";
import { searches } from "../support/searches.ts";
import { draft, implementations, say } from "./logs.ts";

const rows = Object.entries(searches).flatMap(([kind, some]) => some.map((search) => [kind, ...search] as const));

/** The texts of what a person finds. */
async function find(log: MessageLog, typed: string): Promise<string[]> {
  const parsed = parseSearch(typed);
  if (!parsed.ok) return [];
  const { messages } = await log.search({ query: parsed.query, person: "anna", skip: 0, limit: 100 });
  return messages.map(({ text }) => text);
}

describe.each(implementations)("a search %s", (_name, open) => {
  test.each(rows)("by %s: in %j, %j: %j", async (_kind, said, typed, isFound) => {
    const log = open();
    const text = cleanText(said);
    log.append([draft("before", { text: "vorher" }), draft("said", { text }), draft("after", { text: "nachher" })]);
    expect(await find(log, typed)).toEqual(isFound ? [text] : []);
  });

  test("finds no more what was edited or deleted, in any script", async () => {
    const log = open();
    const edited = say(log, "1", { text: "北京 สวัสดี 👍🏽" });
    const deleted = say(log, "2", { text: "北京 한국어" });
    const by = { conversation: "lobby", from: "anna", names: ["anna"] };
    log.append([
      { ...by, type: "edit", id: "3", msgid: edited, text: "東京" },
      { ...by, type: "delete", id: "4", msgid: deleted },
    ]);
    for (const typed of ["北京", "สวัสดี", "👍", "한국어"]) expect(await find(log, typed)).toEqual([]);
    expect(await find(log, "東京")).toEqual(["東京"]);
  });

  test("finds all that was said in one turn", async () => {
    const log = open();
    log.append(Array.from({ length: 1_500 }, (_, index) => draft(String(index), { text: `word ${index}` })));
    // The log in memory has forgotten the first.
    expect(await find(log, "501")).toEqual(["word 501"]);
    expect(await find(log, "1499")).toEqual(["word 1499"]);
  });
});

const piece = fc.constantFrom(
  ...[
    "ciao",
    "Città",
    "한국",
    "국",
    "北京",
    "京",
    "東",
    "が",
    "か",
    "ｶ",
    "ﾞ",
    "สวัส",
    "ดี",
    "ស្រ",
    "བོད་",
    "👍🏽",
    "👩‍🚀",
    "🇮🇹",
    "1️⃣",
  ],
  ...[" ", "。", "-", "\u200d", "\u0301", "\u0e31", "2", "²", "ﷺ", "कि", "न्", "ß", "\u200b", "\n"],
);
const typing = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => cleanText(pieces.join("")));

/** Says a text in every store, each time in a room of its own. @returns what a search finds there, of each store */
function inEveryStore(): (text: string, typed: string) => Promise<string[][]> {
  let logs: MessageLog[] | undefined;
  let count = 0;
  return async (text, typed) => {
    logs ??= implementations.map(([, open]) => open());
    count += 1;
    const room = `room${count}`;
    for (const log of logs) log.append([draft("m", { conversation: room, text })]);
    return Promise.all(logs.map((log) => find(log, `${typed} in:${room}`)));
  };
}

describe("in both stores", () => {
  const said = inEveryStore();
  property("a search finds the same, and what it finds is marked", [typing, typing], async (text, typed) => {
    const parsed = parseSearch(typed);
    fc.pre(parsed.ok);
    const [inMemory = [], inSqlite] = await said(text, typed);
    expect(inMemory).toEqual(inSqlite);
    const isMarked = highlight(text, typed).some(({ isHit }) => isHit);
    if (inMemory.length > 0) expect(isMarked).toBe(true);
    if (parsed.ok && parsed.query.words.length === 1) expect(isMarked).toBe(inMemory.length > 0);
  });
});

describe("in each store", () => {
  const said = inEveryStore();
  const anyText = fc.string({ unit: "binary", maxLength: 60 });
  property("whatever was said is found by itself", [anyText], async (typed) => {
    const text = cleanText(typed);
    const query = text.replace(/(?:from|in|after|before):/gi, "").replaceAll('"', " ");
    fc.pre(tokensOf(query).length > 0);
    expect(await said(text, query)).toEqual([[text], [text]]);
  });
});
