import { describe, expect, test } from "vitest";
import { Keep } from "../../ui/store/persistence/keep.ts";
import {
  defaultSettings,
  languagesOf,
  looksOf,
  parseSettings,
  type Settings,
} from "../../ui/store/settings/settings.ts";
import { SettingsStore } from "../../ui/store/settings/settings-store.ts";
import { memoryStorage } from "./memory-bridge-client.ts";

test.each([undefined, null, 7, "dark", []])("of %j nothing is taken over", (kept) => {
  expect(parseSettings(kept)).toEqual(defaultSettings);
});

test("what means nothing any more is left out, the rest holds", () => {
  const kept = { theme: "pink", density: "compact", quietFrom: "25:00", quietTo: "07:30", rooms: { dev: "x" }, old: 1 };
  expect(parseSettings(kept)).toEqual({ ...defaultSettings, density: "compact", quietTo: "07:30" });
});

test.each<[Partial<Settings>, string]>([
  [{}, "system comfortable text-m"],
  [{ theme: "contrast", density: "compact", textSize: "xl" }, "contrast compact text-xl"],
])("%j looks like %j", (chosen, looks) => {
  expect(looksOf({ ...defaultSettings, ...chosen })).toBe(looks);
});

test.each([
  ["browser", ["de", "it-CH"], ["de", "it-CH"]],
  ["it", ["en-GB", "it-CH", "de"], ["it-CH", "it"]],
  ["en", ["it-IT", "en_US"], ["en_US", "en"]],
  ["en", ["it-IT"], ["en"]],
] as const)("the language %j in a browser of %j is looked for in %j", (language, browser, expected) => {
  expect(languagesOf({ ...defaultSettings, language }, browser)).toEqual(expected);
});

describe("the settings", () => {
  test("are kept for all windows of the browser, and for the moment before the page is drawn", () => {
    const browser = memoryStorage();
    const settings = new SettingsStore(new Keep(browser, memoryStorage()));
    settings.choose({ theme: "dark", rooms: { dev: "none" } });
    settings.choose({ textSize: "l" });
    expect(browser.items.get("salotto.looks")).toBe("dark comfortable text-l");
    const other = new SettingsStore(new Keep(browser, memoryStorage()));
    expect(other.value).toEqual({ ...defaultSettings, theme: "dark", textSize: "l", rooms: { dev: "none" } });
  });

  test("tell who listens, here and in another window", () => {
    const browser = memoryStorage();
    const [here, there] = [1, 2].map(() => new SettingsStore(new Keep(browser, memoryStorage())));
    const told: string[] = [];
    const unsubscribe = here?.subscribe(() => told.push(`here ${here.value.theme}`));
    there?.subscribe(() => told.push(`there ${there.value.theme}`));
    here?.choose({ theme: "light" });
    there?.reread();
    unsubscribe?.();
    here?.choose({ theme: "dark" });
    expect(told).toEqual(["here light", "there light"]);
  });
});
