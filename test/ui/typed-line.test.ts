import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { parseTyped } from "../../ui/store/typed-line.ts";

const names = ["bruno", "bruno rossi", "Chiara"];
const parse = (typed: string) => parseTyped(typed, { names, private: true });
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
    ["/me waves", post("waves", "lobby", true)],
    ["/ME waves", post("waves", "lobby", true)],
    ["/nick  anna  maria ", { kind: "rename", name: "anna maria" }],
    ["/msg bruno hi", post("hi", "@bruno")],
    ["/msg bruno rossi hi there", post("hi there", "@bruno rossi")],
    ["/msg chiara two\nlines", post("two\nlines", "@Chiara")],
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
    ["/msg brunone hi", { code: "no-such-person", typed: "brunone" }],
    ["/nick", { code: "name", problem: "empty" }],
    ["/nick *", { code: "name", problem: "characters" }],
    ["/nick server", { code: "name", problem: "reserved" }],
  ])("%j has the problem %j", (typed, problem) => {
    expect(parse(typed)).toEqual({ kind: "problem", problem });
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
    expect(parseTyped("/msg bruno hi", { names, private: false })).toEqual({
      kind: "problem",
      problem: { code: "no-private" },
    });
  });
});
