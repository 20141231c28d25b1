/**
 * What names look like, whatever letters they are made of: two names that share a look cannot be told apart by people
 * (UTS #39, 4, "skeleton"). Which letters look alike is Unicode's list, from unhomoglyph.
 */
import unhomoglyph from "unhomoglyph";
import { visible } from "../../protocol/characters.ts";
import { leadingWord, nameKey, reserved } from "../../protocol/names.ts";

/**
 * The looks of a name: in small letters, and as it is written, for a capital I is like a small l but a small i is not.
 * Both in small letters in the end, so that who is called ANNA and who is called anna share one.
 */
export function looksOf(name: string): ReadonlySet<string> {
  const small = skeleton(nameKey(name));
  const written = skeleton(skeleton(name.normalize("NFKC")).toLowerCase());
  return new Set([small, written]);
}

function skeleton(text: string): string {
  return unhomoglyph(visible(text).normalize("NFD")).normalize("NFD");
}

const reservedLooks = new Set([...reserved].flatMap((word) => [...looksOf(word)]));

/** Whether a name begins with what looks like a word by which programs speak. */
export function looksReserved(name: string): boolean {
  return [...looksOf(name)].some((look) => reservedLooks.has(leadingWord(look)));
}

/** Whether a name is of plain letters and digits: it is what it looks like, if one looks twice. */
export function isPlain(name: string): boolean {
  return /^[ -~]*$/.test(name);
}

/** Names by what they look like. */
export class Looks {
  /** Names by their keys, and the keys by each look. */
  readonly #names = new Map<string, string>();
  readonly #keys = new Map<string, Set<string>>();

  add(name: string): void {
    const key = nameKey(name);
    this.delete(key);
    this.#names.set(key, name);
    for (const look of looksOf(name)) {
      const keys = this.#keys.get(look) ?? new Set();
      this.#keys.set(look, keys.add(key));
    }
  }

  delete(key: string): void {
    const name = this.#names.get(key);
    if (name === undefined) return;
    this.#names.delete(key);
    for (const look of looksOf(name)) {
      const keys = this.#keys.get(look);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(look);
    }
  }

  /** Other names that look like this one, with their keys. */
  like(name: string): { key: string; name: string }[] {
    const own = nameKey(name);
    const keys = new Set([...looksOf(name)].flatMap((look) => [...(this.#keys.get(look) ?? [])]));
    keys.delete(own);
    return [...keys].map((key) => ({ key, name: this.#names.get(key) ?? key }));
  }
}
