/**
 * Which characters count as the same in a search: case, accents, width, compatibility forms, digits of other scripts.
 * It handles single characters; where words begin and end is decided in `words.ts`.
 */

/**
 * Marks that most writers leave out: accents, Hebrew points, Arabic vowel signs. In other scripts, marks are letters:
 * without vowel signs, Hindi and Thai words would be different words. Kana with a voiced sound mark are letters, too.
 */
const optionalMark =
  /[[\p{M}&&[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Copt}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Samr}\p{sc=Ethi}]]--[\u3099\u309a]]/gv;

/**
 * Invisible characters, the Arabic letter that only lengthens a word, the dots between Tibetan syllables, and the dot
 * that adapts an Indian letter to a foreign sound (nukta), which many people leave out.
 */
const idle =
  /[\p{Default_Ignorable_Code_Point}\u0640\u0f0b\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc\u{110ba}\u{11173}\u{1133c}\u{114c3}]/gu;

/**
 * Letters that differ only in their code: those that the Unicode Collation Algorithm distinguishes at its second level
 * only, final forms, what keyboards of neighbouring languages type for the same Arabic letter, final letters of
 * Malayalam and Bengali that older programs write as two, and letter-like apostrophes, for which others type plain
 * ones.
 */
const twins: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h" },
    // In Unicode the space of Braille is a symbol, as are its letters.
    "\u2800": " ",
    ς: "σ",
    ...{ ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ", װ: "וו", ױ: "וי", ײ: "יי" },
    ...{ ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ڪ: "ك", ة: "ه", ہ: "ه", ھ: "ه", ۃ: "ه" },
    ...{ ൺ: "ണ്", ൻ: "ന്", ർ: "ര്", ൽ: "ല്", ൾ: "ള്", ൿ: "ക്", ৎ: "ত্" },
    ...{ "\u02b9": "'", "\u02bb": "'", "\u02bc": "'", "\u02bd": "'", "\u02be": "'", "\u02bf": "'" },
  }),
);

/** Conjoining jamo stay separate, so that the typed part of a syllable matches its beginning. */
const jamo = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/;

/** A text in the form in which it is compared. */
export function foldText(text: string): string {
  return Array.from(text, foldCharacter).join("");
}

/** @returns what a character is compared as: nothing, or one or more characters, which fold to themselves */
export function foldCharacter(character: string): string {
  const bare = character.normalize("NFKD").replace(optionalMark, "").replace(idle, "");
  // Only upper-casing shows that ß is two letters and that ı is an i.
  const uncased = bare.toLowerCase().toUpperCase().toLowerCase();
  const folded = Array.from(uncased, (letter) => twins.get(letter) ?? asHiragana(letter) ?? asDigit(letter) ?? letter);
  const joined = folded.join("");
  return jamo.test(joined) ? joined : joined.normalize("NFC");
}

/** Katakana are in the same order as hiragana. */
function asHiragana(letter: string): string | undefined {
  return /[\u30a1-\u30f6\u30fd\u30fe]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) - 0x60) : undefined;
}

const digit = /\p{Nd}/u;

/** The digits of a script are consecutive, 0 to 9, and several scripts may follow each other. */
function asDigit(letter: string): string | undefined {
  if (!digit.test(letter)) return undefined;
  const code = letter.codePointAt(0) ?? 0;
  let zero = code;
  while (digit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
