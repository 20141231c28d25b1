/**
 * Parses the marks that people write into a text as a tree: emphasis, code, links, quotes and lists. It keeps the
 * marks, so that nothing of the text is lost, and renders nothing. What is not clearly a mark stays text, as chats are
 * full of asterisks and underscores. The work is linear in the length of the text, whatever the text.
 */
import { addressAt, addressStart, placeOf, toAddress } from "./web-address.ts";

/** `before` and `after` are the marks around what is shown. */
export type Inline =
  | string
  | { kind: "strong" | "em" | "strong em" | "strike"; before: string; parts: readonly Inline[]; after: string }
  | { kind: "code"; before: string; text: string; after: string }
  | Link;

export interface Link {
  kind: "link";
  before: string;
  text: string;
  after: string;
  href: string;
  /** What to show instead of the text, when the text would suggest another place. */
  shown?: string;
  /** Where the link leads, for the reader; absent when the text says so itself. */
  place?: string;
}

export interface MarkedLine {
  before: string;
  parts: readonly Inline[];
}

/** Each stands on lines of its own. */
export type Block =
  | { kind: "text"; parts: readonly Inline[] }
  | { kind: "code"; before: string; text: string; after: string }
  | { kind: "quote"; lines: readonly MarkedLine[] }
  /** `start`: the first number; absent in a list without numbers. */
  | { kind: "list"; start?: number; lines: readonly MarkedLine[] };

const fence = /^```[\w+#.-]*\s*$/;
const fenceEnd = /^```\s*$/;
const quote = /^>(?: |$)/;
const bullet = /^[-*] (?=\S)/;
const number = /^\d{1,3}[.)] (?=\S)/;
/** An indented line continues the item above it. */
const further = /^ {2,}\S/;

export function parseBlocks(text: string): Block[] {
  const lines = text.split("\n");
  const lastFenceEnd = lines.findLastIndex((line) => fenceEnd.test(line));
  const blocks: Block[] = [];
  let plain: string[] = [];
  const endText = () => {
    if (plain.length > 0) blocks.push({ kind: "text", parts: parseLines(plain) });
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const found = (at < lastFenceEnd ? code(lines, at) : undefined) ?? quoted(lines, at) ?? list(lines, at);
    if (found) {
      endText();
      blocks.push(found.block);
      at = found.end;
    } else plain.push(lines[at++] ?? "");
  }
  endText();
  return blocks;
}

/** The text without its marks, on one line, for excerpts. */
export function plainText(text: string): string {
  const plain = (parts: readonly Inline[]): string => parts.map((part) => plainPart(part)).join("");
  const plainPart = (part: Inline): string => {
    if (typeof part === "string") return part;
    if ("parts" in part) return plain(part.parts);
    if (part.kind === "code") return part.text;
    return part.place === undefined ? (part.shown ?? part.text) : `${part.text} (${part.place})`;
  };
  const plainBlock = (block: Block): string => {
    if (block.kind === "text") return plain(block.parts);
    if (block.kind === "code") return block.text;
    return block.lines.map(({ before, parts }) => (block.kind === "list" ? before : "") + plain(parts)).join("\n");
  };
  return parseBlocks(text).map(plainBlock).join("\n");
}

/** The parts that are neither code nor links, in order. */
export function wordsOf(blocks: readonly Block[]): string[] {
  const words = (parts: readonly Inline[]): string[] =>
    parts.flatMap((part) => (typeof part === "string" ? part : "parts" in part ? words(part.parts) : []));
  return blocks.flatMap((block) => {
    if (block.kind === "code") return [];
    return block.kind === "text" ? words(block.parts) : block.lines.flatMap(({ parts }) => words(parts));
  });
}

interface Found {
  block: Block;
  /** The line after it. */
  end: number;
}

