/**
 * How long lines appear on a terminal of 80 columns. Such a terminal wraps them, and with the right padding somebody
 * could make the next row begin like another person's line, or the server's. There the line is cut, and the continued
 * row gets a mark. What the lines say is not its concern.
 */
import { eastAsianWidth } from "get-east-asian-width";

const COLUMNS = 80;
const TAB_COLUMNS = 8;

/** What a continued row begins with. No name and no other line begins like this. */
const continued = "… ";

/**
 * The beginning of a line from the server or from a person: a name and its colon. The colon of an address does not
 * count.
 */
const headLike = /[*~…] |\[|[\p{L}\p{N}\p{So}][^:\n]{0,40}:(?!\/\/)/uy;
/** Vowels and finals of Korean syllables appear in the preceding letter; signs written around numbers take a column. */
const nothingWide =
  /[\p{Mn}\p{Me}[\p{Cf}--[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]\u1160-\u11ff\ud7b0-\ud7ff]/v;
const looksLikeEmoji = "\ufe0f";
const joiner = "\u200d";

/**
 * Finds where a line must be cut because the next row would look like a separate line.
 * @param headColumns the width of what the continued part has in front
 */
export function cutsOf(line: string, headColumns: number): number[] {
  const cuts: number[] = [];
  let index = 0;
  let column = 0;
  let before = "";
  for (const character of line) {
    let columns = columnsOf(character, before, column);
    if (column + columns > COLUMNS) {
      column = 0;
      if (beginsLikeHead(line, index)) {
        cuts.push(index);
        column = headColumns;
      }
      columns = columnsOf(character, before, column);
    }
    column += columns;
    index += character.length;
    before = character;
  }
  return cuts;
}

/** The columns that a text takes at the beginning of a row. */
export function columnsIn(text: string): number {
  let column = 0;
  let before = "";
  for (const character of text) {
    column += columnsOf(character, before, column);
    before = character;
  }
  return column;
}

/** A line as its rows, each continued one with the mark. */
export function rows(line: string): string[] {
  return piecesOf(line, cutsOf(line, columnsIn(continued))).map((piece, index) =>
    index === 0 ? piece : continued + piece,
  );
}

export function piecesOf(line: string, cuts: readonly number[]): string[] {
  return [0, ...cuts].map((from, index) => line.slice(from, cuts[index]));
}

function beginsLikeHead(line: string, index: number): boolean {
  headLike.lastIndex = index;
  return headLike.test(line);
}

/** As many columns as `wcwidth` counts. @param before the character before it */
function columnsOf(character: string, before: string, column: number): number {
  // A tab goes no further than the last column.
  if (character === "\t") return Math.min(TAB_COLUMNS - (column % TAB_COLUMNS), Math.max(COLUMNS - 1 - column, 0));
  if (character < "\u007f") return 1;
  if (character === looksLikeEmoji) return eastAsianWidth(before.codePointAt(0) ?? 0) === 1 ? 1 : 0;
  if (before === joiner || nothingWide.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
