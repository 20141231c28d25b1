/**
 * A password as it is kept: argon2id (RFC 9106) in the PHC string format, with its parameters, so that it can be checked
 * whatever the present ones are. Hashing runs beside the event loop.
 */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

export interface HashParameters {
  memoryKiB: number;
  passes: number;
}

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Lanes. More would only help whoever has more cores than this server. */
const PARALLELISM = 1;

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** @returns `$argon2id$v=19$m=…,t=…,p=1$salt$hash` */
export async function hashPassword(password: string, parameters: HashParameters): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, parameters);
  const { memoryKiB, passes } = parameters;
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${PARALLELISM}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether it is the password. A hash that is none fits no password. */
export async function fitsHash(password: string, hash: string): Promise<boolean> {
  const [, memoryKiB, passes, salt = "", wanted = ""] = phc.exec(hash) ?? [];
  if (memoryKiB === undefined) return false;
  const parameters = { memoryKiB: Number(memoryKiB), passes: Number(passes) };
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, "base64"), parameters),
    Buffer.from(wanted, "base64"),
  );
}

/** Whether it was made with other parameters than the present ones. */
export function isOutdated(hash: string, { memoryKiB, passes }: HashParameters): boolean {
  const [, m, t] = phc.exec(hash) ?? [];
  return Number(m) !== memoryKiB || Number(t) !== passes;
}

function derive(password: string, nonce: Buffer, { memoryKiB, passes }: HashParameters): Promise<Buffer> {
  const parameters = { nonce, parallelism: PARALLELISM, tagLength: HASH_BYTES, memory: memoryKiB, passes };
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message: Buffer.from(password), ...parameters }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
