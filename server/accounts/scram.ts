/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677), the server's side: somebody proves that they know a password, without sending it
 * and without the server keeping it. There is no channel binding.
 */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** What is kept of a password. */
export interface ScramKeys {
  iterations: number;
  salt: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
}

/** The client's first message. */
export interface ClientFirst {
  name: string;
  nonce: string;
  /** Its header, which the second message repeats. */
  header: string;
  bare: string;
}

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 18;

const derive = promisify(pbkdf2);
const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

/** Takes as long as the iterations, beside the event loop. */
export async function makeScramKeys(
  password: string,
  iterations: number,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<ScramKeys> {
  const salted = await derive(password, salt, iterations, KEY_BYTES, "sha256");
  return {
    iterations,
    salt,
    storedKey: sha256(hmac(salted, "Client Key")),
    serverKey: hmac(salted, "Server Key"),
  };
}

/** Keys that fit no password, always the same for a name, so that the first answer does not tell who has an account. */
export function fakeScramKeys(secret: Buffer, name: string, iterations: number): ScramKeys {
  const salt = hmac(secret, `salt of ${name}`).subarray(0, SALT_BYTES);
  return { iterations, salt, storedKey: randomBytes(KEY_BYTES), serverKey: randomBytes(KEY_BYTES) };
}

/** The form of RFC 5803. */
export function formatScramKeys({ iterations, salt, storedKey, serverKey }: ScramKeys): string {
  const [s, stored, server] = [salt, storedKey, serverKey].map((bytes) => bytes.toString("base64"));
  return `SCRAM-SHA-256$${iterations}:${s}$${stored}:${server}`;
}

export function parseScramKeys(text: string): ScramKeys | undefined {
  const parts = /^SCRAM-SHA-256\$(\d+):([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/.exec(text);
  if (!parts) return undefined;
  const [, iterations, ...rest] = parts;
  const [salt = Buffer.of(), storedKey = Buffer.of(), serverKey = Buffer.of()] = rest.map((each) =>
    Buffer.from(each, "base64"),
  );
  return { iterations: Number(iterations), salt, storedKey, serverKey };
}

/** Reads `n,,n=anna,r=nonce`; undefined when it is something else, or wants channel binding. */
export function parseClientFirst(message: string): ClientFirst | undefined {
  const [, header = "", bare = "", encoded = "", nonce = ""] =
    /^([ny],,)(n=([^,]+),r=([!-+\--~]+))(?:,.*)?$/s.exec(message) ?? [];
  if (header === "" || /=(?!2C|3D)/.test(encoded)) return undefined;
  const name = encoded.replaceAll("=2C", ",").replaceAll("=3D", "=");
  // Extensions count in the proof like everything else after the header.
  return { name, nonce, header, bare: bare === "" ? bare : message.slice(header.length) };
}

/** One proof: the server's first message, and what becomes of the client's second one. */
export class ScramExchange {
  readonly name: string;
  /** The server's first message. */
  readonly challenge: string;
  readonly #client: ClientFirst;
  readonly #keys: ScramKeys;
  readonly #nonce: string;

  /** @param nonce the server's part */
  constructor(client: ClientFirst, keys: ScramKeys, nonce: string = randomBytes(NONCE_BYTES).toString("base64")) {
    this.name = client.name;
    this.#client = client;
    this.#keys = keys;
    this.#nonce = client.nonce + nonce;
    this.challenge = `r=${this.#nonce},s=${keys.salt.toString("base64")},i=${keys.iterations}`;
  }

  /** @returns the server's last message; undefined when the client does not know the password */
  answer(message: string): string | undefined {
    const [, unproved = "", binding, nonce, proof = ""] =
      /^(c=([A-Za-z0-9+/=]+),r=([!-+\--~]+)(?:,[^,]*)*),p=([A-Za-z0-9+/=]+)$/s.exec(message) ?? [];
    const header = Buffer.from(this.#client.header).toString("base64");
    if (binding !== header || nonce !== this.#nonce) return undefined;
    const { storedKey, serverKey } = this.#keys;
    const signed = `${this.#client.bare},${this.challenge},${unproved}`;
    const signature = hmac(storedKey, signed);
    const given = Buffer.from(proof, "base64");
    if (given.length !== signature.length) return undefined;
    const clientKey = Buffer.from(signature.map((byte, index) => byte ^ (given[index] ?? 0)));
    if (!timingSafeEqual(sha256(clientKey), storedKey)) return undefined;
    return `v=${hmac(serverKey, signed).toString("base64")}`;
  }
}
