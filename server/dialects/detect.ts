/** Decides from a connection's first bytes which dialect it speaks. Pure: the caller keeps the bytes and the time. */

import { indexOfLineEnd } from "./line-end-filter.ts";

/**
 * `wait` for more; `wait-for-silence`: more, or the silence that makes it chunk mode. `http` and `tls` are refused.
 */
export type Detected = "wait" | "wait-for-silence" | "json" | "line" | "chunk" | "http" | "tls";

const OPENING_BRACE = 0x7b;
/** The first byte of a TLS record that holds a handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

const IAC = 0xff;
/** The longest character in UTF-8. */
const CHARACTER_BYTES = 4;
const QUIT = Buffer.from("{quit}");

/** A whole request line (RFC 9112, 3), or the beginning of one that no person would send as a name. */
const httpRequestLine = /^\S+ \S* ?HTTP\/\d|^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) (?:\/|\*|\S+:)/;

/** Bytes at the beginning that show what it is. */
const BEGINNING_BYTES = 128;

/**
 * @param chunks what arrived so far, as it arrived; at least one byte in all. It was asked at each of them, so only the
 *   last can end the first line.
 * @param silent true when nothing more has come for `chunkSilenceMs`, or the peer has finished sending
 */
export function detect(chunks: readonly Uint8Array[], silent: boolean): Detected {
  const bytes = beginningOf(chunks);
  if (bytes[0] === TLS_HANDSHAKE) return "tls";
  // A telnet that negotiates at once (RFC 854): its person will type lines.
  if (bytes[0] === IAC) return "line";
  // No JSON object begins so: it is somebody who leaves instead of giving a name.
  const isQuit = bytes.subarray(0, QUIT.length).equals(QUIT);
  if (bytes[0] === OPENING_BRACE && !isQuit) return "json";
  const lineEnd = indexOfLineEnd(bytes);
  const firstLine = bytes.subarray(0, lineEnd === -1 ? bytes.length : lineEnd).toString("utf8");
  if (httpRequestLine.test(firstLine)) return "http";
  if (lineEnd !== -1 || indexOfLineEnd(chunks.at(-1) ?? bytes) !== -1) return "line";
  // A first chunk of one character is a terminal that sends each key as it is typed: its line will end some time.
  if (isOneCharacter(chunks)) return "wait";
  return silent ? "chunk" : "wait-for-silence";
}

function isOneCharacter(chunks: readonly Uint8Array[]): boolean {
  const first = chunks[0] ?? new Uint8Array();
  return first.length <= CHARACTER_BYTES && [...Buffer.from(first).toString("utf8")].length === 1;
}

/** As little as is needed is looked at, however small the pieces are in which it comes. */
function beginningOf(chunks: readonly Uint8Array[]): Buffer {
  let count = 0;
  for (let bytes = 0; bytes < BEGINNING_BYTES && count < chunks.length; count++) bytes += chunks[count]?.length ?? 0;
  return Buffer.concat(chunks.slice(0, count)).subarray(0, BEGINNING_BYTES);
}
