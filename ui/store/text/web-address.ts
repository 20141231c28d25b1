/** Finds web addresses in a text: http and https only; other schemes stay text. It renders nothing. */
import { shownAddress, shownHost } from "./shown-host.ts";

export interface Address {
  /** As it is written. */
  text: string;
  href: string;
  /** What to show instead, when the written address is not the one that opens. */
  shown?: string;
}

/** Not in the middle of a word. */
export const addressStart = String.raw`(?<![a-z\d])https?:\/\/`;

/** Letters and digits of all scripts, emoji, word-internal marks that a host may have, `_` and `%41`. */
const host =
  /\[[\da-f:.]+\]|[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\p{Join_Control}\u00ad\u2060·・׳״._%-]+/iuy;

/** Characters that end a host only when a path follows. */
const hostTrail = /[\u00ad\u2060·・׳״._%\p{Join_Control}-]/u;

const topLevel = /^[\p{scx=Latn}\d][\p{scx=Latn}\d\u00ad\u2060_%-]*|^[\p{L}\p{M}\p{N}\p{Join_Control}_%-]+/u;

/** A user name before the host only serves to disguise where a link leads. */
const userName = /[^\s/?#\\\u0080-\uffff]*@/y;

const port = /:\d{1,5}(?!\d)/y;

/** Marks between the letters of words, and so of paths. At the end of a path they belong to the sentence. */
const insideWords = String.raw`·・–‐‑־’׳״་\p{Join_Control}`;

/**
 * What a path cannot contain: white space, invisible characters, quotation marks, angle brackets, and all non-ASCII
 * punctuation, because that follows an address without a space.
 */
const pathEnd = new RegExp(
  String.raw`[\s\p{Cc}\p{Cs}"<>\\${"`"}\u115f\u1160\u3164\uffa0[\p{Cf}--[\u{e0020}-\u{e007f}${insideWords}]][\p{P}--[\p{ASCII}${insideWords}]][[\uff01-\uff65]--[\p{L}\p{N}${insideWords}]]]`,
  "v",
);

/** Characters that end a sentence, open a bracket or mark words, and do not belong to the address before them. */
const proseEnd = new RegExp(String.raw`[.,;:!?'*_~\|\^\(\[\{${insideWords}]`, "v");

const closers: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/** A mark right before an address, which then also ends it. */
const before = /(?:\*{1,3}|~~|['‘|])$/;

/** The address at `index`; a string when it only begins like one. */
export function addressAt(text: string, index: number): Address | string {
  const hostStart = text.indexOf("//", index) + 2;
  const hostEnd = endOf(host, text, hostStart) ?? hostStart;
  const disguisedEnd = endOf(userName, text, hostEnd);
  if (disguisedEnd !== undefined) return text.slice(index, disguisedEnd);
  const length = hostLength(text.slice(hostStart, hostEnd), text[hostEnd]);
  if (length === 0) return text.slice(index, hostEnd);
  // Text that follows the host directly belongs to the surroundings.
  const isWhole = hostStart + length === hostEnd;
  const end = isWhole
    ? pathEndOf(text, endOf(port, text, hostEnd) ?? hostEnd, closerOf(text, index))
    : hostStart + length;
  const found = text.slice(index, end);
  return toAddress(found) ?? found;
}

/** Cuts a text without marks into its addresses and what is between them. */
export function withAddresses(text: string): (string | Address)[] {
  const parts: (string | Address)[] = [];
  let end = 0;
  for (const { index } of text.matchAll(new RegExp(addressStart, "gi"))) {
    const found = index < end ? "" : addressAt(text, index);
    if (typeof found === "string") continue;
    if (index > end) parts.push(text.slice(end, index));
    parts.push(found);
    end = index + found.text.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** Undefined for anything that is not a web address, or is disguised. */
export function toAddress(text: string): Address | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  const url = URL.parse(text);
  if (url?.username !== "" || url.password !== "") return undefined;
  const shown = shownAddress(text, url);
  return { text, href: url.href, ...(shown === text ? {} : { shown }) };
}

/** The host of an address, as it is shown. */
export function placeOf({ text, href }: Address): string {
  return shownHost(text, new URL(href));
}

function endOf(pattern: RegExp, text: string, index: number): number | undefined {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * How much of a candidate is a host. A top-level domain is either Latin or not: neither `comを` nor `com👍` is one.
 * @param next what follows the candidate
 */
function hostLength(candidate: string, next: string | undefined): number {
  if (candidate.startsWith("[")) return candidate.length;
  let end = candidate.length;
  while (hostTrail.test(candidate[end - 1] ?? "")) end--;
  const labelStart = candidate.lastIndexOf(".", end - 1) + 1;
  const [label = ""] = topLevel.exec(candidate.slice(labelStart, end)) ?? [];
  const length = labelStart + label.length;
  if (label === "") return 0;
  return length === end && next === "/" ? candidate.length : length;
}

/**
 * Where the path that begins at `start` ends, if there is one.
 * @param closer the counterpart of an opening mark before the address, which ends it
 */
function pathEndOf(text: string, start: number, closer: string | undefined): number {
  if (!/[/?#]/.test(text[start] ?? "")) return start;
  const expected: string[] = [];
  let end = start;
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (pathEnd.test(character) || (closer !== undefined && text.startsWith(closer, end))) break;
    if (/[)\]}]/.test(character) && expected.pop() !== character) break;
    const opened = closers[character];
    if (opened !== undefined) expected.push(opened);
    end += character.length;
  }
  while (proseEnd.test(text[end - 1] ?? "")) end--;
  return end;
}

function closerOf(text: string, index: number): string | undefined {
  const [opener] = before.exec(text.slice(Math.max(index - 3, 0), index)) ?? [];
  return opener === "‘" ? "’" : opener;
}
