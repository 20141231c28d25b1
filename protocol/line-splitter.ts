/**
 * Cuts a stream of bytes into lines. It takes bytes and returns bytes: it never sees a socket, and leaves decoding to
 * its caller, because only whole lines can be decoded safely.
 */

const LF = 0x0a;
const CR = 0x0d;

/** Pieces of an unfinished line that are kept separately. */
const PARTS_MAX = 64;

/** The stream contained a line above the bound; the splitter must not be used again. */
export class LineTooLongError extends Error {
  override readonly name = "LineTooLongError";
  readonly lineBytesMax: number;

  constructor(lineBytesMax: number) {
    super(`a line is longer than ${lineBytesMax} bytes`);
    this.lineBytesMax = lineBytesMax;
  }
}

export class LineSplitter {
  readonly #lineBytesMax: number;
  #parts: Uint8Array[] = [];
  #partBytes = 0;

  /** @param lineBytesMax the longest line accepted, in bytes, without its line end */
  constructor(lineBytesMax: number) {
    this.#lineBytesMax = lineBytesMax;
  }

  /**
   * Yields each line that `chunk` completes, without its `\n` or `\r\n`.
   * @throws {LineTooLongError} at the first line over the bound, after yielding those before it
   */
  *push(chunk: Uint8Array): Generator<Uint8Array> {
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      const line = this.#take(chunk.subarray(start, end));
      start = end + 1;
      yield line;
    }
    this.#keep(chunk.subarray(start));
  }

  /** The unfinished last line, for when the stream has ended; undefined when there is none. */
  rest(): Uint8Array | undefined {
    return this.#partBytes === 0 ? undefined : this.#take(new Uint8Array());
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    // The one byte above the bound may be a carriage return whose line feed has not arrived yet.
    if (this.#partBytes + part.length > this.#lineBytesMax + 1) throw new LineTooLongError(this.#lineBytesMax);
    this.#parts.push(part);
    this.#partBytes += part.length;
    // A separate piece costs more than the few bytes it may hold.
    if (this.#parts.length > PARTS_MAX) this.#parts = [join(this.#parts, this.#partBytes)];
  }

  #take(last: Uint8Array): Uint8Array {
    this.#keep(last);
    const [only] = this.#parts;
    const bytes = this.#parts.length === 1 && only ? only : join(this.#parts, this.#partBytes);
    this.#parts = [];
    this.#partBytes = 0;
    const line = bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
    if (line.length > this.#lineBytesMax) throw new LineTooLongError(this.#lineBytesMax);
    return line;
  }
}

function join(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const joined = new Uint8Array(bytes);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
