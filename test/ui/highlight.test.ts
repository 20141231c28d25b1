import { describe, expect, test } from "vitest";
import { highlight } from "../../ui/store/text/highlight.ts";
import { fc, property } from "../support/property.ts";
import { searches } from "../support/searches.ts";

const marked = (text: string, query: string) =>
  highlight(text, query)
    .map(({ text, isHit }) => (isHit ? `[${text}]` : text))
    .join("");

describe("what a search has found is marked", () => {
  test.each<[text: string, query: string, expected: string]>([
    ["un caffè? Caffettiera!", "caffe", "un [caffè]? [Caffettiera]!"],
    ["one two three", "three one", "[one] two [three]"],
    ["from here", "from:anna here", "from [here]"],
    ["nothing here", "after:yesterday here", "nothing here"],
    ["مُحَمَّد هنا", "محمد", "[مُحَمَّد] هنا"],
    ["한국어를 배워요", "한국", "[한국어를] 배워요"],
    ["हिन्दी भाषा", "हिन्", "[हिन्दी] भाषा"],
    ["我在北京大学", "北京", "我在[北京]大学"],
    ["我在北京大学", "学", "我在北京大[学]"],
    ["北京北京", "北京", "[北京北京]"],
    ["สวัสดีครับ", "สวัสด", "[สวัสดี]ครับ"],
    ["第2回iPhone販売", "iphone", "第2回[iPhone]販売"],
    ["第2回iPhone販売", "2回", "第[2回]iPhone販売"],
    ["བོད་སྐད་ཡིན", "སྐད", "བོད་[སྐད་]ཡིན"],
    ["ｶﾞﾗｽの", "ガラ", "[ｶﾞﾗ]ｽの"],
    ["㍿です", "株式", "[㍿]です"],
    ["so\u00adft ware", "soft", "[so\u00adft] ware"],
    ["ciao👍🏽!", "👍", "ciao[👍🏽]!"],
    ["👩🏽‍🚀👩", "👩", "[👩🏽‍🚀👩]"],
  ])("in %j, by %j: %s", (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  const single = Object.values(searches)
    .flat()
    .filter(([, query]) => !query.includes(" "));
  test.each(single)("in %j, by %j: %j", (text, query, isFound) => {
    expect(highlight(text, query).some(({ isHit }) => isHit)).toBe(isFound);
  });

  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  property("in parts that together are the text", [text, text, fc.nat()], (before, after, at) => {
    const whole = before + after;
    const query = whole.slice(at % (whole.length + 1));
    expect(highlight(whole, query).reduce((sum, part) => sum + part.text, "")).toBe(whole);
  });
});
