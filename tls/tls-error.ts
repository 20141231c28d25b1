/** Why a program cannot offer TLS. */

/** The message tells people what is wrong and what to do, in one line. */
export class TlsError extends Error {
  override readonly name = "TlsError";
}
