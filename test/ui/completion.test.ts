import { describe, expect, test } from "vitest";
import { completeCommands, completePeople, completionsMax, unfinishedAt } from "../../ui/store/selectors/completion.ts";
import { type EmojiData, readEmoji, searchEmoji } from "../../ui/store/text/emoji.ts";

/** `|` marks the caret. */
const unfinished = (text: string) => unfinishedAt(text.replace("|", ""), text.indexOf("|"));

import { commandsAt } from "../../ui/store/selectors/typed-line.ts";

describe("what is being typed", () => {
  test.each([
    ["/|", "command", "", 0],
    ["/to|", "command", "to", 0],
    ["so :sm|", "emoji", "sm", 3],
    ["(:+1|", "emoji", "+1", 1],
    [":faccin|, dopo", "emoji", "faccin", 0],
    ["@|", "person", "", 0],
    ["hi @an| there", "person", "an", 3],
    ["(@chiara de l|", "person", "chiara de l", 1],
  ])("in %j is a %s: %j", (text, kind, typed, from) => {
    expect(unfinished(text)).toEqual({ kind, typed, from, to: text.indexOf("|") });
  });

  test.each([
    "|",
    "hello|",
    ":D|",
    ":)|",
    "10:30|",
    "http://exa|",
    "me@bru|",
    "a /to|",
    "//to|",
    "/topic |",
    "@|anna",
    ":sm|ile",
    "@anna\n|",
    `@${"x".repeat(60)}|`,
  ])("in %j is nothing to complete", (text) => {
    expect(unfinished(text)).toBeUndefined();
  });
});

describe("what is offered", () => {
  const people = ["bruno", "Anna Rossi", "Carla Anselmi", "anselmo"];

  test.each([
    ["", people],
    ["an", ["Anna Rossi", "anselmo", "Carla Anselmi"]],
    ["ANNA r", ["Anna Rossi"]],
    ["anna rossi, how", []],
    ["xy", []],
  ])("for @%s of all people are %j", (typed, expected) => {
    expect(completePeople(people, typed)).toEqual(expected);
  });

  test("is not more than fits", () => {
    const many = Array.from({ length: 100 }, (_, index) => `bot ${index}`);
    expect(completePeople(many, "bot")).toHaveLength(completionsMax);
  });

  const place = { room: "dev", names: [], private: true, rooms: true, accounts: true, may: undefined, nowMs: 0 };
  test.each([
    ["", place, ["me", "msg", "join", "leave", "topic", "nick", "register", "login", "password", "quit", "help"]],
    ["", { ...place, rooms: false, private: false, accounts: false }, ["me", "nick", "quit", "help"]],
    ["le", { ...place, room: "lobby" }, []],
    ["t", { ...place, room: "@bruno" }, []],
    ["JO", place, ["join"]],
  ])("for /%s are the commands that mean something there: %#", (typed, there, expected) => {
    expect(completeCommands(commandsAt(there), typed)).toEqual(expected);
  });
});

describe("emoji", () => {
  const english: EmojiData[] = [
    { emoji: "😸", annotation: "cat with smiling eyes", shortcodes: ["grinning_cat"], tags: ["smile"], group: 0 },
    { emoji: "👍️", annotation: "thumbs up", shortcodes: ["thumbsup", "+1"], group: 1 },
    { emoji: "😄", annotation: "grinning face", shortcodes: ["smile"], tags: ["happy"], group: 0 },
    { emoji: "☕️", annotation: "hot beverage", shortcodes: ["coffee"], group: 4 },
    { emoji: "🏻", annotation: "light skin tone", shortcodes: ["tone1"], group: 2 },
    { emoji: "not yet", annotation: "of next year", shortcodes: ["next"], group: 0 },
  ];
  const italian = [{ emoji: "☕️", annotation: "bevanda calda", tags: ["caffè"], group: 4 }];
  const all = readEmoji(english, italian);
  const found = (typed: string) => searchEmoji(all, typed, 8).map(({ emoji }) => emoji);

  test("are those that the browser knows, in one spelling, in the reader's language", () => {
    expect(all.map(({ emoji }) => emoji)).toEqual(["😸", "👍", "😄", "☕"]);
    expect(all.at(-1)).toMatchObject({ label: "bevanda calda", shortcode: "coffee" });
  });

  test.each([
    ["sm", ["😄", "😸"]],
    ["smile", ["😄", "😸"]],
    ["+1", ["👍"]],
    ["caffe", ["☕"]],
    ["coff", ["☕"]],
    ["calda bev", ["☕"]],
    ["xyzzy", []],
  ])("are found by %j: %j", (typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });
});
