import { describe, expect, test } from "vitest";
import { initials, nameHue, sortedPeople } from "../../ui/store/model/people.ts";

test("people are sorted as the language does, accents and capitals aside, and the reader is always among them", () => {
  expect(sortedPeople(["zoe", "Élodie", "bruno", "eva"], "Anna", "en")).toEqual([
    "Anna",
    "bruno",
    "Élodie",
    "eva",
    "zoe",
  ]);
  expect(sortedPeople(["zoe", "anna"], "anna", "en")).toEqual(["anna", "zoe"]);
});

describe("initials", () => {
  test.each([
    ["anna", "A"],
    ["Chiara De Luca", "CD"],
    ["mario.rossi", "MR"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧F"],
    ["山田", "山"],
    ["יוסי (כהן)", "יכ"],
    ["(יוסי) כהן", "יכ"],
    ["Anna (work) & Co", "AW"],
    ["anna 'the' x", "AT"],
    ["Anna - Bea", "AB"],
    ["Étienne", "É"],
    ["e\u0301tienne", "E\u0301"],
    ["ßen", "S"],
    ["🎉 party", "🎉P"],
    ["🇮🇹 anna", "🇮🇹A"],
  ])("of %j are %j", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

test("a name keeps its hue whatever its capitals, and other names have others", () => {
  expect(nameHue("ANNA")).toBe(nameHue("anna"));
  const hues = new Set(["anna", "anne", "bruno", "carla", "davide", "user1", "user2", "user3"].map(nameHue));
  expect(hues.size).toBe(8);
});
