/**
 * How a text is cut into what can be searched for, the same for stored and typed text, in linear time.
 *
 * A word is a run of letters, marks and digits, or one emoji or other symbol. In scripts that put spaces between words,
 * it is one token. Where they do not (Chinese, Japanese, Thai, Khmer, …), only a dictionary could tell where a word
 * begins, and might decide differently in another sentence. There, each character is a token together with the one
 * after it, so that any part of the text can be found.
 */
import { foldCharacter } from "./fold.ts";
import { signsRememberedMax } from "./limits.ts";

/** A part of a text: its position, and what it is compared as. */
interface Part {
  text: string;
  start: number;
  end: number;
}

export interface Token extends Part {
  /** It is compared with the character after it, which has its own token. `end` is the end of the first one. */
  isPair: boolean;
}

/** A word to search for: consecutive tokens, of which the last may be just the beginning of one in the text. */
export interface Phrase {
  tokens: readonly string[];
  /** How many tokens of the text it takes up. */
  length: number;
}

/**
 * Flags, keycaps, and pictographs with their variation selectors, the letters that turn a flag into a region's, and
 * pictographs joined to them: wider than UTS #51, to allow for future emoji.
 */
const emoji =
  /\p{Regional_Indicator}{1,2}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:[\ufe0e\ufe0f\p{Emoji_Modifier}\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*|\p{Emoji_Modifier}/gu;
/** The appearance of an emoji does not count: skin tone, colour or not. */
const looks = /(?<=.)[\ufe0e\ufe0f\p{Emoji_Modifier}]/gu;

/** In Unicode, Braille letters are symbols; U+2800 is their space. */
const inWord = /[\p{L}\p{N}\u2801-\u28ff]/u;
const mark = /\p{M}/u;
const symbol = /\p{So}/u;

/** Scripts without spaces between words: UAX #14 breaks their lines between any two letters, or by a dictionary. */
const unspacedScripts = [
  ...["Hani", "Hira", "Kana", "Bopo", "Yiii", "Tang", "Nshu", "Kits"],
  ...["Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Tale", "Talu", "Lana", "Tavt", "Ahom", "Java", "Bali"],
];
const unspaced = new RegExp(`[${unspacedScripts.map((script) => `\\p{scx=${script}}`).join("")}]`, "u");

/** A run of letters in scripts with spaces, or one character of the others, with its marks. */
interface Fragment extends Part {
  isCharacter: boolean;
}

type Word = readonly Fragment[];

/** The words of a text, folded. Each of them, cut again, stays the same word. */
export function wordsOf(text: string): string[] {
  return split(text).map((word) => word.map((piece) => piece.text).join(""));
}

/** What can be found in a text. */
export function tokensOf(text: string): Token[] {
  return split(text).flatMap((word) =>
    word.map(({ text, start, end, isCharacter }, index) => {
      const next = word[index + 1];
      const isPair = isCharacter && next?.isCharacter === true;
      return { text: isPair ? text + next.text : text, start, end, isPair };
    }),
  );
}

/** @param word one of `wordsOf` */
export function phraseOf(word: string): Phrase {
  const tokens = tokensOf(word);
  // The last character is part of the pair before it; in the text, another one may follow it.
  const told = tokens.at(-2)?.isPair ? tokens.slice(0, -1) : tokens;
  return { tokens: told.map(({ text }) => text), length: tokens.length };
}

/** Where a phrase occurs in a text: the positions of its first tokens. */
export function findPhrase(tokens: readonly Token[], { tokens: wanted }: Phrase): number[] {
  const last = wanted.length - 1;
  return [...tokens.keys()].filter((place) =>
    wanted.every((text, index) => {
      const token = tokens[place + index]?.text;
      return index === last ? token?.startsWith(text) : token === text;
    }),
  );
}

function split(text: string): Word[] {
  const words = new WordCollector();
  let end = 0;
  for (const { index, 0: found } of text.matchAll(emoji)) {
    addLetters(words, text.slice(end, index), end);
    end = index + found.length;
    words.addSymbol({ text: found.replace(looks, ""), start: index, end });
  }
  addLetters(words, text.slice(end), end);
  return words.all;
}

function addLetters(words: WordCollector, text: string, from: number): void {
  let start = from;
  for (const character of text) {
    const end = start + character.length;
    const signs = signsOf(character);
    if (signs.length === 0) words.extend(end);
    for (const { text, kind } of signs) {
      if (kind === "gap") words.endWord();
      else if (kind === "symbol") words.addSymbol({ text, start, end });
      else words.addLetters({ text, start, end }, kind);
    }
    start = end;
  }
  words.endWord();
}

/**
 * What a character is made of: letters of scripts with spaces, one letter of the others, a mark, a symbol, or none of
 * these.
 */
interface Sign {
  text: string;
  kind: "letters" | "character" | "mark" | "symbol" | "gap";
}

/** A cache is ten times faster: most texts use a few hundred different characters. */
const remembered = new Map<string, readonly Sign[]>();

function signsOf(character: string): readonly Sign[] {
  const known = remembered.get(character);
  if (known) return known;
  const signs: Sign[] = [];
  for (const text of foldCharacter(character)) {
    const kind = kindOf(text);
    const last = signs.at(-1);
    // Some characters stand for whole words.
    if (last?.kind === kind && kind === "letters") last.text += text;
    else signs.push({ text, kind });
  }
  if (remembered.size >= signsRememberedMax) remembered.clear();
  remembered.set(character, signs);
  return signs;
}

function kindOf(text: string): Sign["kind"] {
  if (mark.test(text)) return "mark";
  if (inWord.test(text)) return unspaced.test(text) ? "character" : "letters";
  return symbol.test(text) ? "symbol" : "gap";
}

/** Collects characters into words. */
class WordCollector {
  readonly all: Fragment[][] = [];
  #current: Fragment[] | undefined;

  addLetters({ text, start, end }: Part, kind: "letters" | "character" | "mark"): void {
    const last = this.#current?.at(-1);
    if (last && (kind === "mark" || (kind === "letters" && !last.isCharacter))) {
      last.text = isVoiced(last.text, text) ? (last.text + text).normalize("NFC") : last.text + text;
      last.end = end;
      return;
    }
    if (!this.#current) {
      this.#current = [];
      this.all.push(this.#current);
    }
    this.#current.push({ text, start, end, isCharacter: kind === "character" });
  }

  addSymbol(part: Part): void {
    this.all.push([{ ...part, isCharacter: false }]);
    this.endWord();
  }

  /** Invisible characters belong to the letter before them. */
  extend(end: number): void {
    const last = this.#current?.at(-1);
    if (last) last.end = end;
  }

  endWord(): void {
    this.#current = undefined;
  }
}

/** Half-width kana have their voiced sound mark as a separate character. */
function isVoiced(letter: string, mark: string): boolean {
  return letter.length === 1 && (mark === "\u3099" || mark === "\u309a");
}
