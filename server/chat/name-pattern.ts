/**
 * Patterns of names: `*` stands for any characters, `?` for one, everything else for what looks like it, whatever its
 * case and accents. They are no regular expressions, so nobody can write a slow one.
 */
import { foldCharacter } from "../../protocol/fold.ts";
import { looksOf, skeleton } from "./looks.ts";

const any = Symbol("*");
const one = Symbol("?");
type Part = string | typeof any | typeof one;

/** How a character may look: in lower case and as written, because a capital I looks like a small l. */
const readings: readonly ((character: string) => string)[] = [
  (character) => skeleton(foldCharacter(character)),
  (character) => skeleton(foldCharacter(skeleton(character).toLowerCase())),
];

/** Characters whose readings are remembered: looking one up takes much longer than everything else that is done with it. */
const KNOWN_MAX = 5_000;
const known: readonly Map<string, string>[] = readings.map(() => new Map());

/** A name as rules see it, read once for all of them. */
export interface ReadName {
  name: string;
  looks: ReadonlySet<string>;
  /** In each reading. */
  signs: readonly { whole: readonly string[]; apart: readonly string[] }[];
}

export function readName(name: string): ReadName {
  const characters = [...name.normalize("NFKC")];
  const signs = readings.map((_, reading) => {
    const whole = characters.map((character) => readIn(reading, character)).filter((sign) => sign !== "");
    return { whole, apart: whole.flatMap((sign) => [...sign]) };
  });
  return { name, looks: looksOf(name), signs };
}

export class NamePattern {
  /** In each reading, the parts as typed, and with what looks like two letters as two: `m` like `rn`. */
  readonly #patterns: readonly { whole: readonly Part[]; apart: readonly Part[] }[];

  constructor(typed: string) {
    this.#patterns = readings.map((_, reading) => {
      const whole = [...typed.normalize("NFKC")].map((character): Part => {
        if (character === "*") return any;
        return character === "?" ? one : readIn(reading, character);
      });
      return { whole: whole.filter((part) => part !== ""), apart: whole.flatMap(apart) };
    });
  }

  matches({ signs }: ReadName): boolean {
    return this.#patterns.some((pattern, reading) => {
      const { whole, apart } = signs[reading] ?? noSigns;
      return fits(pattern.whole, whole) || fits(pattern.apart, apart);
    });
  }
}

const noSigns = { whole: [], apart: [] };

function readIn(reading: number, character: string): string {
  const read = known[reading]?.get(character);
  if (read !== undefined) return read;
  const sign = readings[reading]?.(character) ?? character;
  if ((known[reading]?.size ?? 0) >= KNOWN_MAX) known[reading]?.clear();
  known[reading]?.set(character, sign);
  return sign;
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
