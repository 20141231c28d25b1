/**
 * Cuts the output of an old server into messages. There is no framing: one `send` of theirs is one message, several may
 * arrive as one chunk, and one may arrive in pieces. It cuts where a known line begins or ends, and remains ambiguous
 * where people quote such lines. It takes text and returns items; it sees neither sockets nor timers.
 */
import { type LegacyFamily, legacyFamilies, named } from "./legacy-families.ts";

export type LegacyItem =
  | { type: "greeting" }
  /** `leavingWord` belongs to the family that welcomes like this. */
  | { type: "welcome"; leavingWord?: string | undefined }
  | { type: "taken" }
  | { type: "joined" | "left"; name: string }
  | { type: "message"; from: string; text: string }
  /** A message on a server without names; `from` is an address, `ip:port`. */
  | { type: "relayed"; from: string; text: string }
  | { type: "people"; names: string[] }
  /** Any other line from the server. */
  | { type: "other"; text: string };

/** Characters that may wait for the rest of their message; at this bound they are taken as they are. */
export const waitingCharsMax = 8_192;
/** Names known at once; the oldest is forgotten first. */
export const knownNamesMax = 1_000;
/** Characters of a name that is not known yet. */
const nameCharsMax = 64;

const newName = `(?:(?!: )[^\\n]){1,${nameCharsMax}}?`;
const address = "\\d{1,3}(?:\\.\\d{1,3}){3}:\\d{1,5}";
const relayedStart = new RegExp(`^(${address}) - `);
/** Any `name: ` at the start of a message is somebody speaking. */
const speakerStart = new RegExp(`^([^:\\n]{1,${nameCharsMax}}): `);
const peopleStart = "/userlist ";
const serverStart = "SERVER: ";

const notAfterSpace = "(?<![ \\t])";

/** How many characters at the start of a text under our name we sent, and whether what follows may be ours too. */
export interface OwnStart {
  chars: number;
  goesOn: boolean;
}

const nothingSent = () => ({ chars: 0, goesOn: false });

/** A line about a person: what precedes the name, and what follows it. */
interface MembershipLine {
  type: "joined" | "left";
  before: string;
  after: string;
}

interface LineStarts {
  atStart: RegExp;
  anywhere: RegExp;
}

export class LegacyParser {
  readonly #fixedLines: ReadonlyMap<string, LegacyItem>;
  /** The longest first: what precedes the name in one line may look like the end of a name in another. */
  readonly #presenceLines: readonly MembershipLine[];
  /** A whole line with a known end, at the start of the text. */
  readonly #wholeLine: RegExp;
  readonly #names = new Set<string>();
  /** Rebuilt after a name was learnt. */
  #starts: LineStarts | undefined;
  #waiting = "";
  readonly #ownPrefix: string;
  readonly #ownStart: (heard: string) => OwnStart;

