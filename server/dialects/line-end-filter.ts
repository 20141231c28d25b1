/**
 * Turns every line end in a stream of bytes into `
 * `, wherever the stream is cut. Terminals send four: `
 * `, `\r
 * `, and, when each key is sent as typed, `\r` alone or, from a telnet, `\r\0` (RFC 854, "carriage return").
 */

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

export class LineEndFilter {
  /** The previous byte was a `\r`, which has ended the line; its second half may follow. */
  #afterReturn = false;

  /** Returns `chunk` with its line ends replaced. */
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

/** Where the first line end begins; -1 when there is none. */
export function indexOfLineEnd(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte === LF || byte === CR);
}
