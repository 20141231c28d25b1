/**
 * Session tokens, `<id>.<secret>`: whoever has one is logged in as its person. The server keeps only the SHA-256 of the
 * secret, which has 256 bits and therefore needs no slow hash.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

const SECRET_BYTES = 32;

export interface NewToken {
  id: string;
  token: string;
  /** What is kept of the secret, in hexadecimal. */
  hash: string;
}

export function makeToken(): NewToken {
  const id = randomUUID();
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { id, token: `${id}.${secret}`, hash: hashOf(secret) };
}

/** The parts of what somebody calls a token. */
export function parseToken(token: string): { id: string; hash: string } {
  const dot = token.indexOf(".");
  return { id: token.slice(0, Math.max(0, dot)), hash: hashOf(token.slice(dot + 1)) };
}

/** Whether two hashes are the same, in a time that does not tell where they differ. */
export function isSameHash(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