/** The caller has made sure that some line after it closes it. */
function code(lines: readonly string[], at: number): Found | undefined {
  if (!fence.test(lines[at] ?? "")) return undefined;
  let end = at + 1;
  while (!fenceEnd.test(lines[end] ?? "")) end++;
  const text = lines.slice(at + 1, end).join("\n");
  if (text.trim() === "") return undefined;
  return { block: { kind: "code", before: `${lines[at]}\n`, text, after: `\n${lines[end]}` }, end: end + 1 };
}

function quoted(lines: readonly string[], at: number): Found | undefined {
  let end = at;
  while (end < lines.length && quote.test(lines[end] ?? "")) end++;
  if (end === at) return undefined;
  const marked = lines.slice(at, end).map((line) => markedLine(quote, line, []));
  return { block: { kind: "quote", lines: marked }, end };
}

/** A single item is just a dash or a number that somebody wrote. */
function list(lines: readonly string[], at: number): Found | undefined {
  const mark = [bullet, number].find((mark) => mark.test(lines[at] ?? ""));
  if (!mark) return undefined;
  const marked: MarkedLine[] = [];
  let end = at;
  while (end < lines.length && mark.test(lines[end] ?? "")) {
    const first = end++;
    while (end < lines.length && further.test(lines[end] ?? "")) end++;
    marked.push(markedLine(mark, lines[first] ?? "", lines.slice(first + 1, end)));
  }
  if (marked.length < 2) return undefined;
  const block = { kind: "list" as const, lines: marked };
  return { block: mark === number ? { ...block, start: Number.parseInt(lines[at] ?? "", 10) } : block, end };
}

function markedLine(mark: RegExp, line: string, more: readonly string[]): MarkedLine {
  const before = mark.exec(line)?.[0] ?? "";
  return { before, parts: parseLines([line.slice(before.length), ...more]) };
}

/** Marks do not span lines. */
function parseLines(lines: readonly string[]): Inline[] {
  const parts: Inline[] = [];
  lines.forEach((line, index) => {
    if (index > 0) add(parts, "\n");
    for (const part of parseLine(line)) add(parts, part);
  });
  return parts;
}

/** Possible marks: code, a named link, a web address, emphasis. */
const token = new RegExp(
  String.raw`${"`"}+|\[[^\[\]]+\]\([^\s()]+(?:\([^\s()]*\)[^\s()]*)*\)|${addressStart}|\*+|_+|~+`,
  "giu",
);
const kinds = { "*": "em", _: "em", "**": "strong", "***": "strong em", "~~": "strike" } as const;
type Mark = keyof typeof kinds;

function parseLine(line: string): Inline[] {
  const words = new LineParts();
  const closing = closingRuns(line);
  let end = 0;
  token.lastIndex = 0;
  for (let match = token.exec(line); match; match = token.exec(line)) {
    const { index, 0: found } = match;
    const part = partAt(line, index, found, closing);
    if (part === undefined) {
      // When it is not a link, there may be one inside it.
      if (found.startsWith("[")) token.lastIndex = index + 1;
      continue;
    }
    words.add(line.slice(end, index));
    end = index + sourceOf(part).length;
    token.lastIndex = end;
    if (isMark(found)) words.mark(found, opens(line, index, end), closes(line, index, end));
    else words.add(part);
  }
  words.add(line.slice(end));
  return words.end();
}

/**
 * Returns a string for text as it stands, or a mark around words; undefined when the match is not a part of its own.
 */
function partAt(line: string, index: number, found: string, closing: ReadonlyMap<number, number>) {
  const before = line[index - 1];
  // Pictures are not shown.
  if (before === "\\" || (before === "!" && found.startsWith("["))) return undefined;
  return isMark(found) ? found : atom(line, index, found, closing);
}

function isMark(found: string): found is Mark {
  return found in kinds;
}

type Atom = Extract<Inline, { text: string }>;

