import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import {
  asEmoji,
  clean,
  cleanedRest,
  cleanText,
  decodeUtf8,
  isEmoji,
  readText,
  splitByBytes,
  textProblem,
  utf8Bytes,
} from "../../protocol/text.ts";
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

  test.each([
    ["nothing", "ciao, città!", "ciao, città!", undefined],
    ["white space", "  ciao \n", "  ciao", undefined],
    ["what a terminal sends after Enter", "\u0000ciao", "ciao", undefined],
    ["controls", "\u001b[31mred", "red", ["controls"]],
    ["controls of several kinds, once", "\u001b[31mr\u0007ed", "red", ["controls"]],
    ["a bidi override", "a\u202eb", "ab", ["controls"]],
    ["padding that nobody sees", "a\u3164\uffa0\u115f b", "a b", ["invisible"]],
    ["empty Braille cells", "a\u2800\u2800b", "ab", ["invisible"]],
    ["tags", "a\u{e0061}\u{e0062}", "a", ["invisible"]],
    ["joiners of nothing", "an\u200cna \u2060x\u00ad", "anna x", ["invisible"]],
    ["marks in a pile", `a${"\u0316\u0317".repeat(50)}b`, "a\u0316\u0317\u0316\u0317b", ["marks"]],
    ["a mark again and again", `ก${"\u0e47".repeat(50)}`, "ก\u0e47", ["marks"]],
    ["marks on a letter that has some", "ệ\u0316\u0317\u0318\u0319", undefined, ["marks"]],
    ["marks at the beginning of a line", "a\n\u0300\u0301b", "a\nb", ["marks"]],
    ["all of them", "\u0007a\u200bb\u0316\u0316", "ab\u0316", ["controls", "invisible", "marks"]],
  ])("says what it took out: %s", (_what, typed, text, dropped) => {
    const cleaned = clean(typed);
    if (text !== undefined) expect(cleaned.text).toBe(text);
    expect(cleaned.dropped).toEqual(dropped);
  });

  test.each([
    ["Persian", "می\u200cخواهم"],
    ["Hindi with a joiner", "क्\u200dष"],
    ["Tibetan", "བསྒྲུབས་པ"],
    ["Hebrew with points and accents", "בְּרֵאשִׁ֖ית"],
    ["a Hebrew text with a direction", "שלום\u200e!"],
    ["Braille", "⠁\u2800⠃"],
    ["a drawing of Braille", "\u2800\u2800⣿\u2800"],
    ["Thai with a place to break", "กา\u200bรต"],
    [
      "a family, a flag, a keycap",
      "👨\u200d👩\u200d👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} 1\ufe0f\u20e3",
    ],
    ["phonetic letters", "ã̰ː"],
    ["polytonic Greek", "ᾄδω"],
  ])("leaves what belongs to a script: %s", (_what, text) => {
    expect(clean(text)).toEqual({ text: text.normalize("NFC") });
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

describe("the rest of a cleaned text", () => {
  test.each([
    ["a mark that stood on what was cut off", " ", "\u0301ciao", "ciao"],
    ["a direction in a text that had one before only", "דוד ", "\u200fciao", "ciao"],
    ["an empty cell of Braille beside what was cut off", "⠃ ", "\u2800ciao", "ciao"],
    ["empty lines", ": ", "\u2028ciao", "ciao"],
    ["nothing that stands by itself", "/me ", "cià 👋🏽", "cià 👋🏽"],
  ])("is without %s", (_what, beginning, rest, left) => {
    const { text } = clean(`x${beginning}${rest}`);
    expect(cleanedRest(text.slice(1 + beginning.length))).toBe(left);
  });

  const character = fc.oneof(
    fc.constantFrom(
      ...' /":\n',
      ..."ae\u0301\u0308\u0e47ก",
      ..."דم\u200f\u200d\u200c",
      ..."⠃\u2800\u2028#\ufe0f\u20e3👩",
    ),
    fc.string({ unit: "binary", maxLength: 1 }),
  );
  const text = fc.array(character, { maxLength: 30 }).map((characters) => cleanText(characters.join("")));

  property("is what cleaning it would make of it, wherever a word ends", [text], (whole) => {
    for (const { index } of whole.matchAll(/[ /":\n]/g)) {
      const rest = whole.slice(index + 1);
      expect(cleanedRest(rest)).toBe(cleanText(rest));
    }
  });
});

test("a text that was cleaned is not cleaned again, and is judged all the same", () => {
  const { textBytesMax } = wireLimits;
  expect(readText({ text: "a\u0007b" })).toEqual({ ok: true, text: "a\u0007b" });
  expect(readText({ text: "" })).toEqual({ ok: false, problem: "empty" });
  expect(readText({ text: "x".repeat(textBytesMax + 1) })).toEqual({ ok: false, problem: "too-long" });
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

describe("reading a message", () => {
  test.each([
    [
      "what is left of it is what counts",
      `${"\u001b[31m".repeat(1_000)}red`,
      { ok: true, text: "red", dropped: ["controls"] },
    ],
    [
      "nothing that is longer is looked at",
      `red${" ".repeat(wireLimits.typedCharsMax)}`,
      { ok: false, problem: "too-long" },
    ],
    ["nothing is left", "\u3164", { ok: false, problem: "empty" }],
  ])("%s", (_what, typed, read) => {
    expect(readText(typed)).toEqual(read);
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
