/** A row on a terminal never begins like somebody else's line, however a text is padded. */
import { describe, expect, test } from "vitest";
import { createPlainRenderers } from "../../server/dialects/plain-renderer.ts";
import { rows } from "../../server/dialects/plain-rows.ts";
import { textsOf } from "../../server/dialects/texts/texts.ts";
import { fc } from "../support/property.ts";

/** Beginnings of lines, and what lines contain. */
const words =
  "anna: bruno: xavier: yan left joined here edited waves agrees * ~ [lobby] [dev] [from anna] [2026-11-21 10:04] ] [ , : ; ( ) . - (2 here)".split(
    " ",
  );

describe("a row of 80 columns", () => {
  /** As a terminal shows a line whose characters are all one column wide. */
  const wrapped = (line: string) => line.match(/.{1,80}/gsu) ?? [];

  test.each([
    ["after padding", `x${" ".repeat(73)}bruno: I agree`, ["anna: x", "… bruno: I agree"]],
    ["after words", `${"x".repeat(74)}bruno: I agree`, ["anna: x", "… bruno: I agree"]],
    ["that looks like the server's", `${"x".repeat(74)}* bruno left (1 here)`, ["anna: x", "… * bruno left"]],
    ["that looks like an action", `${"x".repeat(74)}~ bruno waves`, ["anna: x", "… ~ bruno"]],
    ["that looks private", `${"x".repeat(74)}[from bruno] psst`, ["anna: x", "… [from"]],
    ["after wide letters", `${"漢".repeat(37)}bruno: hi`, ["anna: 漢", "… bruno: hi"]],
    ["after tabs", `${"\t".repeat(10)}xbruno: hi`, ["anna: \t", "… bruno: hi"]],
    ["after marks", `${"a\u0316\u0317".repeat(74)}bruno: hi`, ["anna: a", "… bruno: hi"]],
    ["after parts of Korean syllables", `${"\u1161".repeat(10)}${"x".repeat(74)}bruno: hi`, ["anna: ", "… bruno: hi"]],
    ["after signs of Arabic numbers", `${"\u0600".repeat(74)}bruno: hi`, ["anna: ", "… bruno: hi"]],
    ["the second one", `${"x".repeat(154)}bruno: hi`, ["anna: x", "… bruno: hi"]],
    [
      "after one that was cut",
      `${"x".repeat(74)}bruno: ${"y".repeat(71)}carla: hi`,
      ["anna: x", "… bruno: y", "… carla: hi"],
    ],
  ])("begins with a mark where it would begin like another line: %s", (_what, typed, beginnings) => {
    const shown = rows(`anna: ${typed}`);
    expect(shown).toHaveLength(beginnings.length);
    shown.forEach((row, index) => {
      expect(row.startsWith(beginnings[index] ?? "")).toBe(true);
    });
  });

  test.each([
    ["a short line", "anna: bruno: hi"],
    ["words", `anna: ${"ciao ".repeat(60)}`],
    ["an address", `anna: ${"x".repeat(74)}https://example.com/`],
  ])("is left to the terminal: %s", (_what, line) => {
    expect(rows(line)).toEqual([line]);
  });

  test("is nobody else's, whatever is said", () => {
    const ascii = fc.array(fc.constantFrom(...words, " ", "  ", "x", "xxxxxxx"), { minLength: 20, maxLength: 80 });
    fc.assert(
      fc.property(ascii, (parts) => {
        const typed = parts.join("");
        const [first = "", ...others] = rows(`anna: ${typed}`).flatMap((row) => wrapped(row));
        expect(first.startsWith("anna: ")).toBe(true);
        for (const row of others)
          if (!row.startsWith("… ")) expect(row).not.toMatch(/^(?:[*~] |\[|[\p{L}\p{N}][^:]{0,31}: )/u);
        expect(
          rows(`anna: ${typed}`)
            .map((row, index) => (index === 0 ? row : row.slice(2)))
            .join(""),
        ).toBe(`anna: ${typed}`);
      }),
    );
  });
});

test("an old client is shown a name before each row, and no row that looks like another's", () => {
  for (const texts of Object.values(textsOf)) {
    const { chunk } = createPlainRenderers({ texts }, 1_024);
    const time = "2026-11-21T10:00:00.000Z";
    const message = { type: "message", room: "lobby", msgid: "m", seq: 1, time, from: "anna" } as const;
    const writes = chunk.event({ ...message, text: `x${" ".repeat(73)}bruno: I agree` });
    expect(writes.map((bytes) => Buffer.from(bytes).toString())).toEqual([
      `anna: x${" ".repeat(73)}`,
      "anna: bruno: I agree",
    ]);
  }
});
