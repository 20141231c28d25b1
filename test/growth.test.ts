/**
 * Whatever is sent, the time to read it is linear in its length. For literal regular expressions
 * `scripts/lint-regexps.ts` proves that; here, every parser reads its worst case, and eight times as much.
 *
 * The comparison uses this process's processor time rather than the clock, so other programs do not count. The smallest
 * of several measurements is taken, and the bound lies midway between linear (8) and quadratic (64). A parser that
 * stops at its bound takes the same time for both.
 */
import { describe, expect, test } from "vitest";
import { parsePageCommand } from "../bridge/page-command.ts";
import { EchoQueue } from "../bridge/upstream/legacy-echo.ts";
import { LegacyParser } from "../bridge/upstream/legacy-parser.ts";
import { WireLog } from "../bridge/wire-log.ts";
import { wireLimits } from "../protocol/limits.ts";
import { LineSplitter } from "../protocol/line-splitter.ts";
import { nameKey, parseName, parseRoomName } from "../protocol/names.ts";
import { parseCommand } from "../protocol/parse-command.ts";
import { parseSearch } from "../protocol/search.ts";
import { asEmoji, clean, cleanedRest, isEmoji, readText, splitByBytes, textProblem } from "../protocol/text.ts";
import { tokensOf, wordsOf } from "../protocol/words.ts";
import { looksOf } from "../server/chat/looks.ts";
import { parseLine, splitRecipient } from "../server/dialects/plain-commands.ts";
import { ChunkFraming, LineFraming } from "../server/dialects/plain-framing.ts";
import { rows } from "../server/dialects/plain-rows.ts";
import { completePeople, unfinishedAt } from "../ui/store/selectors/completion.ts";
import { parseTyped } from "../ui/store/selectors/typed-line.ts";
import { highlight } from "../ui/store/text/highlight.ts";
import { parseBlocks, plainText } from "../ui/store/text/markup.ts";
import { findMentions, meantIn, peopleMeant } from "../ui/store/text/mentions.ts";
import { placeOf, toAddress, withAddresses } from "../ui/store/text/web-address.ts";
import { detectedKind } from "./support/detected-kind.ts";
import { begun, units } from "./support/worst-texts.ts";

const small = 2_048;
const factor = 8;
const growthMax = 22;
/** Microseconds below which a measurement means nothing. */
const measurableUs = 1_000;
/** Microseconds that nobody would notice. */
const quickUs = 2_000;
const measures = 4;

const people = ["anna", "anna maria", "a", "bruno (pc)", "علی‌رضا"];
const place = { room: "lobby", names: people, private: true, rooms: true, accounts: true, may: undefined, nowMs: 0 };

const parsers: Record<string, (text: string) => unknown> = {
  clean,
  cleanedRest,
  readText,
  textProblem,
  splitByBytes: (text) => splitByBytes(text, 1_024),
  emoji: (text) => isEmoji(asEmoji(text)),
  parseName,
  parseRoomName,
  // People's names were cleaned first.
  nameKey: (text) => nameKey(clean(text).text),
  looksOf: (text) => looksOf(clean(text).text),
  wordsOf: (text) => wordsOf(clean(text).text),
  tokensOf,
  parseSearch,
  parseCommand: (text) => parseCommand({ type: "topic", room: "lobby", topic: text, emoji: text }),
  "parseCommand, as it is": parseCommand,
  parsePageCommand: (text) => parsePageCommand({ type: "react", room: "lobby", id: text, msgid: text, emoji: text }),
  "lines in chunks": (text) => {
    const framing = new ChunkFraming();
    return [...framing.read(Buffer.from(text)), ...framing.rest()];
  },
  parseLine,
  splitRecipient: (text) => splitRecipient(text, (name) => people.includes(name)),
  rows: (text) => rows(`anna: ${text}`),
  echo: (text) => {
    const queue = new EchoQueue<number>();
    for (let sent = 0; sent < 100; sent++) queue.expect(text.slice(0, 40), sent);
    return [queue.ownStart(text), queue.hear(text)];
  },
  wireLog: (text) => {
    const log = new WireLog({ wireBytesMax: 1_000_000, wireLinesMax: 100, wireLineCharsMax: 300 }, () => new Date(0));
    log.received(Buffer.from(text));
    log.sent(text);
    return log.lines;
  },
  parseBlocks,
  "parseBlocks, of what has begun": (text) => begun.map((begins) => parseBlocks(begins + text)),
  plainText,
  withAddresses,
  shownHost: (text) =>
    ["", "/"].map((end) => toAddress(`https://${text}${end}`)).map((found) => found && placeOf(found)),
  mentions: (text) => [
    meantIn(text, peopleMeant({ names: people })),
    findMentions(text, peopleMeant({ names: people })),
  ],
  "mentions of many": (text) => [meantIn(text, many), findMentions(text, many)],
  highlight: (text) => highlight(clean(text).text, "anna a maria"),
  parseTyped: (text) => parseTyped(text, place),
  unfinishedAt: (text) => unfinishedAt(text, text.length),
  completePeople: (text) => completePeople(people, clean(text).text),
};

