/**
 * What names look like, whatever letters they consist of: people cannot tell two names with the same look apart (UTS
 * #39, 4, "skeleton"). Unicode's list of lookalikes comes from unhomoglyph.
 */
import unhomoglyph from "unhomoglyph";
import { visible } from "../../protocol/characters.ts";
import { leadingWord, nameKey, reserved } from "../../protocol/names.ts";

/**
 * The looks of a name: in lower case, and as written, because a capital I looks like a small l but a small i does not.
 * Both end up in lower case, so that ANNA and anna share one.
 */
export function looksOf(name: string): ReadonlySet<string> {
  const small = skeleton(nameKey(name));
  const written = skeleton(skeleton(name.normalize("NFKC")).toLowerCase());
  return new Set([small, written]);
}

/** What a text looks like, in letters that all its lookalikes share. */
export function skeleton(text: string): string {
  return unhomoglyph(visible(text).normalize("NFD")).normalize("NFD");
}

const reservedLooks = new Set([...reserved].flatMap((word) => [...looksOf(word)]));

/** Whether a name begins with something that looks like a word that programs use. */
export function looksReserved(name: string): boolean {
  return [...looksOf(name)].some((look) => reservedLooks.has(leadingWord(look)));
}

/** Whether a name consists of plain letters and digits, which look like nothing else at a second glance. */
export function isPlain(name: string): boolean {
  return /^[ -~]*$/.test(name);
}

/** Names by what they look like. */
export class Looks {
  /** Names by key, and keys by look. */
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
