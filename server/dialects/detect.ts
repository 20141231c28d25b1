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
const QUIT = Buffer.from("{quit}");

/** A whole request line (RFC 9112, 3), or the beginning of one that no person would send as a name. */
const httpRequestLine = /^\S+ \S* ?HTTP\/\d|^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) (?:\/|\*|\S+:)/;

/**
 * @param chunks what arrived so far, as it arrived; at least one byte in all
 * @param silent true when nothing more has come for `chunkSilenceMs`, or the peer has finished sending
 */
export function detect(chunks: readonly Uint8Array[], silent: boolean): Detected {
  const bytes = Buffer.concat(chunks);
  if (bytes[0] === TLS_HANDSHAKE) return "tls";
  // A telnet that negotiates at once (RFC 854): its person will type lines.
  if (bytes[0] === IAC) return "line";
  // No JSON object begins so: it is somebody who leaves instead of giving a name.
  const isQuit = bytes.subarray(0, QUIT.length).equals(QUIT);
  if (bytes[0] === OPENING_BRACE && !isQuit) return "json";
  const lineEnd = indexOfLineEnd(bytes);
  const firstLine = bytes.subarray(0, lineEnd === -1 ? bytes.length : lineEnd).toString("utf8");
  if (httpRequestLine.test(firstLine)) return "http";
  if (lineEnd !== -1) return "line";
  // A first chunk of one character is a terminal that sends each key as it is typed: its line will end some time.
  if (isOneCharacter(chunks)) return "wait";
  return silent ? "chunk" : "wait-for-silence";
}

function isOneCharacter(chunks: readonly Uint8Array[]): boolean {
  return [...Buffer.from(chunks[0] ?? []).toString("utf8")].length === 1;
}
