/**
 * What text may cross the wire, for every dialect: well-formed UTF-8, NFC, and nothing that could paint on
 * another person's terminal. It knows characters, not messages: who wrote a text and where it goes is not its concern.
 */
import { wireLimits } from "./limits.ts";

/**
 * ECMA-48 control sequences: CSI (`ESC [ … final`), OSC, DCS and the other strings up to their terminator, and the
 * two-byte escapes; each also with its 8-bit introducer. Taken out whole, so that an arrow key leaves no `[D` behind.
 */
const controlSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

/** Line endings of every kind, the Unicode separators among them. */
const lineEnding = /\r\n|[\n\r\u0085\u2028\u2029]/g;

/** C0 and C1 controls but tab and newline, and the characters that reorder what surrounds them (UAX #9). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

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

/** Returns `text` fit to be shown anywhere: see this file's first comment. Newlines and tabs stay. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(controlSequence, "")
    .replace(lineEnding, "\n")
    .replace(forbidden, "")
    .normalize("NFC")
    .replace(/^\n+|\s+$/g, "");
}

/** White space and what else shows nothing; U+2800 is an empty Braille cell. */
const invisible = /[\s\p{Default_Ignorable_Code_Point}\u2800]/gu;

export type TextProblem = "empty" | "too-long" | "too-many-lines";

/** Says why a cleaned text cannot be a message; undefined when it can. */
export function textProblem(text: string): TextProblem | undefined {
  if (text.replace(invisible, "") === "") return "empty";
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
    // 0b10…… continues a character.
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    parts.push(decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  return parts;
}

/** Whether a text is one emoji and nothing else. */
export function isEmoji(text: string): boolean {
  return /^\p{RGI_Emoji}$/v.test(text);
}

/** Many keyboards send an emoji without saying that it is to look like one (`❤`), or that it is not: as it is to look. */
export function asEmoji(text: string): string {
  const bare = text.replace(/[\uFE0E\uFE0F]$/, "");
  return isEmoji(bare) ? bare : `${bare}\uFE0F`;
}
