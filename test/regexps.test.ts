import { describe, expect, test } from "vitest";
import { findSlowRegexps } from "../scripts/lint-regexps.ts";

describe("the linter of regular expressions finds", () => {
  test.each([
    ["one that looks again from every place", String.raw`text.replace(/\s+$/g, "")`],
    ["one that can match in many ways", "/^(?:a+)+$/.test(text)"],
    ["one that can share a text in many ways", String.raw`/^\w*[a-z]*!$/.exec(text)`],
    ["one that is given to the constructor", 'new RegExp("x*$")'],
    ["one of sets", String.raw`/[\p{L}--[a-z]]+$/v`],
    ["one that is put together, where nothing measures it", "new RegExp(name)"],
    ["one of a script that it does not know", String.raw`/\p{sc=Kits}/u`],
  ])("%s", (_what, code) => {
    const typed = `const text: string = "";\nexport const found = ${code};`;
    expect(findSlowRegexps("somewhere.ts", typed)).toEqual([expect.stringMatching(/^somewhere\.ts:2: /)]);
  });
});

test("a file that puts no pattern together any more has no place in the list", () => {
  expect(findSlowRegexps("protocol/words.ts", "export const found = /a/;")).toHaveLength(1);
  expect(findSlowRegexps("protocol/words.ts", "export const found = new RegExp(name);")).toEqual([]);
});

test.each([String.raw`/^\s+/`, '/[^"]*/y', String.raw`/\p{RGI_Emoji}/v`, "RegExp.prototype"])(
  "%s is no finding",
  (code) => {
    expect(findSlowRegexps("somewhere.ts", `export const fine = ${code};`)).toEqual([]);
  },
);