  /**
   * @param ownName the name that the server was given, as it appears in its answers
   * @param ownStart says how much of a text under that name was sent by us; that part is not cut, whatever it looks
   * like
   * @param family the server's family, whose lines are known in addition to those of all servers without framing. Only
   * a known family may have lines as short as `(anna left!)`, which people on servers with signed texts could write
   * themselves
   */
  constructor(ownName: string, ownStart: (heard: string) => OwnStart = nothingSent, family?: LegacyFamily) {
    this.#ownPrefix = `${ownName}: `;
    this.#ownStart = ownStart;
    const families = legacyFamilies.filter((each) => (each.ending === "" && !each.signed) || each === family);
    this.#fixedLines = new Map<string, LegacyItem>(
      families.flatMap(({ greeting, welcome, taken, leavingWord }) => {
        const lines: [string | undefined, LegacyItem][] = [
          [greeting, { type: "greeting" }],
          [welcome && named(welcome, ownName), { type: "welcome", leavingWord }],
          [taken, { type: "taken" }],
        ];
        return lines.filter((line): line is [string, LegacyItem] => line[0] !== undefined);
      }),
    );
    this.#presenceLines = families.flatMap(presenceLinesOf).sort((one, other) => lengthOf(other) - lengthOf(one));
    const presence = this.#presenceLines.map(
      ({ before, after }) => `${RegExp.escape(before)}${newName}${RegExp.escape(after)}`,
    );
    // A single word may be the beginning of anything.
    const fixed = [...this.#fixedLines.keys()].filter((line) => line.includes(" ")).map(RegExp.escape);
    this.#wholeLine = new RegExp(`^(?:${[...fixed, ...presence].join("|")})`);
    this.#learn(ownName);
  }

  /**
   * Takes what has arrived, and returns the messages that are certainly complete.
   * @param continues the chunk was cut off the previous one rather than sent by itself
   */
  push(chunk: string, continues = false): LegacyItem[] {
    // A chunk is usually one message, so a chunk that begins like a line starts a new one.
    const isNext = this.#waiting !== "" && !continues && this.#begins(chunk) && !this.#isOwnUpTo(chunk);
    const items = isNext ? this.flush() : [];
    this.#waiting += chunk;
    for (let end = this.#firstEnd(); end !== undefined; end = this.#firstEnd()) {
      items.push(this.#take(end));
    }
    return items;
  }

  /** Takes whatever is waiting as complete, because the server has been silent for a while. */
  flush(): LegacyItem[] {
    const items: LegacyItem[] = [];
    while (this.#waiting !== "") items.push(this.#take(this.#firstEnd() ?? this.#waiting.length));
    return items;
  }

  #begins(chunk: string): boolean {
    const { atStart } = this.#lineStarts();
    return this.#wholeLine.test(chunk) || atStart.test(chunk) || speakerStart.test(chunk);
  }

  /** Whether an own message that is waiting continues in the chunk. */
  #isOwnUpTo(chunk: string): boolean {
    const own = this.#ownBeginning(this.#waiting + chunk);
    return own.goesOn || own.chars > this.#waiting.length;
  }

  /** How much of a text is an own message, including its prefix. */
  #ownBeginning(text: string): OwnStart {
    if (!text.startsWith(this.#ownPrefix)) return { chars: 0, goesOn: false };
    const { chars, goesOn } = this.#ownStart(text.slice(this.#ownPrefix.length));
    return { chars: chars === 0 ? 0 : this.#ownPrefix.length + chars, goesOn };
  }

  /** Where the first waiting message ends; undefined while that is uncertain. */
  #firstEnd(): number | undefined {
    // However much has arrived at once, only as much is examined as one message can have, plus what reveals the next
    // one.
    const text = this.#waiting.slice(0, waitingCharsMax + 2 * nameCharsMax);
    const own = this.#ownBeginning(text);
    if (own.goesOn && text.length < waitingCharsMax) return undefined;
    const whole = own.chars > 0 ? undefined : this.#wholeLine.exec(text)?.[0].length;
    const next =
      own.chars > 0
        ? this.#startFrom(text, own.chars)
        : this.#nextStart(text, whole === undefined ? this.#prefixOf(text) : "");
    // Whichever is complete first counts, so that the result does not depend on how the bytes were cut.
    if (whole !== undefined && whole <= (next?.complete ?? whole)) return whole;
    if (next) return next.start;
    return text.length >= waitingCharsMax ? waitingCharsMax : undefined;
  }

  /** What precedes the text of a message: its `name: `, or the equivalent on another kind of server. */
  #prefixOf(text: string): string {
    const own = [peopleStart, serverStart].find((start) => text.startsWith(start)) ?? relayedStart.exec(text)?.[0];
    if (own !== undefined) return own;
    const speaker = speakerStart.exec(text);
    if (speaker?.[1] !== undefined) this.#learn(speaker[1]);
    return speaker?.[0] ?? "";
  }

  /** The first place after the message's own prefix where another line certainly begins. */
  #nextStart(text: string, prefix: string): { start: number; complete: number } | undefined {
    // "bruno: ciao" right after "anna: " is anna addressing bruno. Only a repeated "anna: " makes the first an empty
    // line, which an old server sends when a client is closed; so does the server's own line that follows those.
    const afterEmpty = [prefix, serverStart].find((start) => start !== "" && text.startsWith(start, prefix.length));
    if (prefix !== "" && afterEmpty) return { start: prefix.length, complete: prefix.length + afterEmpty.length };
    return this.#startFrom(text, prefix.length + 1);
  }

  /** The first place from there on where another line certainly begins. */
  #startFrom(text: string, from: number): { start: number; complete: number } | undefined {
    const { anywhere } = this.#lineStarts();
    anywhere.lastIndex = from;
    const found = anywhere.exec(text);
    return found ? { start: found.index, complete: anywhere.lastIndex } : undefined;
  }

  /**
   * Matches the certain beginnings of a line: `name: ` and the leave line of a known person, the server's own prefixes,
   * an address. After a space it is a quotation ("dice anna: ciao"), unless the name itself begins with a space.
   */
  #lineStarts(): LineStarts {
    if (this.#starts) return this.#starts;
    const names = [...this.#names].sort((a, b) => b.length - a.length);
    const named = names.map((name) => `${/^\s/.test(name) ? "" : notAfterSpace}${RegExp.escape(name)}`).join("|");
    const leaves = this.#presenceLines.filter(({ type, before }) => type === "left" && before === "");
    const ends = [": ", ...leaves.map(({ after }) => after)].map(RegExp.escape).join("|");
    const starts = `(?:${named})(?:${ends})|${notAfterSpace}(?:${serverStart}|${peopleStart})|${address} - `;
    this.#starts = { atStart: new RegExp(`^(?:${starts})`), anywhere: new RegExp(starts, "g") };
    return this.#starts;
  }

  #take(end: number): LegacyItem {
    const text = this.#waiting.slice(0, end);
    this.#waiting = this.#waiting.slice(end);
    const item = this.#classify(text);
    if (item.type === "joined") this.#learn(item.name);
    else if (item.type === "message") this.#learn(item.from);
    else if (item.type === "people") for (const name of item.names) this.#learn(name);
    return item;
  }

  #classify(text: string): LegacyItem {
    const line = text.trimEnd();
    const fixed = this.#fixedLines.get(line);
    if (fixed) return fixed;
    for (const { type, before, after } of this.#presenceLines) {
      const name = line.startsWith(before) && line.endsWith(after) ? line.slice(before.length, -after.length) : "";
      if (name !== "" && name.length <= nameCharsMax && !/: |\n/.test(name)) return { type, name };
    }
    if (text.startsWith(peopleStart)) return { type: "people", names: namesOf(line.slice(peopleStart.length)) };
    const relayed = relayedStart.exec(text);
    if (relayed?.[1] !== undefined) {
      return { type: "relayed", from: relayed[1], text: text.slice(relayed[0].length) };
    }
    const speaker = text.startsWith(serverStart) ? null : speakerStart.exec(text);
    if (speaker?.[1] === undefined) return { type: "other", text };
    return { type: "message", from: speaker[1], text: text.slice(speaker[0].length) };
  }

  #learn(name: string): void {
    if (name === "" || this.#names.has(name)) return;
    this.#starts = undefined;
    this.#names.add(name);
    const [oldest] = this.#names;
    if (this.#names.size > knownNamesMax && oldest !== undefined) this.#names.delete(oldest);
  }
}

function presenceLinesOf({ joined, left }: LegacyFamily): MembershipLine[] {
  return [...joined.map((line) => split("joined", line)), ...left.map((line) => split("left", line))];
}

function split(type: MembershipLine["type"], line: string): MembershipLine {
  const [before = "", after = ""] = line.split("{name}");
  return { type, before, after };
}

function lengthOf({ before, after }: MembershipLine): number {
  return before.length + after.length;
}

function namesOf(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
