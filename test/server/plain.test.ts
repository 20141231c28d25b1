import { describe, expect, test } from "vitest";
import type { RoomEvent } from "../../protocol/events.ts";
import { parseLine, splitRecipient } from "../../server/dialects/plain-commands.ts";
import { ChunkFraming } from "../../server/dialects/plain-framing.ts";
import { eventLines } from "../../server/dialects/plain-lines.ts";
import { createPlainRenderers } from "../../server/dialects/plain-renderer.ts";
import { en } from "../../server/dialects/texts/en.ts";
import { fc, property } from "../support/property.ts";

describe("a typed line", () => {
  test.each([
    ["ciao", { type: "text", text: "ciao" }],
    ["  two spaces first", { type: "text", text: "  two spaces first" }],
    ["{quit}", { type: "command", word: "quit", rest: "" }],
    [" {quit} ", { type: "command", word: "quit", rest: "" }],
    ["bye{quit}", { type: "text", text: "bye{quit}" }],
    ["/quit", { type: "command", word: "quit", rest: "" }],
    ["/ME waves", { type: "command", word: "me", rest: "waves" }],
    ["/msg  anna  ciao a te", { type: "command", word: "msg", rest: "anna  ciao a te" }],
    ["/dance now", { type: "unknown", word: "/dance" }],
    ["/", { type: "unknown", word: "/" }],
    ["//dance", { type: "text", text: "/dance" }],
    ["1/2", { type: "text", text: "1/2" }],
  ])("%j", (typed, line) => {
    expect(parseLine(typed)).toEqual(line);
  });
});

describe("the recipient of a private message", () => {
  const names = ["anna", "anna maria", "bruno"];
  test.each([
    ["bruno ciao", "bruno", "ciao"],
    ["anna ciao", "anna", "ciao"],
    ["anna maria ciao", "anna maria", "ciao"],
    ["ANNA MARIA ciao", "ANNA MARIA", "ciao"],
    ["carla ciao a te", "carla", "ciao a te"],
    ["bruno", "bruno", ""],
    ["anna maria", "anna maria", ""],
    ["", "", ""],
    ['"anna maria" ciao', "anna maria", "ciao"],
    ['"anna" maria ciao', "anna", "maria ciao"],
  ])("of %j", (rest, name, text) => {
    expect(splitRecipient(rest, (typed) => names.includes(typed.toLowerCase()))).toEqual({ name, text });
  });
});

describe("messages in a stream without framing", () => {
  const read = (...chunks: (string | Uint8Array)[]) => {
    const framing = new ChunkFraming();
    const messages = chunks.map((chunk) => [...framing.read(Buffer.from(chunk))]);
    return [...messages, [...framing.rest()]];
  };

  test("each chunk is a message", () => {
    expect(read("anna", "ciao")).toEqual([["anna"], ["ciao"], []]);
  });

  test("a character cut between two chunks is put together", () => {
    const bytes = Buffer.from("città👋");
    expect(read(bytes.subarray(0, 5), bytes.subarray(5, 8), bytes.subarray(8))).toEqual([["citt"], ["à"], ["👋"], []]);
  });

  test("pasted lines are messages of their own", () => {
    expect(read("one\r\ntwo\n\nthree")).toEqual([["one", "two", "three"], []]);
  });

  test("what is not UTF-8 is reported once and does not spoil the next message", () => {
    expect(read(Buffer.from("citt\xe0 x", "latin1"), "ciao")).toEqual([[undefined], ["ciao"], []]);
  });

  property("text survives however it is cut", [fc.string({ unit: "grapheme" }), fc.nat()], (text, at) => {
    const bytes = Buffer.from(text.replaceAll(/[\r\n]/g, ""));
    const cut = at % (bytes.length + 1);
    const messages = read(bytes.subarray(0, cut), bytes.subarray(cut)).flat();
    expect(messages.join("")).toBe(bytes.toString());
  });
});

describe("rendering", () => {
  const message = {
    type: "message",
    room: "lobby",
    msgid: "1",
    seq: 1,
    time: "2026-11-21T10:00:00.000Z",
    from: "anna",
  } as const;

  const wording = { texts: en };
  const shown = (event: RoomEvent) => eventLines(wording, event).map(({ head, text }) => head + text);

  test("each line of a message names its sender, so that nobody can fake a line", () => {
    expect(shown({ ...message, text: "one\n* bruno left\nbruno: three" })).toEqual([
      "anna: one",
      "anna: * bruno left",
      "anna: bruno: three",
    ]);
  });

  test("actions and private messages cannot be taken for text", () => {
    expect(shown({ ...message, text: "waves", action: true })).toEqual(["~ anna waves"]);
    expect(shown({ ...message, room: "@anna", text: "psst\nhey" })).toEqual(["[from anna] psst", "[from anna] hey"]);
  });

  test("a long message goes to an unframed client in parts that name the sender, cut between characters", () => {
    const renderer = createPlainRenderers(wording, 1_024).chunk;
    const writes = renderer.event({ ...message, text: "é".repeat(2_000) });
    expect(writes.map((bytes) => bytes.length)).toEqual([1_024, 1_024, 1_024, 952]);
    const rows = writes.map((bytes) => Buffer.from(bytes).toString());
    for (const row of rows) expect(row).toMatch(/^anna: é+$/);
    expect(rows.join("").match(/é/g)).toHaveLength(2_000);
  });

  test("no cut can make a text look like the server's line or somebody else's", () => {
    const renderer = createPlainRenderers(wording, 1_024).chunk;
    for (let fill = 1_000; fill < 1_030; fill++) {
      const writes = renderer.event({ ...message, text: `${"x".repeat(fill)}* bruno left (1 here)` });
      for (const bytes of writes) expect(Buffer.from(bytes).toString()).toMatch(/^anna: /);
    }
  });
});
