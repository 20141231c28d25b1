import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { nameKey, parseName } from "../../protocol/names.ts";
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
    ["anna\ufe0f", "anna"],
    ["an\u034fna\u200b", "anna"],
    ["Анна", "Анна"],
    ["🦊 fox", "🦊 fox"],
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
    ["\u0430nna", "characters"],
    ["Ann\u03b1", "characters"],
    [`a${"\u0316".repeat(3)}`, "characters"],
    ["SERVER", "reserved"],
    ["SERVER\ufe0f", "reserved"],
    ["ｓｅｒｖｅｒ", "reserved"],
    ["Salotto", "reserved"],
    ["NICK anna", "reserved"],
    ["user anna", "reserved"],
  ])("%j is refused as %s", (typed, problem) => {
    expect(parseName(typed)).toEqual({ ok: false, problem });
  });
});

test.each([
  ["Anna", "anna"],
  ["ANNA", "anna"],
  ["Ａnna", "anna"],
  ["ﬁo", "fio"],
])("%j and %j are the same person's name", (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

property("no name can look like a line of the server's, a command or a private message", [fc.string()], (typed) => {
  const result = parseName(typed);
  if (!result.ok) return;
  expect(result.name).not.toMatch(/^[*~[{/@#]|[:,\n]/);
  expect(result.name.startsWith(serverLine("").head)).toBe(false);
  expect(parseLine(result.name).type).toBe("text");
});
