/** Patterns of names, and ranges of addresses: whom they mean. */
import { expect, test } from "vitest";
import { NamePattern, readName } from "../../server/chat/name-pattern.ts";
import { readRange } from "../../tcp/address-range.ts";

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

test.each<[range: string, inside: readonly string[], outside: readonly string[]]>([
  ["192.0.2.7", ["192.0.2.7:1"], ["192.0.2.70:1", "192.0.2.8:7"]],
  ["10.0.0.0/8", ["10.1.2.3:4"], ["11.0.0.1:1", "[2001:db8::10]:1"]],
  ["0.0.0.0/0", ["10.1.2.3:4"], ["[::1]:1"]],
  ["2001:db8::/32", ["[2001:db8:1::2]:443", "[2001:DB8::1%eth0]:1"], ["[2001:db9::1]:1", "10.0.0.1:1"]],
  ["::ffff:10.0.0.0/104", ["10.1.2.3:4"], ["11.0.0.1:1"]],
  ["::ffff:10.0.0.1", ["10.0.0.1:4"], ["10.0.0.2:4"]],
])("the range %s", (typed, inside, outside) => {
  const range = readRange(typed);
  expect(inside.filter((address) => !range?.contains(address))).toEqual([]);
  expect(outside.filter((address) => range?.contains(address))).toEqual([]);
});

test.each([
  "",
  "anna",
  "10.0.0",
  "10.0.0.1/33",
  "10.0.0.1/",
  "10.0.0.1/-1",
  "10.0.0.1/8/8",
  "::1/129",
  "fe80::1%lo",
  "1/8",
])("%j is no range", (typed) => {
  expect(readRange(typed)).toBeUndefined();
});
