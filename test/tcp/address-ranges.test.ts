/** Addresses and ranges of them: what is one, and whom it means. */
import { expect, test } from "vitest";
import { hostOf } from "../../protocol/address.ts";
import { AddressRanges, isAddressRange } from "../../tcp/address-ranges.ts";

test.each<[typed: string, inside: readonly string[], outside: readonly string[]]>([
  ["192.0.2.7", ["192.0.2.7", "::ffff:192.0.2.7"], ["192.0.2.70", "192.0.2.8", "::1"]],
  ["10.0.0.0/8", ["10.1.2.3", "10.255.0.1", "::ffff:10.1.1.1"], ["11.0.0.1", "2001:db8::10"]],
  ["0.0.0.0/0", ["10.1.2.3"], ["::1", "unknown", ""]],
  ["::1", ["::1"], ["::2", "127.0.0.1"]],
  ["2001:db8::/32", ["2001:db8:1::2", "2001:DB8::1%eth0", "2001:db8:ffff::1"], ["2001:db9::1", "10.0.0.1"]],
  ["fe80::/10", ["fe80::1%eth0"], ["::1"]],
  ["::ffff:10.0.0.0/104", ["10.1.2.3"], ["11.0.0.1"]],
  ["::ffff:10.0.0.1", ["10.0.0.1"], ["10.0.0.2"]],
  [" 127.0.0.0/8 ", ["127.0.0.1"], ["128.0.0.1"]],
])("%j is a range", (typed, inside, outside) => {
  expect(isAddressRange(typed)).toBe(true);
  const range = new AddressRanges([typed]);
  expect(inside.filter((address) => !range.has(address))).toEqual([]);
  expect(outside.filter((address) => range.has(address))).toEqual([]);
});

test.each([
  "",
  "anna",
  "localhost",
  "10.0.0",
  "10.0.0.0/33",
  "10.0.0.1/",
  "10.0.0.1/-1",
  "10.0.0.1/8/8",
  "::ffff:10.0.0.1/95",
  "::1/129",
  "fe80::1%lo",
  "1/8",
])("%j is no range", (typed) => {
  expect(isAddressRange(typed)).toBe(false);
});

test("several are one list, which can be replaced", () => {
  const ranges = new AddressRanges(["10.0.0.0/8", "::1"]);
  expect(["10.0.0.1", "::1", "11.0.0.1"].map((address) => ranges.has(address))).toEqual([true, true, false]);
  ranges.replace(["11.0.0.1"]);
  expect(["10.0.0.1", "::1", "11.0.0.1"].map((address) => ranges.has(address))).toEqual([false, false, true]);
});

test.each([
  ["10.0.0.1:4", "10.0.0.1"],
  ["[2001:db8::1]:443", "2001:db8::1"],
  ["[fe80::1%eth0]:1", "fe80::1%eth0"],
  ["localhost:8080", "localhost"],
])("the host of %s is %s", (address, host) => {
  expect(hostOf(address)).toBe(host);
});
