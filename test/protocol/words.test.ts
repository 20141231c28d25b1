import { describe, expect, test } from "vitest";
import { phraseOf, tokensOf, wordsOf } from "../../protocol/words.ts";
import { fc, property } from "../support/property.ts";

const tokens = (text: string) => tokensOf(text).map((token) => token.text);

describe("a text is cut", () => {
  test.each<[text: string, words: string[], tokens: string[]]>([
    ["Città, bella!", ["citta", "bella"], ["citta", "bella"]],
    ["東京へ。大阪", ["東京へ", "大阪"], ["東京", "京へ", "へ", "大阪", "阪"]],
    ["第2回", ["第2回"], ["第", "2", "回"]],
    ["สวัสดี", ["สวัสดี"], ["สวั", "วัส", "สดี", "ดี"]],
    ["ok👍🏽👩🏽‍🚀", ["ok", "👍", "👩‍🚀"], ["ok", "👍", "👩‍🚀"]],
    ["?! \u200d …", [], []],
  ])("%j", (text, words, all) => {
    expect(wordsOf(text)).toEqual(words);
    expect(tokens(text)).toEqual(all);
  });

  test("and what is searched for leaves open what follows it", () => {
    expect(phraseOf("東京へ")).toEqual({ tokens: ["東京", "京へ"], length: 3 });
    expect(phraseOf("京")).toEqual({ tokens: ["京"], length: 1 });
    expect(phraseOf("citta")).toEqual({ tokens: ["citta"], length: 1 });
  });
});

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

property("words stay as they are when they are cut again", [anyText], (text) => {
  const words = wordsOf(text);
  expect(words.flatMap(wordsOf)).toEqual(words);
  expect(words.flatMap(tokens)).toEqual(tokens(text));
});

property("tokens hold nothing that a database's tokenizer would cut or fold", [anyText], (text) => {
  for (const token of tokens(text)) expect(token).toMatch(/^(?:[a-z0-9#*]|[^\0-\x7f])+$/u);
});

property("tokens stand in the text one after another", [anyText], (text) => {
  let end = 0;
  for (const token of tokensOf(text)) {
    expect(token.start).toBeGreaterThanOrEqual(Math.min(end, token.start));
    expect(token.end).toBeGreaterThan(token.start);
    expect(token.end).toBeLessThanOrEqual(text.length);
    end = token.end;
  }
});

test.each([
  ["letters", "e"],
  ["marks", "\u0301\u0316"],
  ["voiced sound marks", "か\u3099"],
  ["vowel signs", "\u0e31"],
  ["joined pictographs", "👩\u200d"],
  ["half flags", "🇮"],
  ["ligatures of many letters", "ﷺ"],
  ["characters without spaces", "東"],
])("of twice as many %s there are at most twice as many tokens, and no more text", (_what, unit) => {
  const size = (count: number) => tokens(unit.repeat(count)).join(" ").length;
  expect(size(2_000)).toBeLessThanOrEqual(2 * size(1_000) + 2 * unit.length + 1);
  expect(size(1_000)).toBeLessThanOrEqual(24 * 1_000 * unit.length);
});