/** A mark that contains no other marks; a string is text as it stands. */
function atom(
  line: string,
  index: number,
  found: string,
  closing: ReadonlyMap<number, number>,
): Atom | string | undefined {
  if (found.startsWith("`")) {
    const close = closing.get(index);
    const text = line.slice(index + found.length, close);
    return close === undefined ? undefined : { kind: "code", before: found, text, after: found };
  }
  if (found.startsWith("[")) return namedLink(found);
  if (!found.endsWith("/")) return undefined;
  const address = addressAt(line, index);
  return typeof address === "string" ? address : { kind: "link", before: "", ...address, after: "" };
}

function sourceOf(part: Atom | string): string {
  return typeof part === "string" ? part : part.before + part.text + part.after;
}

function namedLink(found: string): Link | undefined {
  const [text = "", target = ""] = found.slice(1, -1).split("](");
  const link = { kind: "link" as const, before: "[", text, after: `](${target})` };
  const address = toAddress(target);
  if (address)
    return text === target ? { ...link, ...address } : { ...link, href: address.href, place: placeOf(address) };
  const [, person] = /^mailto:([^\s?&@]+@[^\s?&@]+)$/i.exec(target) ?? [];
  if (person === undefined) return undefined;
  return { ...link, href: `mailto:${person}`, ...(text === person ? {} : { place: person }) };
}

/** For each run of backticks that begins code, the run of the same length that ends it. */
function closingRuns(line: string): Map<number, number> {
  const closing = new Map<number, number>();
  const nextOf = new Map<number, number>();
  for (const { index, 0: run } of [...line.matchAll(/`+/g)].reverse()) {
    const next = nextOf.get(run.length);
    if (next !== undefined) closing.set(index, next);
    nextOf.set(run.length, index);
  }
  return closing;
}

/**
 * An opening mark stands before a word and not after one. In arithmetic, file names and faces, marks stand elsewhere.
 */
function opens(line: string, from: number, to: number): boolean {
  return /^\S/.test(line.slice(to, to + 1)) && /^$|[\s([{"'«“‘—–*_~-]/u.test(line.slice(from - 1, from));
}

function closes(line: string, from: number, to: number): boolean {
  return /\S$/.test(line.slice(from - 1, from)) && /^$|[\s)\]}"'»”’.,;:!?…—–*_~-]/u.test(line.slice(to, to + 1));
}

/** The words of a line, and the marks that may still be closed: at most one of each. */
class LineParts {
  readonly #open: { mark: Mark | ""; parts: Inline[] }[] = [{ mark: "", parts: [] }];

  add(part: Inline): void {
    add(this.#top.parts, part);
  }

  mark(mark: Mark, opens: boolean, closes: boolean): void {
    const begun = this.#open.findIndex((one) => one.mark === mark);
    if (begun !== -1 && closes) this.#dropFrom(begun + 1);
    if (begun !== -1 && closes && this.#top.parts.some(isWord)) {
      const { parts } = this.#open.pop() ?? this.#top;
      this.add({ kind: kinds[mark], before: mark, parts, after: mark });
      return;
    }
    if (begun !== -1) this.#drop(begun);
    if (opens) this.#open.push({ mark, parts: [] });
    else this.add(mark);
  }

  end(): Inline[] {
    this.#dropFrom(1);
    return this.#top.parts;
  }

  get #top() {
    return this.#open.at(-1) as { mark: Mark | ""; parts: Inline[] };
  }

  /** Marks that are never closed are text. */
  #dropFrom(index: number): void {
    while (this.#open.length > index) this.#drop(this.#open.length - 1);
  }

  #drop(index: number): void {
    const [dropped] = this.#open.splice(index, 1);
    const below = this.#open[index - 1];
    if (!dropped || !below) return;
    for (const part of [dropped.mark, ...dropped.parts]) add(below.parts, part);
  }
}

function isWord(part: Inline): boolean {
  return typeof part !== "string" || /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part);
}

function add(parts: Inline[], part: Inline): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else if (part !== "") parts.push(part);
}