/** Many people whose names begin alike. */
const many = peopleMeant({
  names: ["ann", ...Array.from({ length: 1_500 }, (_, index) => `ann ${"lee ".repeat(index % 5)}${index}`)],
});

function parseLegacy(text: string): unknown {
  const parser = new LegacyParser("anna");
  return [...parser.push(text), ...parser.flush()];
}

/** Parsers of streams, fed byte by byte, as an attacker would send them. */
const streams: Record<string, (bytes: readonly Uint8Array[]) => unknown> = {
  "the beginning of a connection": (stream) => {
    const chunks: Uint8Array[] = [];
    for (const bytes of stream) {
      chunks.push(bytes);
      detectedKind(chunks, false);
    }
  },
  lines: (stream) => {
    const splitter = new LineSplitter(wireLimits.lineBytesMax);
    return [...stream.flatMap((bytes) => [...splitter.push(bytes)]), splitter.rest()];
  },
  "telnet's lines": (stream) => {
    const framing = new LineFraming();
    return [...stream.flatMap((bytes) => [...framing.read(bytes)]), ...framing.rest()];
  },
};

const oldWords = [
  "a",
  " ",
  "\n",
  "/",
  "x: ",
  ": ",
  "anna: ",
  "anna ",
  " JOINED THE CHAT!",
  "SERVER: ",
  "/userlist ",
  "1.2.3.4:5 - ",
];
const bytes = ["a", " ", "\n", "\r", "\b", "a\b", "{", "G", "é"];

function worstOf(unit: string, chars: number): string {
  return `a${unit.repeat(Math.ceil(chars / unit.length))}!`;
}

const byteByByte = (text: string) => Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte));

/** Processor time in microseconds for that many runs. Linux reports a single thread's time only in milliseconds. */
function costOf<T>(parse: (typed: T) => unknown, typed: T, times: number): number {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) parse(typed);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** How many times as long eight times as much takes. */
function growthOf<T>(parse: (typed: T) => unknown, short: T, long: T): number {
  costOf(parse, short, 1);
  // What is quick at any length needs no ratio.
  if (costOf(parse, long, 1) < quickUs) return 1;
  let times = 1;
  let least = costOf(parse, short, times);
  for (; least < measurableUs && times < 1_024; least = costOf(parse, short, times)) times *= 2;
  let most = costOf(parse, long, times);
  for (let more = 1; more < measures && most / least > growthMax; more++) {
    most = Math.min(most, costOf(parse, long, times));
  }
  return most / least;
}

/** The units for which it takes longer than it may. */
function fasterThanLength<T>(
  parse: (typed: T) => unknown,
  kinds: readonly string[],
  make: (text: string) => T,
  chars: number,
): string[] {
  return kinds.flatMap((unit) => {
    const growth = growthOf(parse, make(worstOf(unit, chars)), make(worstOf(unit, chars * factor)));
    return growth > growthMax ? [`${JSON.stringify(unit)}: ${growth.toFixed(1)}`] : [];
  });
}

describe("the time it takes grows with the length of what is read, and no faster", () => {
  test.each(Object.entries(parsers))("%s", (_name, parse) => {
    expect(fasterThanLength(parse, units, (text) => text, small)).toEqual([]);
  });

  // It waits for the rest of a message up to a bound, so both texts are much longer than that.
  test("what an old server says", () => {
    expect(fasterThanLength(parseLegacy, oldWords, (text) => text, 16 * small)).toEqual([]);
  });

  test.each(Object.entries(streams))("%s", (_name, parse) => {
    expect(fasterThanLength(parse, bytes, byteByByte, small / 2)).toEqual([]);
  });

  test("this would find what grows with the square", () => {
    const comparesEachWithEach = (text: string) => {
      let same = 0;
      for (let one = 0; one < text.length; one++) {
        for (let other = 0; other < text.length; other++) if (text[one] === text[other]) same++;
      }
      return same;
    };
    expect(fasterThanLength(comparesEachWithEach, [" "], (text) => text, small / 4)).not.toEqual([]);
  });
});
