import { describe, expect, test } from "vitest";
import { en } from "../../ui/locales/en.ts";
import { it as italian } from "../../ui/locales/it.ts";
import { Locale } from "../../ui/locales/locale.ts";
import { textsOf } from "./english-texts.ts";

describe("the language", () => {
  test.each([
    [["it-IT", "en"], "it-IT", italian],
    [["de", "it"], "it", italian],
    [["de-DE", "fr"], "en", en],
    [[], "en", en],
    [["en-US@posix"], "en", en],
    [["it@euro"], "it", italian],
  ])("for %j is %s", async (preferred, tag, texts) => {
    const locale = await Locale.load(preferred);
    expect(locale.tag).toBe(tag);
    expect(locale.texts).toBe(texts);
  });
});

test("Italian says everything that English says, also where the type cannot tell", () => {
  expect(keysOf(italian)).toEqual(keysOf(en));
});

test.each([
  [en.newMessages(1), "1 new message"],
  [en.newMessages(2), "2 new messages"],
  [en.newMessages(0), "0 new messages"],
  [italian.newMessages(1), "1 nuovo messaggio"],
  [italian.newMessages(2), "2 nuovi messaggi"],
  [italian.newMessages(1_000_000), "1000000 nuovi messaggi"],
  [en.showRooms(0), "Show rooms"],
  [en.showRooms(1), "Show rooms (1 unread message)"],
  [italian.showRooms(0), "Mostra le stanze"],
  [italian.showRooms(2), "Mostra le stanze (2 messaggi non letti)"],
])("%j counts as %j", (said, expected) => expect(said).toBe(expected));

test.each([
  ["English", en],
  ["Italian", italian],
])("%s has typographic apostrophes and ellipses", (_language, texts) => {
  const straight = [...textsOf(texts).values()].flat().filter((text) => /\p{L}'\p{L}|\.\.\./u.test(text));
  expect(straight).toEqual([]);
});

test("days have names when they are near, and dates when they are not", async () => {
  const locale = await Locale.load(["en-GB"]);
  const now = new Date(2026, 10, 21, 0, 30).getTime();
  const day = (date: Date) => locale.day(date.toISOString(), now);
  expect(day(new Date(2026, 10, 21, 0, 5))).toBe("Today");
  expect(day(new Date(2026, 10, 20, 23, 55))).toBe("Yesterday");
  expect(day(new Date(2026, 10, 19, 23, 55))).toMatch(/19 November 2026/);
});

test("what was long ago is said in the unit that fits", async () => {
  const locale = await Locale.load(["en-GB"]);
  const now = Date.parse("2026-11-21T12:00:00Z");
  const ago = (iso: string) => locale.ago(iso, now);
  expect(ago("2026-11-21T12:00:00Z")).toBe("now");
  expect(ago("2026-11-21T11:59:20Z")).toBe("now");
  expect(ago("2026-11-21T11:55:00Z")).toBe("5 minutes ago");
  expect(ago("2026-11-21T09:30:00Z")).toBe("2 hours ago");
  expect(ago("2026-11-19T12:00:00Z")).toBe("2 days ago");
  expect((await Locale.load(["it"])).ago("2026-11-21T11:55:00Z", now)).toBe("5 minuti fa");
});

function keysOf(texts: object): unknown[] {
  return Object.entries(texts).map(([key, value]) =>
    typeof value === "object" && value !== null ? [key, keysOf(value)] : key,
  );
}
