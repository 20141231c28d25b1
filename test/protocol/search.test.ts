import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { parseSearch } from "../../protocol/search.ts";

describe("what is typed to search", () => {
  test.each([
    ["ciao", { words: ["ciao"] }],
    ["Città, bella!", { words: ["citta", "bella"] }],
    ['"two words"', { words: ["two", "words"] }],
    ["from:anna ciao", { words: ["ciao"], from: "anna" }],
    ['FROM:"anna maria"', { words: [], from: "anna maria" }],
    ["in:#Dev test", { words: ["test"], room: "dev" }],
    ["after:2026-11-01 before:2026-12-01 x", { words: ["x"], after: "2026-11-01", before: "2026-12-01" }],
    ["note: x", { words: ["note", "x"] }],
    ["ciao CIAO ciào", { words: ["ciao"] }],
    ["東京 👍🏽", { words: ["東京", "👍"] }],
  ])("%s", (typed, query) => {
    expect(parseSearch(typed)).toEqual({ ok: true, query });
  });

  test.each([
    ["", ""],
    ["?!", "?!"],
    ["after:yesterday x", "after:yesterday"],
    ["before:2026-13-45", "before:2026-13-45"],
    ["after:2026-02-31", "after:2026-02-31"],
    ["in:@anna x", "in:@anna"],
    ["x".repeat(wireLimits.searchCharsMax + 1), `${"x".repeat(40)}…`],
  ])("%j cannot be, because of %j", (typed, problem) => {
    expect(parseSearch(typed)).toEqual({ ok: false, problem });
  });
});
