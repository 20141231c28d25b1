/** Decides from a connection's first bytes which dialect it speaks. Pure: the caller keeps the bytes and the time. */
import type { DialectDeclaration, Dialects, Opening } from "./dialect.ts";
import { indexOfLineEnd } from "./line-end-filter.ts";

/** That many bytes are enough to recognise a dialect. */
const BEGINNING_BYTES = 128;

/** The dialect; or `wait` for more bytes, or `wait-for-silence` for more bytes or silence. */
export type Detected = DialectDeclaration | "wait" | "wait-for-silence";

/**
 * @param chunks what has arrived so far, in the original pieces; at least one byte in all. This function was called
 * after each of them, so only the last one can end the first line.
 * @param silent true when nothing more has come for `chunkSilenceMs`, or the peer has finished sending
 */
export function detect(dialects: Dialects, chunks: readonly Uint8Array[], silent: boolean): Detected {
  const opening = openingOf(chunks, silent);
  for (const declaration of dialects.list) {
    const recognition = declaration.detect(opening);
    if (recognition === "yes") return declaration;
    if (recognition !== "no") return recognition;
  }
  return dialects.fallback;
}

function openingOf(chunks: readonly Uint8Array[], silent: boolean): Opening {
  const [first = new Uint8Array()] = chunks;
  const bytes = beginningOf(chunks);
  const lineEnd = indexOfLineEnd(bytes);
  return {
    bytes,
    firstLine: bytes.subarray(0, lineEnd === -1 ? bytes.length : lineEnd).toString("utf8"),
    hasLine: lineEnd !== -1 || indexOfLineEnd(chunks.at(-1) ?? first) !== -1,
    first,
    silent,
  };
}

/** Joins only as many pieces as needed, however small they are. */
function beginningOf(chunks: readonly Uint8Array[]): Buffer {
  let count = 0;
  for (let bytes = 0; bytes < BEGINNING_BYTES && count < chunks.length; count++) bytes += chunks[count]?.length ?? 0;
  return Buffer.concat(chunks.slice(0, count)).subarray(0, BEGINNING_BYTES);
}
