/**
 * Which text may cross the wire, in any dialect: well-formed UTF-8, NFC, and nothing that could paint on somebody
 * else's terminal. It knows characters, not messages: who wrote a text and where it goes is not its concern.
 */
import { type Dropped, visible, withoutInvisible, withoutStacks } from "./characters.ts";
import { wireLimits } from "./limits.ts";

/**
 * ECMA-48 control sequences: CSI (`ESC [ … final`), OSC, DCS and the other strings up to their terminator, and the
 * two-byte escapes, each also with its 8-bit introducer. They are removed whole, so that an arrow key leaves no `[D`
 * behind.
 */
const controlSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

/** Line ends of every kind, including the Unicode separators. */
const lineEnding = /\r\n|[\n\r\u0085\u2028\u2029]/g;

/** A terminal that sends no line feed after Enter sends NUL (RFC 854), which nobody has typed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the character to remove
const filler = /\u0000/g;

/** C0 and C1 controls except tab and newline, and the characters that reorder their surroundings (UAX #9). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const forbidden = /[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

const mark = /\p{M}/u;
/** Marks without a letter would attach to what comes before the line, which is not the writer's. */
const markFirst = /^\p{M}+/gmu;
/** UTS #39, 5.4. */
const stackMax = { common: 4, own: 4 };

/** Decodes one whole line; undefined when it is not well-formed UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const strictDecoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

/** A text, and what was removed from it, if anything. */
export interface Cleaned {
  text: string;
  dropped?: readonly Dropped[];
}

/**
 * Makes `typed` safe to show anywhere: see the comment at the top. Newlines and tabs stay. The work is linear in its
 * length, which the caller has checked.
 */
export function clean(typed: string): Cleaned {
  const dropped: Dropped[] = [];
  const drop = (what: Dropped, before: string, after: string) => {
    if (after.length < before.length) dropped.push(what);
    return after;
  };
  const wellFormed = typed.toWellFormed().replace(filler, "");
  const lines = drop("controls", wellFormed, wellFormed.replace(controlSequence, "")).replace(lineEnding, "\n");
  const harmless = drop("controls", lines, lines.replace(forbidden, ""));
  const seen = drop("invisible", harmless, withoutInvisible(harmless));
  const stacked = mark.test(seen) ? withFewMarks(seen, drop) : seen;
  const text = trimmed(stacked.normalize("NFC"));
  return dropped.length > 0 ? { text, dropped: [...new Set(dropped)] } : { text };
}

/** A text as somebody typed it, or as cleaned already by whoever had to read it before. */
export type Typed = string | Cleaned;

/** The cleaned text, which is measured before anything is done with it; undefined when too much was typed. */
export function cleaned(typed: Typed): Cleaned | undefined {
  if (typeof typed !== "string") return typed;
  return typed.length > wireLimits.typedCharsMax ? undefined : clean(typed);
}

/**
 * What is left of a cleaned text whose beginning was cut off, cleaned as well: of that, what stood on the beginning, or
 * showed something only beside it, goes too.
 */
export function cleanedRest(rest: string): string {
  return trimmed(withoutInvisible(rest).replace(/^\p{M}+/u, ""));
}

/**
 * Marks are counted before normalizing, which takes quadratic time in the number of marks on one letter, and again once
 * letters are separate from the marks that they were composed with.
 */
function withFewMarks(text: string, drop: (what: Dropped, before: string, after: string) => string): string {
  const apart = drop("marks", text, withoutStacks(text.replace(markFirst, ""), stackMax)).normalize("NFD");
  return drop("marks", apart, withoutStacks(apart, stackMax));
}

/** Removes empty lines at the beginning and white space at the end. */
function trimmed(text: string): string {
  let start = 0;
  while (text[start] === "\n") start++;
  return text.slice(start).trimEnd();
}

/** The text alone, where nobody needs to be told what was removed. */
export function cleanText(typed: string): string {
  return clean(typed).text;
}

export type TextProblem = "empty" | "too-long" | "too-many-lines";

export type TextResult = ({ ok: true } & Cleaned) | { ok: false; problem: TextProblem };

/** Reads a message, or says why it cannot be one. */
export function readText(typed: Typed): TextResult {
  const read = cleaned(typed);
  if (!read) return { ok: false, problem: "too-long" };
  const problem = textProblem(read.text);
  return problem ? { ok: false, problem } : { ok: true, ...read };
}

/** Why a cleaned text cannot be a message; undefined when it can. */
export function textProblem(text: string): TextProblem | undefined {
  if (visible(text).trim() === "") return "empty";
  if (utf8Bytes(text) > wireLimits.textBytesMax) return "too-long";
  if (text.split("\n").length > wireLimits.textLinesMax) return "too-many-lines";
  return undefined;
}

/** The explanation of each problem, for programs and people alike. */
export const textProblemMessages: Record<TextProblem, string> = {
  empty: "the text is empty",
  "too-long": `the text is longer than ${wireLimits.textBytesMax} bytes; send it in parts`,
  "too-many-lines": `the text has more than ${wireLimits.textLinesMax} lines; send it in parts`,
};

/** The length of `text` in UTF-8, in bytes. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

/** Cuts `text` into parts of at most `bytesMax` UTF-8 bytes each, never inside a character. `bytesMax` is at least 4. */
export function splitByBytes(text: string, bytesMax: number): string[] {
  const bytes = encoder.encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + bytesMax, bytes.length);
    // A byte 0b10…… continues a character.
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    parts.push(decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  return parts;
}

/** Whether a text is one emoji and nothing else. */
export function isEmoji(text: string): boolean {
  return text.length <= wireLimits.emojiUnitsMax && /^\p{RGI_Emoji}$/v.test(text);
}

/**
 * Gives an emoji its one spelling: many keyboards send one without its variation selector (`❤`), or with the one for
 * text.
 */
export function asEmoji(text: string): string {
  if (text.length > wireLimits.emojiUnitsMax) return text;
  const bare = text.replace(/[\uFE0E\uFE0F]$/, "");
  return isEmoji(bare) ? bare : `${bare}\uFE0F`;
}

/** Splits off the first word of a line. The rest begins without white space. */
export function splitFirstWord(line: string): { word: string; rest: string } {
  const space = line.search(/\s/);
  return space === -1 ? { word: line, rest: "" } : { word: line.slice(0, space), rest: line.slice(space).trimStart() };
}
