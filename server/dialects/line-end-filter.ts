/**
 * Makes every end of line in a stream of bytes a `\n`, wherever the stream is cut. Terminals send four: `\n`, `\r\n`, and,
 * when each key goes out as it is typed, `\r` alone or, from a telnet, `\r\0` (RFC 854, "carriage return").
 */

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

export class LineEndFilter {
  /** The byte before was a `\r`: it has ended the line, whatever belongs to it still. */
  #afterReturn = false;

  /** Returns `chunk` with its ends of line replaced. */
  filter(chunk: Uint8Array): Uint8Array {
    if (!this.#afterReturn && !chunk.includes(CR)) return chunk;
    const filtered = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const isRest = this.#afterReturn && (byte === LF || byte === NUL);
      this.#afterReturn = byte === CR;
      if (!isRest) filtered[length++] = byte === CR ? LF : byte;
    }
    return filtered.subarray(0, length);
  }
}

/** Where the first end of line begins; -1 when there is none. */
export function indexOfLineEnd(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte === LF || byte === CR);
}
