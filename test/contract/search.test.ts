import { describe, expect, test } from "vitest";
import { parseSearch } from "../../protocol/search.ts";
import { cleanText } from "../../protocol/text.ts";
import { tokensOf } from "../../protocol/words.ts";
import { highlight } from "../../ui/store/text/highlight.ts";
import { fc, property } from "../support/property.ts";
import { searches } from "../support/searches.ts";
import { by, draft, implementations, openOnce, personCalled, say, type TestLog } from "./logs.ts";

const rows = Object.entries(searches).flatMap(([kind, some]) => some.map((search) => [kind, ...search] as const));

const stores = implementations.map(([name, open]) => [name, openOnce(open)] as const);

let rooms = 0;
/** Each test has its own room. */
const newRoom = () => `room${++rooms}`;

/** The texts of what a person finds. */
async function find(log: TestLog, typed: string): Promise<string[]> {
  const parsed = parseSearch(typed);
  if (!parsed.ok) return [];
  const { messages } = await log.log.search({ query: parsed.query, person: personCalled("anna"), skip: 0, limit: 100 });
  return messages.map(({ text }) => text);
}

describe.each(stores)("a search %s", (_name, store) => {
  test.each(rows)("by %s: in %j, %j: %j", async (_kind, said, typed, isFound) => {
    const conversation = newRoom();
    const texts = ["vorher", cleanText(said), "nachher"];
    await store().append(texts.map((text) => draft(text, { conversation, text })));
    expect(await find(store(), `${typed} in:${conversation}`)).toEqual(isFound ? [cleanText(said)] : []);
  });

  test("finds no more what was edited or deleted, in any script", async () => {
    const log = store();
    const conversation = newRoom();
    const edited = await say(log, "1", { conversation, text: "北京 สวัสดี 👍🏽" });
    const deleted = await say(log, "2", { conversation, text: "北京 한국어" });
    const own = { conversation, ...by("anna") };
    await log.append([
      { ...own, type: "edit", id: "3", msgid: edited, text: "東京" },
      { ...own, type: "delete", id: "4", msgid: deleted },
    ]);
    const findHere = (typed: string) => find(log, `${typed} in:${conversation}`);
    for (const typed of ["北京", "สวัสดี", "👍", "한국어"]) expect(await findHere(typed)).toEqual([]);
    expect(await findHere("東京")).toEqual(["東京"]);
  });

  test("finds all that was said in one turn", async () => {
    const conversation = newRoom();
    const drafts = Array.from({ length: 1_500 }, (_, index) =>
      draft(String(index), { conversation, text: `word ${index}` }),
    );
    await store().append(drafts);
    // The log in memory has forgotten the first one.
    expect(await find(store(), `501 in:${conversation}`)).toEqual(["word 501"]);
    expect(await find(store(), `1499 in:${conversation}`)).toEqual(["word 1499"]);
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

/** Says a text in every store. @returns what a search finds in each store */
async function said(text: string, typed: string): Promise<string[][]> {
  const conversation = newRoom();
  for (const [, store] of stores) await store().append([draft("m", { conversation, text })]);
  return Promise.all(stores.map(([, store]) => find(store(), `${typed} in:${conversation}`)));
}

describe("in both stores", () => {
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
  const anyText = fc.string({ unit: "binary", maxLength: 60 });
  property("whatever was said is found by itself", [anyText], async (typed) => {
    const text = cleanText(typed);
    const query = text.replace(/(?:from|in|after|before):/gi, "").replaceAll('"', " ");
    fc.pre(tokensOf(query).length > 0);
    expect(await said(text, query)).toEqual([[text], [text]]);
  });
});
