/**
 * Secrets that somebody reads from one screen and types on another: 5 bits a letter, in groups, without letters that look
 * alike. They need no slow hash, because nobody can try them all.
 */
import { createHash, randomBytes } from "node:crypto";

/** No `l`, `o`, `0` or `1`. */
const letters = "abcdefghijkmnpqrstuvwxyz23456789";

function makeLetters(count: number): string {
  return Array.from(randomBytes(count), (byte) => letters[byte % letters.length]).join("");
}

/** 80 bits, good until it is used. */
export function makeOneTimePassword(): string {
  return makeLetters(16).replace(/.{4}(?=.)/g, "$&-");
}

/** 100 bits, as `isLikeInvitation` in `protocol/held-back.ts` knows them. */
export function makeInvitationCode(): string {
  return makeLetters(20).replace(/.{5}(?=.)/g, "$&-");
}

/** By which people name an invitation. It tells nothing about the code. */
export function makeShortId(): string {
  return makeLetters(6);
}

/** What is kept of a code, in hexadecimal. Capitals, spaces and hyphens, and an `l` or `1` for the `i`, do not matter. */
export function hashOfCode(typed: string): string {
  const code = typed
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replaceAll(/[l1]/g, "i");
  return createHash("sha256").update(code).digest("hex");
}
