/**
 * An export for people to read. What people wrote follows a name and a colon, or a bar; lines that are only indented
 * come from us, and so do lines that begin with `==`:
 *
 *     10:42 bruno: first line
 *         | second line
 *           (edited)
 *
 * Days and times have the same format in every language, so that programs can rely on them too.
 */
import type { Locale } from "../locales/locale.ts";
import { isPrivate } from "../store/model/state.ts";
import type { ExportSource, FetchedMessage } from "./export-fetch.ts";

/** The head of an export. */
export interface ExportHead {
  source: ExportSource;
  /** `host:port` */
  server: string;
  exportedMs: number;
  /** The time zone of all times, by its IANA name: `Europe/Rome`. */
  zone: string;
  /** Nothing that was asked for is missing. */
  isWhole: boolean;
}

const bar = "    | ";
const indent = " ".repeat("10:42 ".length);
/** Characters of a message that a reply to it repeats. */
const excerptCharsMax = 60;

/** The lines of the whole file, each with its line end, so that no single string has to hold them all. */
export function* textLines(messages: readonly FetchedMessage[], head: ExportHead, locale: Locale): Generator<string> {
  const when = { timeZone: head.zone };
  // Swedish dates follow ISO 8601, in every version of every browser.
  const dayFormat = new Intl.DateTimeFormat("sv-SE", when);
  const weekdayFormat = new Intl.DateTimeFormat(locale.tag, { ...when, weekday: "long" });
  const timeFormat = new Intl.DateTimeFormat("sv-SE", { ...when, hour: "2-digit", minute: "2-digit" });
  const exported = new Date(head.exportedMs);
  const { texts } = locale;
  const { file } = texts.export;

  yield `${titleOf(head, locale)} · ${texts.export.messages(messages.length, locale.number(messages.length))}\n`;
  yield `${file.exported(dayFormat.format(exported), timeFormat.format(exported), head.zone)}\n`;
  if (!head.isWhole) yield `${file.notWhole}\n`;

  const byMsgid = new Map(messages.map((message) => [message.msgid, message]));
  let day = "";
  for (const message of messages) {
    const at = new Date(message.time);
    const itsDay = dayFormat.format(at);
    if (itsDay !== day) yield `\n== ${itsDay}, ${weekdayFormat.format(at)} ==\n\n`;
    day = itsDay;
    yield `${timeFormat.format(at)} ${saidLines(message)}\n`;
    for (const note of notesOf(message, byMsgid, locale)) yield `${indent}(${note})\n`;
  }
}

function titleOf({ source, server }: ExportHead, { texts }: Locale): string {
  const { file } = texts.export;
  if (source.kind === "search") return file.search(source.query, server);
  return isPrivate(source.room) ? file.person(source.room.slice(1), server) : file.room(source.room, server);
}

/** On a Salotto server, no name contains a colon or begins with an asterisk. */
function saidLines(message: FetchedMessage): string {
  const { from, text, action } = message;
  const place = "room" in message ? `[${message.room}] ` : "";
  const said = linesOf(text).join(`\n${bar}`);
  return `${place}${action ? `* ${from}` : `${from}:`} ${said}`.trimEnd();
}

/** Old servers use any line ends. */
function linesOf(text: string): string[] {
  return text.split(/\r\n?|\n/);
}

/** A message's changes, and what it replies to. */
function notesOf(
  { reply, edited, deleted, reactions = [] }: FetchedMessage,
  byMsgid: ReadonlyMap<string, FetchedMessage>,
  { texts }: Locale,
): string[] {
  const { file } = texts.export;
  const answered = reply === undefined ? undefined : byMsgid.get(reply);
  return [
    ...(reply === undefined
      ? []
      : [answered ? file.answers(answered.from, excerpt(answered.text)) : file.answersOther]),
    ...(deleted ? [file.deleted] : []),
    ...(edited ? [texts.edited] : []),
    ...reactions.map(({ emoji, count, from }) => `${emoji} ${[...from, ...othersOf(count - from.length)].join(", ")}`),
  ];
}

/** People whose names are missing because the server could not be asked. */
function othersOf(count: number): string[] {
  return count > 0 ? [`+${count}`] : [];
}

function excerpt(text: string): string {
  const [first = "", ...more] = linesOf(text);
  const characters = [...first];
  const isCut = characters.length > excerptCharsMax || more.length > 0;
  return isCut ? `${characters.slice(0, excerptCharsMax).join("")}…` : first;
}
