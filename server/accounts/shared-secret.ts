/** A secret that many people know, compared in a time that does not tell how much of it somebody has right. */
import { createHash, timingSafeEqual } from "node:crypto";

export class SharedSecret {
  readonly #digest: Buffer;

  constructor(secret: string) {
    this.#digest = digestOf(secret);
  }

  fits(typed: string): boolean {
    return timingSafeEqual(digestOf(typed), this.#digest);
  }
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
