import { describe, expect, test } from "vitest";
import { applyRubouts, TelnetFilter } from "../../server/dialects/telnet.ts";
import { fc, property } from "../support/property.ts";

const cases: [name: string, bytes: number[], text: string][] = [
  ["text alone", [...Buffer.from("città")], "città"],
  ["an option offered", [255, 251, 31, 65], "A"],
  ["an option refused in the middle of a word", [65, 255, 252, 1, 66], "AB"],
  ["a window size", [65, 255, 250, 31, 0, 80, 0, 24, 255, 240, 66], "AB"],
  ["a doubled 255 inside a subnegotiation", [255, 250, 31, 255, 255, 1, 255, 240, 66], "B"],
  ["an interrupt", [65, 255, 244, 255, 253, 6, 66], "AB"],
  ["an unfinished command", [65, 255], "A"],
];

describe.each(cases)("%s", (_name, bytes, text) => {
  test("is taken out of one chunk", () => {
    expect(Buffer.from(new TelnetFilter().filter(Buffer.from(bytes))).toString()).toBe(text);
  });

  test("is taken out byte by byte", () => {
    const filter = new TelnetFilter();
    expect(Buffer.concat(bytes.map((byte) => filter.filter(Uint8Array.of(byte)))).toString()).toBe(text);
  });
});

test.each([
  ["anb\bna", "anna"],
  ["x\u007fanna", "anna"],
  ["\b\banna", "anna"],
  ["👋\bok", "ok"],
])("%j reads %j after its rubouts", (typed, read) => {
  expect(applyRubouts(typed)).toBe(read);
});

property("UTF-8 text always passes unchanged", [fc.string({ unit: "grapheme" })], (text) => {
  expect(Buffer.from(new TelnetFilter().filter(Buffer.from(text))).toString()).toBe(text);
});
