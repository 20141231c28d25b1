import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { parseTyped } from "../../ui/store/selectors/typed-line.ts";

const names = ["bruno", "bruno rossi", "Chiara"];
const place = { room: "lobby", names, private: true, rooms: true, accounts: true, may: undefined, nowMs: 0 };
const parse = (typed: string, room = "lobby") => parseTyped(typed, { ...place, room });
const post = (text: string, room = "lobby", action = false) => ({ kind: "post", room, text, action });

describe("what is typed", () => {
  test.each([
    ["hello", post("hello")],
    ["two\r\nlines  ", post("two\nlines")],
    ["  indented", post("  indented")],
    ["", { kind: "nothing" }],
    [" \n\t ", { kind: "nothing" }],
    ["{quit}", { kind: "quit" }],
    ["  {quit}\n", { kind: "quit" }],
    ["say {quit} to leave", post("say {quit} to leave")],
    ["/quit", { kind: "quit" }],
    ["/help", { kind: "help" }],
    ["/me waves", post("waves", "lobby", true)],
    ["/ME waves", post("waves", "lobby", true)],
    ["/nick  anna  maria ", { kind: "rename", name: "anna maria" }],
    ["/msg bruno hi", post("hi", "@bruno")],
    ["/msg bruno rossi hi there", post("hi there", "@bruno rossi")],
    ["/msg chiara two\nlines", post("two\nlines", "@Chiara")],
    ["/msg brunone two\nlines", { kind: "unknown", room: "@brunone", text: "two\nlines" }],
    ["/join #Dev", { kind: "join", room: "dev" }],
    ["//me waves", post("/me waves")],
    ["///", post("//")],
  ])("%j is %j", (typed, expected) => {
    expect(parse(typed)).toEqual(expected);
  });

  test.each([
    ["/foo bar", { code: "unknown-command", command: "foo" }],
    ["/usr/bin is a path", { code: "unknown-command", command: "usr/bin" }],
    ["/", { code: "unknown-command", command: "" }],
    ["/me", { code: "nothing-to-say", command: "me" }],
    ["/msg", { code: "nothing-to-say", command: "msg" }],
    ["/msg bruno ", { code: "nothing-to-say", command: "msg" }],
    ["/msg brunone", { code: "nothing-to-say", command: "msg" }],
    ["/msg * hi", { code: "no-such-person", typed: "*" }],
    ["/nick", { code: "name", problem: "empty" }],
    ["/nick *", { code: "name", problem: "characters" }],
    ["/nick server", { code: "name", problem: "reserved" }],
  ])("%j has the problem %j", (typed, problem) => {
    expect(parse(typed)).toEqual({ kind: "problem", problem });
  });

  test.each([
    ["hello", "dev", post("hello", "dev")],
    ["//x", "dev", post("/x", "dev")],
    ["/me waves", "@bruno", post("waves", "@bruno", true)],
    ["/leave", "dev", { kind: "leave" }],
    ["/leave", "@bruno", { kind: "leave" }],
    ["/topic Releases, and beer", "dev", { kind: "topic", topic: "Releases, and beer" }],
    ["/topic", "dev", { kind: "problem", problem: { code: "nothing-to-say", command: "topic" } }],
    ["/leave", "lobby", { kind: "problem", problem: { code: "not-here", command: "leave" } }],
    ["/topic x", "@bruno", { kind: "problem", problem: { code: "not-here", command: "topic" } }],
    ["/join two words", "lobby", { kind: "problem", problem: { code: "room-name" } }],
  ])("%j in %s is %j", (typed, room, expected) => {
    expect(parse(typed, room)).toEqual(expected);
  });

  test.each(["/join dev", "/leave", "/topic x"])("%j is impossible on a server with one room", (typed) => {
    expect(parseTyped(typed, { ...place, rooms: false })).toEqual({ kind: "problem", problem: { code: "no-rooms" } });
  });

  test("may be as long as the wire allows, in bytes, and not one longer", () => {
    const { textBytesMax } = wireLimits;
    const longest = "è".repeat(textBytesMax / 2);
    expect(parse(longest).kind).toBe("post");
    expect(parse(`${longest}.`)).toEqual({
      kind: "problem",
      problem: { code: "too-long", bytes: textBytesMax + 1, bytesMax: textBytesMax },
    });
  });

  test("is not looked at when it is longer than anything that could be one", () => {
    const length = wireLimits.typedCharsMax + 1;
    expect(parse(" ".repeat(length))).toMatchObject({ kind: "problem", problem: { code: "too-long", bytes: length } });
  });

  test.each([
    ["ci\u3164ao", { kind: "post", text: "ciao" }],
    ["\u3164", { kind: "nothing" }],
    ["/me wa\u3164ves", { kind: "post", text: "waves" }],
    ["/topic Be\u3164er", { kind: "topic", topic: "Beer" }],
    ["/nick an\u3164na", { kind: "rename", name: "anna" }],
    ["/join d\u3164ev", { kind: "join", room: "dev" }],
    ["/msg nobo\u3164dy hi", { kind: "unknown", text: "hi" }],
  ])("says what of it nobody will see: %j", (typed, meant) => {
    expect(parse(typed)).toMatchObject({ ...meant, dropped: ["invisible"] });
  });

  test("may have as many lines as the wire allows, and not one more", () => {
    const { textLinesMax } = wireLimits;
    const lines = (count: number) => Array(count).fill("x").join("\n");
    expect(parse(lines(textLinesMax)).kind).toBe("post");
    expect(parse(lines(textLinesMax + 1))).toEqual({
      kind: "problem",
      problem: { code: "too-many-lines", lines: textLinesMax + 1, linesMax: textLinesMax },
    });
  });

  test("cannot be private on a server without private messages", () => {
    expect(parseTyped("/msg bruno hi", { ...place, private: false })).toEqual({
      kind: "problem",
      problem: { code: "no-private" },
    });
  });
});
