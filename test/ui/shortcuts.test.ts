import { expect, test } from "vitest";
import { en } from "../../ui/locales/en.ts";
import { keysOf, shortcutOf, shortcuts } from "../../ui/store/settings/shortcuts.ts";

const press = (key: string, ...held: ("ctrl" | "meta" | "alt" | "shift")[]) => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
});

test.each([
  ["switch", press("k", "ctrl"), false],
  ["switch", press("K", "ctrl"), false],
  ["switch", press("k", "meta"), true],
  [undefined, press("k", "meta"), false],
  // On a Mac, this deletes to the end of the line.
  [undefined, press("k", "ctrl"), true],
  [undefined, press("k", "ctrl", "shift"), false],
  ["search", press("F", "ctrl", "shift"), false],
  [undefined, press("f", "ctrl"), false],
  ["settings", press(",", "ctrl"), true],
  ["previousRoom", press("ArrowUp", "alt"), false],
  ["nextRoom", press("ArrowDown", "alt"), false],
  ["previousUnread", press("ArrowUp", "alt", "shift"), false],
  ["nextUnread", press("ArrowDown", "alt", "shift"), false],
  [undefined, press("ArrowDown"), false],
  ["sheet", press("?", "shift"), false],
  ["sheet", press("?"), false],
  [undefined, press("?", "ctrl"), false],
  [undefined, press("Enter"), false],
] as const)("%s is what %j means, Mac: %j", (id, pressed, isMac) => {
  expect(shortcutOf(pressed, false, isMac)).toBe(id);
});

test("who writes a question mark does not ask for the sheet", () => {
  expect(shortcutOf(press("?", "shift"), true, false)).toBeUndefined();
  expect(shortcutOf(press("k", "ctrl"), true, false)).toBe("switch");
});

test("keys are called as on the keyboard", () => {
  const all = (isMac: boolean) => shortcuts.slice(0, 2).map((shortcut) => keysOf(shortcut, isMac));
  expect(all(false)).toEqual([
    ["Ctrl", "K"],
    ["Alt", "ArrowUp"],
  ]);
  expect(all(true)[0]).toEqual(["Cmd", "K"]);
});

test("each is explained once, and has keys of its own where it is", () => {
  expect(shortcuts.map(({ id }) => id).sort()).toEqual(Object.keys(en.shortcuts.what).sort());
  const places = shortcuts.map(({ scope, keys }) => `${scope === "reading" ? "page" : scope} ${keys}`);
  expect(new Set(places).size).toBe(shortcuts.length);
});
