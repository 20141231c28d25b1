import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { asEmoji, cleanText, decodeUtf8, isEmoji, splitByBytes, textProblem, utf8Bytes } from "../../protocol/text.ts";
import { fc, property } from "../support/property.ts";

describe("cleaning a text", () => {
  test.each([
    ["plain text stays", "ciao, città! 👋🏽", "ciao, città! 👋🏽"],
    ["tabs and newlines stay", "a\tb\nc", "a\tb\nc"],
    ["every kind of line ending becomes a newline", "a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"],
    ["decomposed letters are composed", "e\u0301", "é"],
    ["colours disappear", "\u001b[31mred\u001b[0m", "red"],
    ["arrow keys disappear", "ab\u001b[D\u001b[Dc", "abc"],
    ["window titles disappear", "\u001b]0;owned\u0007hello", "hello"],
    ["a device control string disappears", "\u001bPq#0\u001b\\x", "x"],
    ["eight-bit control sequences disappear", "\u009b2Jx\u009d0;t\u009cy", "xy"],
    ["a lone escape disappears", "a\u001b", "a"],
    ["an unfinished sequence disappears", "a\u001b[31", "a"],
    ["other controls disappear", "a\u0000\u0007\u0008\u007fb", "ab"],
    ["bidi overrides disappear", "a\u202e\u2066b\u202c\u2069", "ab"],
    ["joiners of emoji and scripts stay", "👩‍👧 می‌خواهم", "👩‍👧 می‌خواهم"],
    ["lone surrogates become replacement characters", "a\ud800b", "a\ufffdb"],
    ["white space at the end disappears", "a \n\t ", "a"],
    ["empty lines at the beginning disappear", "\n\n  a", "  a"],
  ])("%s", (_name, text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be gone
  const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

  property("nothing that could paint on a terminal is left", [fc.string({ unit: "binary" })], (text) => {
    expect(cleanText(text)).not.toMatch(dangerous);
  });

  property("cleaning twice changes nothing more", [fc.string({ unit: "binary" })], (text) => {
    expect(cleanText(cleanText(text))).toBe(cleanText(text));
  });
});

describe("what keeps a text from being a message", () => {
  const { textBytesMax, textLinesMax } = wireLimits;

  test.each([
    ["an ordinary text", "ciao", undefined],
    ["nothing", "", "empty"],
    ["white space", " \t\n ", "empty"],
    ["characters that show nothing", "\u200b\u2800\u3164", "empty"],
    ["as many bytes as allowed", "x".repeat(textBytesMax), undefined],
    ["one byte more", "x".repeat(textBytesMax + 1), "too-long"],
    ["as many bytes as allowed, in two-byte letters", "é".repeat(textBytesMax / 2), undefined],
    ["one letter more", "é".repeat(textBytesMax / 2 + 1), "too-long"],
    ["as many lines as allowed", Array(textLinesMax).fill("x").join("\n"), undefined],
    [
      "one line more",
      Array(textLinesMax + 1)
        .fill("x")
        .join("\n"),
      "too-many-lines",
    ],
  ])("%s", (_name, text, problem) => {
    expect(textProblem(text)).toBe(problem);
  });
});

describe("decoding", () => {
  test.each([
    ["text", Buffer.from("città"), "città"],
    ["a byte order mark, which is no text", Buffer.from("\ufeffciao"), "ciao"],
    ["a cut character", Buffer.from("città").subarray(0, -1), undefined],
    ["Latin-1", Buffer.from("città", "latin1"), undefined],
    ["an overlong slash", Buffer.from([0xc0, 0xaf]), undefined],
    ["a surrogate", Buffer.from([0xed, 0xa0, 0x80]), undefined],
  ])("%s", (_name, bytes, text) => {
    expect(decodeUtf8(bytes)).toBe(text);
  });
});

describe("cutting by bytes", () => {
  test("never cuts inside a character", () => {
    expect(splitByBytes("aé👋b", 4)).toEqual(["aé", "👋", "b"]);
  });

  test("an empty text has no parts", () => {
    expect(splitByBytes("", 4)).toEqual([]);
  });

  property(
    "the parts make up the text and keep to the bound",
    [fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 40 })],
    (text, bytesMax) => {
      const parts = splitByBytes(text, bytesMax);
      expect(parts.join("")).toBe(text);
      for (const part of parts) expect(utf8Bytes(part)).toBeLessThanOrEqual(bytesMax);
    },
  );
});

describe("an emoji", () => {
  test.each([
    ["👍", "👍"],
    ["❤", "❤\ufe0f"],
    ["❤\ufe0f", "❤\ufe0f"],
    ["⚽\ufe0e", "⚽"],
    ["👩\u200d💻", "👩\u200d💻"],
  ])("%j is %j, as it is to look", (typed, emoji) => {
    expect(asEmoji(typed)).toBe(emoji);
    expect(isEmoji(emoji)).toBe(true);
  });

  test.each(["", "a", "1", "👍👍", "ok 👍"])("%j is none", (typed) => {
    expect(isEmoji(asEmoji(typed))).toBe(false);
  });
});
