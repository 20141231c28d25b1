/**
 * Recognises old clients that sign their texts: they never give a name by itself, but send each text as `name: text`.
 * It knows only texts; what a valid name is is not its concern.
 */

import { cleanedRest } from "../../protocol/text.ts";

/** Characters of a possible signature: more than any name has. */
const signatureCharsMax = 128;

export interface SignedText {
  name: string;
  text: string;
}

export class Signature {
  #seen: string | undefined;
  #name: string | undefined;

  /** Looks at what was given as a name. @returns its parts when it is the second in a row with the same signature */
  recognize(typed: string): SignedText | undefined {
    const end = typed.slice(0, signatureCharsMax).indexOf(": ");
    const name = end > 0 ? typed.slice(0, end) : undefined;
    const isHabit = name !== undefined && name === this.#seen;
    this.#seen = name;
    this.#name = isHabit ? name : undefined;
    return isHabit ? { name, text: this.without(typed) } : undefined;
  }

  /** A cleaned text without its signature, if that was recognised. */
  without(typed: string): string {
    const prefix = `${this.#name}: `;
    return this.#name !== undefined && typed.startsWith(prefix) ? cleanedRest(typed.slice(prefix.length)) : typed;
  }
}
