/** Patterns of names: whom they mean. */
import { expect, test } from "vitest";
import { NamePattern, readName } from "../../server/chat/name-pattern.ts";

test.each<[pattern: string, names: readonly string[], others: readonly string[]]>([
  ["spam", ["spam", "SPAM", "Späm", "ｓｐａｍ"], ["spam bot", "spa", "s.am"]],
  ["spam*", ["spam", "spam bot", "Spàmmer", "sparn"], ["a spam", "spar"]],
  ["*spam*", ["spam", "a spammer", "xSPAMx"], ["spa m"]],
  ["sp?m", ["spam", "spom", "spmm"], ["spm", "spaam"]],
  ["*a*b*", ["ab", "xaxbx", "aab"], ["ba", "a"]],
  ["anna?", ["anna1", "annal", "annа1"], ["anna"]],
  // What looks like it is meant, too: a capital I like a small l, rn like m, a Cyrillic а like a Latin one.
  ["bill", ["bill", "biIl", "bi1l"], ["bi1"]],
  ["admin*", ["admin", "adrnin 2", "аdmin"], ["amin"]],
  ["[a-z]+", ["[a-z]+"], ["abc"]],
  ["(a+)+$", [], ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"]],
])("the pattern %s", (typed, names, others) => {
  const pattern = new NamePattern(typed);
  expect(names.filter((name) => !pattern.matches(readName(name)))).toEqual([]);
  expect(others.filter((name) => pattern.matches(readName(name)))).toEqual([]);
});
