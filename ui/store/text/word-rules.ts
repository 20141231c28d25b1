/**
 * Where words begin and end, by the rules of Unicode (UAX 29), and where a name next to other letters counts as a
 * separate name.
 */

const letter = /[\p{L}\p{M}\p{N}\p{Pc}\p{Join_Control}]/u;

/** Scripts that write words without spaces, or attach endings to them. */
const unspaced =
  /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;

/** Between two letters these join them into one word, name or address: `Ann-Marie`, `i'm`, `ann@example.org`. */
const joiner = /[-‐‑.'’·@＠]/;

const at = /[@＠]/;

const possessive = /['’]s(?![\p{L}\p{M}\p{N}])/uy;

/** Whether two adjacent characters belong to one word. */
function areJoined(one: string, next: string): boolean {
  return letter.test(one) && letter.test(next) && !unspaced.test(one) && !unspaced.test(next);
}

/** Whether the word ending at `index` continues there. */
export function goesOnAt(text: string, index: number): boolean {
  const [last, next] = [before(text, index), after(text, index)];
  if (!joiner.test(next)) return areJoined(last, next);
  return areJoined(last, after(text, index + 1)) && !isPossessive(text, index);
}

/** Whether the word beginning at `index` started earlier. */
export function beganBefore(text: string, index: number): boolean {
  const [last, next] = [before(text, index), after(text, index)];
  if (at.test(last)) return true;
  return joiner.test(last) ? areJoined(before(text, index - 1), next) : areJoined(last, next);
}

/** Whether an @ at `index` is inside a word, as in an email address. */
export function isInWord(text: string, index: number): boolean {
  const last = before(text, index);
  return at.test(last) || areJoined(last, "a");
}

export function isPossessive(text: string, index: number): boolean {
  possessive.lastIndex = index;
  return possessive.test(text);
}

const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/**
 * All positions where a word, or the space between words, begins or ends; uses a dictionary for scripts without spaces.
 */
export function wordBounds(text: string): Set<number> {
  const bounds = new Set([text.length]);
  for (const { index } of segmenter.segment(text)) bounds.add(index);
  return bounds;
}

function after(text: string, index: number): string {
  const point = text.codePointAt(index);
  return point === undefined ? "" : String.fromCodePoint(point);
}

function before(text: string, index: number): string {
  if (index <= 0) return "";
  const isPair =
    index > 1 && /[\ud800-\udbff]/.test(text[index - 2] ?? "") && /[\udc00-\udfff]/.test(text[index - 1] ?? "");
  return after(text, index - (isPair ? 2 : 1));
}
