import { describe, expect, test } from "vitest";
import { LineSplitter, LineTooLongError } from "../../protocol/line-splitter.ts";
import { fc, property } from "../support/property.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function split(chunks: Iterable<Uint8Array>, lineBytesMax = 100): { lines: string[]; rest: string | undefined } {
  const splitter = new LineSplitter(lineBytesMax);
  const lines = [...chunks].flatMap((chunk) => [...splitter.push(chunk)]).map(decode);
  const rest = splitter.rest();
  return { lines, rest: rest && decode(rest) };
}

function byByte(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].map((byte) => Uint8Array.of(byte));
}

const cases: [name: string, stream: string, lines: string[], rest: string | undefined][] = [
  ["nothing", "", [], undefined],
  ["a line", "anna\n", ["anna"], undefined],
  ["several lines", "anna\nciao\n", ["anna", "ciao"], undefined],
  ["an unfinished line", "anna\nci", ["anna"], "ci"],
  ["telnet's line endings", "anna\r\nciao\r\n", ["anna", "ciao"], undefined],
  ["mixed line endings", "a\r\nb\nc\r\n", ["a", "b", "c"], undefined],
  ["a carriage return inside a line", "a\rb\n", ["a\rb"], undefined],
  ["a carriage return at the very end", "a\r", [], "a"],
  ["empty lines", "\n\r\n\n", ["", "", ""], undefined],
  ["characters of several bytes", "città\n👋🏽\n", ["città", "👋🏽"], undefined],
];

describe.each(cases)("%s", (_name, stream, lines, rest) => {
  test("is split when it arrives as one chunk", () => {
    expect(split([encode(stream)])).toEqual({ lines, rest });
  });

  test("is split the same when it arrives byte by byte", () => {
    expect(split(byByte(encode(stream)))).toEqual({ lines, rest });
  });
});

describe.each([
  ["one chunk", (bytes: Uint8Array) => [bytes]],
  ["single bytes", byByte],
])("the bound, in %s", (_name, cut) => {
  test.each(["\n", "\r\n"])("accepts a line of exactly the bound before %j", (ending) => {
    expect(split(cut(encode(`${"x".repeat(10)}${ending}`)), 10).lines).toEqual(["x".repeat(10)]);
  });

  test.each(["\n", "\r\n", ""])("refuses a line of one byte more before %j", (ending) => {
    expect(() => split(cut(encode(`${"x".repeat(11)}${ending}y`)), 10)).toThrow(LineTooLongError);
  });
});

test("the lines before one that is too long are still given", () => {
  const splitter = new LineSplitter(5);
  const lines: string[] = [];
  expect(() => {
    for (const line of splitter.push(encode("one\ntwo\nmuch too long\n"))) lines.push(decode(line));
  }).toThrow(LineTooLongError);
  expect(lines).toEqual(["one", "two"]);
});

property("any stream is split the same however it is cut", [fc.array(fc.uint8Array({ maxLength: 30 }))], (chunks) => {
  const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
  expect(split(chunks, 1_000)).toEqual(split([whole], 1_000));
});
