/**
 * Reads the lines of a text file that a person or any of their programs has saved: with or without a byte order mark,
 * in UTF-8 or what Windows calls Unicode, with any line ends. Anything that is not text is refused, not guessed.
 */
import { LineSplitter, LineTooLongError } from "../protocol/line-splitter.ts";

export interface TextLine {
  /** Starting at 1. */
  number: number;
  text: string;
}

/** A line cannot be read; the lines before it could. */
export class UnreadableLineError extends Error {
  override readonly name = "UnreadableLineError";
  readonly number: number;

  /** @param reason completes "line 7: " */
  constructor(number: number, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.number = number;
  }
}

interface Mark {
  bytes: readonly number[];
  encoding: "utf-8" | "utf-16le" | "utf-16be";
}

const marks: readonly Mark[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];
const markBytesMax = 3;

/** @throws {UnreadableLineError} at the first line that is longer than `lineBytesMax`, in UTF-8, or not text */
export async function* readTextLines(input: AsyncIterable<Uint8Array>, lineBytesMax: number): AsyncGenerator<TextLine> {
  const splitter = new LineSplitter(lineBytesMax);
  let number = 0;
  try {
    for await (const chunk of inUtf8(input)) {
      for (const line of splitter.push(chunk)) for (const text of textsOf(line)) yield { number: ++number, text };
    }
    const rest = splitter.rest();
    for (const text of rest ? textsOf(rest) : []) yield { number: ++number, text };
  } catch (error) {
    const reason = reasonOf(error);
    throw reason === undefined ? error : new UnreadableLineError(number + 1, reason, { cause: error });
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof LineTooLongError) return `it is longer than ${error.lineBytesMax} bytes`;
  const { code } = error as NodeJS.ErrnoException;
  return code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not text in UTF-8" : undefined;
}

/** A lone carriage return also ends a line. */
function textsOf(line: Uint8Array): string[] {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line).split("\r");
}

/** The text in UTF-8, without its byte order mark. */
async function* inUtf8(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = new Uint8Array();
  let convert: Convert | undefined;
  for await (const chunk of input) {
    if (convert) {
      yield convert(chunk, true);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < markBytesMax) continue;
    convert = convertAfter(markOf(head));
    yield convert(withoutMark(head), true);
  }
  if (convert) yield convert(new Uint8Array(), false);
  else yield convertAfter(markOf(head))(withoutMark(head), false);
}

/** @param isMoreToCome lets half a character wait for its other half */
type Convert = (bytes: Uint8Array, isMoreToCome: boolean) => Uint8Array;

function markOf(head: Uint8Array): Mark | undefined {
  return marks.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
}

function withoutMark(head: Uint8Array): Uint8Array {
  return head.subarray(markOf(head)?.bytes.length ?? 0);
}

function convertAfter(mark: Mark | undefined): Convert {
  if (mark === undefined || mark.encoding === "utf-8") return (bytes) => bytes;
  const decoder = new TextDecoder(mark.encoding, { fatal: true, ignoreBOM: true });
  return (bytes, isMoreToCome) => Buffer.from(decoder.decode(bytes, { stream: isMoreToCome }));
}
