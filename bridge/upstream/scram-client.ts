/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677), the client's side: proves to a server that somebody knows a password, without
 * sending it, and learns whether the server knows it too. There is no channel binding.
 */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { preparedPassword } from "../../protocol/password.ts";

const derive = promisify(pbkdf2);
const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** What a server may ask for: fewer would make guessing easy (RFC 7677), more would keep the computer busy. */
export const scramIterationsMin = 4_096;
export const scramIterationsMax = 1_000_000;

const hashBytes = 32;
/** No channel binding, no other name to act for. */
const header = "n,,";

export class ScramClient {
  readonly #password: string;
  readonly #nonce: string;
  readonly #bare: string;
  #expected: Buffer | undefined;

  /** @param nonce printable, without a comma */
  constructor(name: string, password: string, nonce = randomBytes(18).toString("base64")) {
    this.#password = preparedPassword(password);
    this.#nonce = nonce;
    this.#bare = `n=${name.replaceAll("=", "=3D").replaceAll(",", "=2C")},r=${nonce}`;
  }

  get first(): string {
    return encode(header + this.#bare);
  }

  /** @returns the second message; undefined when the server's first one cannot be answered */
  async answer(data: string): Promise<string | undefined> {
    const challenge = Buffer.from(data, "base64").toString("utf8");
    const [, nonce = "", salt = "", count] = /^r=([!-+\--~]+),s=([\w+/=]+),i=(\d{1,9})(?:,|$)/.exec(challenge) ?? [];
    const iterations = Number(count);
    const isOurs = nonce.startsWith(this.#nonce) && nonce.length > this.#nonce.length;
    if (!isOurs || !(iterations >= scramIterationsMin && iterations <= scramIterationsMax)) return undefined;
    const salted = await derive(this.#password, Buffer.from(salt, "base64"), iterations, hashBytes, "sha256");
    const unproved = `c=${encode(header)},r=${nonce}`;
    const signed = `${this.#bare},${challenge},${unproved}`;
    const clientKey = hmac(salted, "Client Key");
    const signature = hmac(createHash("sha256").update(clientKey).digest(), signed);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
    this.#expected = hmac(hmac(salted, "Server Key"), signed);
    return encode(`${unproved},p=${proof.toString("base64")}`);
  }

  /** Whether the server's last message shows that it knows the password's keys: otherwise it is somebody else. */
  isProvedBy(data: string): boolean {
    const [, proof = ""] = /^v=([\w+/=]+)(?:,|$)/.exec(Buffer.from(data, "base64").toString("utf8")) ?? [];
    const given = Buffer.from(proof, "base64");
    const expected = this.#expected;
    return expected !== undefined && given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function encode(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
