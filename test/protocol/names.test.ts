import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { nameKey, parseName, parseRoomName } from "../../protocol/names.ts";
import { parseLine } from "../../server/dialects/plain-commands.ts";
import { serverLine } from "../../server/dialects/plain-lines.ts";
import { fc, property } from "../support/property.ts";

describe("a name as typed", () => {
  test.each([
    ["anna", "anna"],
    [" anna ", "anna"],
    ["Anna  Maria\tRossi", "Anna Maria Rossi"],
    ["Nicolò", "Nicolò"],
    ["李小龙", "李小龙"],
    ["D'Angelo-Bianchi (PC)", "D'Angelo-Bianchi (PC)"],
    ["7of9", "7of9"],
    ["Анна", "Анна"],
    ["🦊 fox", "🦊 fox"],
    ["O‘ktam", "O‘ktam"],
    ["Gal·la", "Gal·la"],
    ["ジョン・スミス", "ジョン・スミス"],
    ["李小龙 Bruce", "李小龙 Bruce"],
    ["Nick", "Nick"],
    ["Passero", "Passero"],
    ["x".repeat(wireLimits.nameCharsMax), "x".repeat(wireLimits.nameCharsMax)],
  ])("%j is the name %j", (typed, name) => {
    expect(parseName(typed)).toEqual({ ok: true, name });
  });

  test.each([
    ["", "empty"],
    ["   ", "empty"],
    ["x".repeat(wireLimits.nameCharsMax + 1), "too-long"],
    ["* server", "characters"],
    ["/quit", "characters"],
    ["{quit}", "characters"],
    ["@anna", "characters"],
    ["[from anna]", "characters"],
    ["~anna", "characters"],
    ["anna: ciao", "characters"],
    ["anna, bruno", "characters"],
    ["anna\u{1f102}bruno", "characters"],
    ["anna\u{ff1a} ciao", "characters"],
    ["an\u0000na", "characters"],
    ["-", "characters"],
    ["\u3164", "empty"],
    ["\u2800", "empty"],
    ["\u0430nna", "scripts"],
    ["Ann\u03b1", "scripts"],
    ["anna\u2805", "scripts"],
    [`a${"\u0316".repeat(3)}`, "marks"],
    ["a\u0316\u0300\u0317\u0301", "marks"],
    [`\u0e01${"\u0e47".repeat(2)}`, "marks"],
    ["anna\u02d0 ciao bruno", "characters"],
    ['anna" joined "bruno', "characters"],
    [`${" ".repeat(wireLimits.nameTypedCharsMax)}anna`, "too-long"],
    ["SERVER", "reserved"],
    ["SERVER\ufe0f", "reserved"],
    ["ｓｅｒｖｅｒ", "reserved"],
    ["Salotto", "reserved"],
    ["Server (bot)", "reserved"],
    ["server2", "reserved"],
    ["NICK anna", "reserved"],
    ["user anna", "reserved"],
  ])("%j is refused as %s", (typed, problem) => {
    expect(parseName(typed)).toMatchObject({ ok: false, problem });
  });
});

describe("a name that people have", () => {
  // One of each way in which Unicode writes names: joiners, stacks, marks before and around, emoji of several parts.
  test.each([
    ["Burmese", "ကျော်"],
    ["Burmese, two words", "ဦး ကျော်ဝင်း"],
    ["Shan", "ႁၢႆး"],
    ["Tibetan", "བསྒྲུབས"],
    ["Tibetan, syllables", "བློ་བཟང"],
    ["Tibetan, the tallest stack", "ཧྐྵྨླྺྼྻྂ"],
    ["Persian with a non-joiner", "علی\u200cرضا"],
    ["Arabic with a doubled letter", "محمّد"],
    ["Hebrew with vowels", "שָׁלוֹם"],
    ["Hindi", "नरेंद्र मोदी"],
    ["Marathi with a joiner", "दर\u094d\u200dयानंद"],
    ["Bengali with a joiner", "র\u200d্যাচেল"],
    ["Sinhala with a joiner", "ශ්\u200dරී"],
    ["Tamil", "ஸ்ரீ"],
    ["Thai", "กิตติ์"],
    ["Khmer", "ខ្មែរ"],
    ["Lao", "ສົມ"],
    ["Vietnamese", "Nguyễn Thị Ánh"],
    ["Yoruba", "Ẹ̀gbẹ́"],
    ["polytonic Greek", "Ὀδυσσεύς"],
    ["Mongolian", "ᠮᠣᠩᠭᠣᠯ"],
    ["Cherokee", "ᏣᎳᎩ"],
    ["N'Ko", "ߒߞߏ"],
    ["an ideograph in a form of its own", "葛\u{e0100}城"],
    ["a family", "👨\u200d👩\u200d👧"],
    ["a heart", "❤\ufe0f"],
    ["a profession", "👩🏽\u200d💻"],
    ["a flag of two parts", "🏳\ufe0f\u200d🌈 Sam"],
    ["the flag of England", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} Bob"],
    ["a keycap", "1\ufe0f\u20e3 one"],
  ])("is kept as it is: %s", (_what, typed) => {
    expect(parseName(typed)).toEqual({ ok: true, name: typed });
  });

  test.each([
    ["a variation selector after a letter", "anna\ufe0f", "anna"],
    ["joiners of nothing", "an\u034fna\u200b", "anna"],
    ["a non-joiner between Latin letters", "an\u200cna", "anna"],
    ["a non-joiner after a letter that joins nothing", "یا\u200cر", "یار"],
    ["a Korean filler", "x\u3164y", "xy"],
    ["an empty Braille cell", "x\u2800y", "xy"],
    ["tags without a flag", "x\u{e0061}\u{e0062}", "x"],
    ["a soft hyphen", "an\u00adna", "anna"],
  ])("loses what shows nothing, and this is said: %s", (_what, typed, name) => {
    expect(parseName(typed)).toEqual({ ok: true, name, dropped: ["invisible"] });
  });
});

test.each([
  ["برنامه\u200cنویسی", "برنامه\u200cنویسی"],
  ["ခန်း", "ခန်း"],
  ["日本語", "日本語"],
  ["#Dev", "dev"],
  ["d\u3164ev", "dev"],
  ["d\u0435v", undefined],
  [`d${"\u0316".repeat(3)}`, undefined],
  ["dev ops", undefined],
  [`${" ".repeat(wireLimits.nameTypedCharsMax)}dev`, undefined],
])("%j is the room %j", (typed, name) => {
  expect(parseRoomName(typed)).toBe(name);
});

test.each([
  ["Anna", "anna"],
  ["علی\u200cرضا", "علیرضا"],
  ["❤\ufe0f", "❤"],
  ["ANNA", "anna"],
  ["Ａnna", "anna"],
  ["ﬁo", "fio"],
])("%j and %j are the same person's name", (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

property("no name can look like a line of the server's, a command or a private message", [fc.string()], (typed) => {
  const result = parseName(typed);
  if (!result.ok) return;
  expect(result.name).not.toMatch(/^[*~[{/@#…]|[:,\n"[\]]/);
  expect(result.name.startsWith(serverLine("").head)).toBe(false);
  expect(parseLine(result.name).type).toBe("text");
});
