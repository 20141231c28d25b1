/** Every line end that a terminal may send, however the network cuts it, and what messages the plain dialect reads. */
import { describe, expect, test } from "vitest";
import { ChunkFraming, type Delimiter, LineFraming } from "../../server/dialects/plain-framing.ts";
import { detectedKind } from "../support/detected-kind.ts";
import { fc, property } from "../support/property.ts";
import { startTestServer } from "../support/test-server.ts";

interface Case {
  what: string;
  stream: string;
  lines: string[];
  rest?: string;
  /** What the server ends its own lines with. */
  answer: Delimiter;
}

const cases: Case[] = [
  { what: "\\n", stream: "anna\nciao\n", lines: ["anna", "ciao"], answer: "\n" },
  { what: "\\r\\n", stream: "anna\r\nciao\r\n", lines: ["anna", "ciao"], answer: "\r\n" },
  { what: "\\r\\0", stream: "anna\r\0ciao\r\0", lines: ["anna", "ciao"], answer: "\r\n" },
  { what: "\\r", stream: "anna\rciao\r", lines: ["anna", "ciao"], answer: "\r\n" },
  { what: "all four, \\n first", stream: "a\nb\r\nc\r\0d\re\n", lines: ["a", "b", "c", "d", "e"], answer: "\n" },
  { what: "all four, \\r first", stream: "a\rb\r\0c\r\nd\n", lines: ["a", "b", "c", "d"], answer: "\r\n" },
  { what: "empty lines", stream: "\r\0\r\0\r\r\n\n", lines: ["", "", "", "", ""], answer: "\r\n" },
  { what: "an unfinished line after \\r\\0", stream: "xy\r\0/who", lines: ["xy"], rest: "/who", answer: "\r\n" },
  { what: "a NUL that ends nothing", stream: "a\0b\n", lines: ["a\0b"], answer: "\n" },
  { what: "two NULs", stream: "a\r\0\0b\r\0", lines: ["a", "\0b"], answer: "\r\n" },
  { what: "letters of several bytes", stream: "città\r\0👋🏽\r", lines: ["città", "👋🏽"], answer: "\r\n" },
  { what: "telnet's negotiation before \\r\\0", stream: "an\u00ff\u00fb\u001fna\r\0", lines: ["anna"], answer: "\r\n" },
  {
    what: "telnet's negotiation inside \\r\\0",
    stream: "a\r\u00ff\u00fb\u001f\0b\r\0",
    lines: ["a", "b"],
    answer: "\r\n",
  },
  { what: "rubouts", stream: "anb\bna\r\0x\u007fciao\r", lines: ["anna", "ciao"], answer: "\r\n" },
];

/** U+00FF stands for the byte 255, which UTF-8 never contains. */
function bytesOf(stream: string): Buffer {
  return stream.includes("\u00ff") ? Buffer.from(stream, "latin1") : Buffer.from(stream);
}

function read(chunks: Iterable<Uint8Array>): Omit<Case, "what" | "stream"> {
  const framing = new LineFraming();
  const lines = [...chunks].flatMap((chunk) => [...framing.read(chunk)]).map(String);
  const [rest] = framing.rest();
  return { lines, ...(rest === undefined ? {} : { rest }), answer: framing.delimiter };
}

const byByte = (bytes: Uint8Array) => [...bytes].map((byte) => Uint8Array.of(byte));

describe.each(cases)("lines that end in $what", ({ stream, what: _, ...expected }) => {
  test("are read from one chunk", () => {
    expect(read([bytesOf(stream)])).toEqual(expected);
  });

  test("are read byte by byte", () => {
    expect(read(byByte(bytesOf(stream)))).toEqual(expected);
  });

  test("are read when they are cut in two, anywhere", () => {
    const bytes = bytesOf(stream);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(expected);
    }
  });
});

const lineEnd = fc.constantFrom("\n", "\r\n", "\r\0", "\r");
const typedLine = fc.tuple(fc.string({ unit: fc.constantFrom("a", "é", "👋", " ") }), lineEnd);

property(
  "any lines with any ends are the same lines, however they are cut",
  [fc.array(typedLine), fc.nat()],
  (typed, at) => {
    // A `
    // ` after a `\r` belongs to it; nobody can type an empty line between the two.
    const lines: typeof typed = [];
    for (const [text, end] of typed) {
      if (text !== "" || end !== "\n" || lines.at(-1)?.[1] !== "\r") lines.push([text, end]);
    }
    const bytes = Buffer.from(lines.map(([text, end]) => text + end).join(""));
    const cut = at % (bytes.length + 1);
    const framing = new LineFraming();
    const heard = [...framing.read(bytes.subarray(0, cut)), ...framing.read(bytes.subarray(cut)), ...framing.rest()];
    expect(heard).toEqual(lines.map(([text]) => text));
  },
);

describe("pasted into a program that frames nothing, lines are messages of their own:", () => {
  test.each([
    [["one\r\0two\r\0"], ["one", "two"]],
    [["one\rtwo\r\nthree\nfour"], ["one", "two", "three", "four"]],
    [
      ["one\r", "\0two"],
      ["one", "two"],
    ],
    [
      ["one\r", "\n", "two"],
      ["one", "two"],
    ],
    [["\r\0"], []],
  ])("%j", (chunks, messages) => {
    const framing = new ChunkFraming();
    expect(chunks.flatMap((chunk) => [...framing.read(Buffer.from(chunk))])).toEqual(messages);
  });
});

test.each(["\n", "\r\n", "\r\0", "\r"])("typed keys and an Enter that sends %j are a line", (enter) => {
  const keys = [..."anna", enter].map((key) => Buffer.from(key));
  expect(detectedKind(keys.slice(0, -1), true)).toBe("wait");
  expect(detectedKind(keys, false)).toBe("line");
});

describe.each([
  ["telnet in character mode", "\r\0"],
  ["a raw terminal", "\r"],
])("with %s", (_what, enter) => {
  test("each key goes out as it is typed, and the person gets in, talks and gives commands", async () => {
    const server = await startTestServer();
    const bruno = await server.join("bruno");
    const typing = await server.connect();
    await typing.until("(salotto/1)");
    for (const key of `anna${enter}`) typing.send(key);
    await typing.until("Welcome, anna!");
    await typing.until("2 here: bruno, anna\r\n");
    for (const key of `ciaa\bo${enter}/who${enter}`) typing.send(key);
    await bruno.until("* anna joined (2 here)\nanna: ciao\n");
    expect(await typing.line()).toBe("* 2 here: bruno, anna\r");
  });
});

test("lines that a telnet pastes, ended in \\r\\0, are not held back until the end", async () => {
  const server = await startTestServer();
  const bruno = await server.join("bruno");
  const anna = await server.connect();
  anna.send("anna\r\0xy\r\0/who\r\0");
  await anna.until("* 2 here: bruno, anna\r\n");
  await anna.until("* 2 here: bruno, anna\r\n");
  await bruno.until("* anna joined (2 here)\nanna: xy\n");
  bruno.send("fine\n");
  await anna.until("bruno: fine\r\n");
  expect(bruno.unseen).toBe("");
});
