/**
 * Patterns of names: `*` stands for any characters, `?` for one, everything else for what looks like it, whatever its
 * case and accents. They are no regular expressions, so nobody can write a slow one.
 */
import { foldCharacter } from "../../protocol/fold.ts";
import { skeleton } from "./looks.ts";

const any = Symbol("*");
const one = Symbol("?");
type Part = string | typeof any | typeof one;

/** How a character may look: in lower case and as written, because a capital I looks like a small l. */
const readings: readonly ((character: string) => string)[] = [
  (character) => skeleton(foldCharacter(character)),
  (character) => skeleton(foldCharacter(skeleton(character).toLowerCase())),
];

export class NamePattern {
  /** In each reading, the parts as typed, and with what looks like two letters as two: `m` like `rn`. */
  readonly #patterns: readonly { whole: readonly Part[]; apart: readonly Part[] }[];

  constructor(typed: string) {
    this.#patterns = readings.map((read) => {
      const whole = [...typed.normalize("NFKC")].map((character): Part => {
        if (character === "*") return any;
        return character === "?" ? one : read(character);
      });
      return { whole: whole.filter((part) => part !== ""), apart: whole.flatMap(apart) };
    });
  }

  matches(name: string): boolean {
    return this.#patterns.some((pattern, index) => {
      const whole = [...name.normalize("NFKC")].map(readings[index] ?? String).filter((sign) => sign !== "");
      return fits(pattern.whole, whole) || fits(pattern.apart, whole.flatMap(apart) as string[]);
    });
  }
}

function apart(part: Part): readonly Part[] {
  return typeof part === "string" ? [...part] : [part];
}

/** Goes back only to the last `*`, so it takes at most the product of both lengths, which are bounded. */
function fits(parts: readonly Part[], signs: readonly string[]): boolean {
  let part = 0;
  let sign = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (sign < signs.length) {
    if (parts[part] === any) {
      lastAny = part++;
      resumeAt = sign;
    } else if (part < parts.length && (parts[part] === one || parts[part] === signs[sign])) {
      part++;
      sign++;
    } else {
      if (lastAny === -1) return false;
      part = lastAny + 1;
      sign = ++resumeAt;
    }
  }
  return parts.slice(part).every((left) => left === any);
}
