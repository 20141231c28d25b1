/**
 * How the plain dialect finds messages in bytes, for both kinds of client: those that end each line (`nc`, telnet), and
 * those that send and expect each message as one bare chunk.
 */
import { wireLimits } from "../../protocol/limits.ts";
import { LineSplitter } from "../../protocol/line-splitter.ts";
import { decodeUtf8 } from "../../protocol/text.ts";
import { indexOfLineEnd, LineEndFilter } from "./line-end-filter.ts";
import { applyRubouts, TelnetFilter } from "./telnet.ts";

/**
 * What ends a message to the client: telnet wants `\r
 * `; `chunk` is the end of the write itself.
 */
export type Delimiter = "\n" | "\r\n" | "chunk";

/** One message from the person; undefined when it was not UTF-8. */
export type Received = string | undefined;

export interface Framing {
  readonly delimiter: Delimiter;
  /** The messages that `bytes` completes. @throws {LineTooLongError} */
  read(bytes: Uint8Array): Iterable<Received>;
  /** The unfinished message when the peer has stopped sending. */
  rest(): Iterable<Received>;
}

const LF = 0x0a;

/**
 * For clients that end each line, in any way. If their first line ends in `
 * `, so do our lines, otherwise in `\r
 * `.
 */
export class LineFraming implements Framing {
  readonly #telnet = new TelnetFilter();
  readonly #lineEnds = new LineEndFilter();
  readonly #splitter = new LineSplitter(wireLimits.lineBytesMax);
  #delimiter: Delimiter | undefined;

  get delimiter(): Delimiter {
    return this.#delimiter ?? "\n";
  }

  *read(bytes: Uint8Array): Generator<Received> {
    const text = this.#telnet.filter(bytes);
    if (!this.#delimiter) this.#learnDelimiter(text);
    for (const line of this.#splitter.push(this.#lineEnds.filter(text))) yield decode(line);
  }

  *rest(): Generator<Received> {
    const line = this.#splitter.rest();
    if (line) yield decode(line);
  }

  #learnDelimiter(text: Uint8Array): void {
    const lineEnd = indexOfLineEnd(text);
    if (lineEnd !== -1) this.#delimiter = text[lineEnd] === LF ? "\n" : "\r\n";
  }
}

function decode(line: Uint8Array): Received {
  const text = decodeUtf8(line);
  return text === undefined ? undefined : applyRubouts(text);
}

/** For clients without framing: each chunk is a message, or several when somebody pasted lines. */
export class ChunkFraming implements Framing {
  readonly delimiter = "chunk";
  readonly #lineEnds = new LineEndFilter();
  /** The beginning of a character that a chunk has cut: at most three bytes. */
  #cut: Uint8Array = new Uint8Array();

  *read(bytes: Uint8Array): Generator<Received> {
    const joined = Buffer.concat([this.#cut, this.#lineEnds.filter(bytes)]);
    const whole = joined.length - unfinishedBytes(joined);
    this.#cut = joined.subarray(whole);
    const text = decodeUtf8(joined.subarray(0, whole));
    if (text === undefined) yield undefined;
    else for (const line of text.split("\n")) if (line !== "") yield line;
  }

  *rest(): Generator<Received> {
    if (this.#cut.length > 0) yield undefined;
  }
}

/** How many bytes at the end belong to an incomplete UTF-8 character (RFC 3629, 3). */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterBytes(byte) > back ? back : 0;
  }
  return 0;
}

function characterBytes(leadByte: number): number {
  if (leadByte >= 0xf0) return 4;
  return leadByte >= 0xe0 ? 3 : 2;
}
