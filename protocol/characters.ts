/**
 * Which characters are visible in their context, and how many marks a letter may have, by Unicode's own rules, for
 * names and texts alike. Callers bound the length of what they pass in; the work is linear in it.
 */

/** What was removed from what somebody typed. */
export type Dropped = "controls" | "invisible" | "marks";

/** Characters that are invisible by themselves. U+2800 is an empty Braille cell. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u2800]/u;

/** ccc=9 in UnicodeData.txt: these suppress the vowel of the preceding consonant and join it to the next one. */
const virama = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e3a\u0eba\u0f84\u1039\u103a\u1714\u1734\u17d2\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\u2d7f\ua806\ua8c4\ua953\ua9c0\uaaf6\uabed\u{10a3f}\u{11046}\u{1107f}\u{110b9}\u{11133}\u{11134}\u{111c0}\u{11235}\u{112ea}\u{1134d}\u{11442}\u{114c2}\u{115bf}\u{1163f}\u{116b6}\u{1172b}\u{11839}\u{1193d}\u{1193e}\u{119e0}\u{11a34}\u{11a47}\u{11a99}\u{11c3f}\u{11d44}\u{11d45}\u{11d97}]`;
/** Letters whose form depends on their neighbours. */
const cursive = String.raw`[[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Phag}]&&\p{L}]`;
/** Those that join only to the letter before them: a non-joiner after one has no visible effect. */
const endsJoin = String.raw`[\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef]`;
/** Scripts that write no spaces between words. */
const unspaced = String.raw`[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]`;
const picture = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}?[\ufe0e\ufe0f]?`;

/**
 * Characters that are invisible by themselves but have a visible effect in the right place (UAX #31, 2.3; UTS #51,
 * 1.4.9).
 */
const inPlace = [
  // Emoji: the flags of England, Scotland and Wales, families and other sequences, keycaps.
  String.raw`\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
  String.raw`${picture}(?:\u200d${picture})*`,
  String.raw`[0-9#*]\ufe0f\u20e3`,
  // Joiners between letters that can join.
  String.raw`(?<=[${cursive}--${endsJoin}]\p{M}{0,4})\u200c(?=${cursive})|(?<=${cursive}\p{M}{0,4})\u200d|\u200d(?=${cursive})`,
  String.raw`(?<=${virama})\u200c(?=\p{L})|(?<=${virama})\u200d|\u200d(?=${virama})`,
  // Variants of ideographs, and of Mongolian and Burmese letters.
  String.raw`(?<=\p{scx=Hani})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=\p{scx=Mymr})\ufe00`,
  String.raw`(?<=\p{scx=Mong})[\u180b-\u180f]`,
  // Half of a Korean syllable.
  String.raw`\u115f(?=[\u1160-\u11a7])|(?<=[\u1100-\u115f])\u1160`,
  String.raw`(?<=${unspaced})\u200b(?=${unspaced})`,
].join("|");
const anyInvisible = new RegExp(String.raw`(${inPlace})|\p{Default_Ignorable_Code_Point}`, "gv");

/** In Braille text, and in drawings made of Braille, empty cells are the spaces. */
const emptyCell = "\u2800";
const brailleLetter = /[\u2801-\u28ff]/;

/** These set the direction of neutral characters. In a text without right-to-left letters they have no effect. */
const directionMark = /^[\u061c\u200e\u200f]$/;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Removes characters that are invisible in their context. */
export function withoutInvisible(text: string): string {
  if (!invisible.test(text)) return text;
  const hasDirections = rightToLeft.test(text);
  const lines = text.split("\n");
  return lines
    .map((line) => (brailleLetter.test(line) ? line : line.replaceAll(emptyCell, "")))
    .join("\n")
    .replace(anyInvisible, (found, kept) =>
      kept !== undefined || (hasDirections && directionMark.test(found)) ? found : "",
    );
}

/** Removes every invisible character, in any context, for comparisons. */
export function visible(text: string): string {
  return invisible.test(text) ? text.replace(allInvisible, "") : text;
}

const allInvisible = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Marks above, below or around a character, with that character. */
const stack = /(.?)([\p{Mn}\p{Me}]{2,})/gsu;
/** Marks for any letter, in alphabets that need few; every other script has its own. */
const common =
  /[[\p{sc=Zinh}\p{sc=Zyyy}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]--[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Hira}]]/v;
const takesFew = /[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Zyyy}\p{sc=Zinh}]/u;
const tibetan = /\p{sc=Tibt}/u;

/** How many marks a letter may have: common ones, and those of its own script. UTS #39, 5.4, says four. */
export interface StackMax {
  common: number;
  own: number;
}
/** Tibetan writes whole syllables as one stack. */
const tibetanMax = 8;

/** Leaves at most that many marks on each letter, and none twice in a row. */
export function withoutStacks(text: string, max: StackMax): string {
  return text.replace(stack, (_, base: string, marks: string) => {
    const counts = { common: 0, own: 0 };
    let last = "";
    let kept = "";
    for (const mark of marks) {
      const isCommon = common.test(mark) || takesFew.test(base);
      const isOver = isCommon
        ? ++counts.common > max.common
        : ++counts.own > (tibetan.test(mark) ? Math.max(tibetanMax, max.own) : max.own);
      if (!isOver && mark !== last) kept += mark;
      last = mark;
    }
    return base + kept;
  });
}
