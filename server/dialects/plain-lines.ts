/**
 * How events read in the plain dialect. The server's own lines begin with `* `, actions with `~ `; the prefix of a
 * private or an earlier message begins with `[`; everything else begins with a name. No name can begin like the first
 * three, no name contains what ends a name, and every line of a message gets its own prefix. So nobody can pass for the
 * server or for somebody else, and no two events look the same.
 */
import type {
  EntryEvent,
  EventOf,
  FoundMessage,
  HistoryMessage,
  LeaveReason,
  MemberInfo,
  Message,
  RoomEvent,
} from "../../protocol/events.ts";
import { lobby, nameKey } from "../../protocol/names.ts";
import type { LoginOutcome } from "../chat/outcomes.ts";
import type { Quotes } from "../chat/ports.ts";
import type { Texts } from "./texts/en.ts";

/** A line in two parts: the head says who speaks, and precedes every piece of a text that has to be cut. */
export interface PlainLine {
  head: string;
  text: string;
  /** Nobody else had a part in it. */
  isOwn?: boolean;
}

/** A line from the server itself. */
export function serverLine(text: string): PlainLine {
  return { head: "* ", text };
}

/** A line with no words but the server's and the reader's. */
export function ownLine(text: string): PlainLine {
  return { head: "* ", text, isOwn: true };
}

/**
 * A name inside a line, where no colon ends it: names contain no quotation marks, and a name without them has no space.
 */
export function inLine(name: string): string {
  return name.includes(" ") ? `"${name}"` : name;
}

/** What the lines are made with. */
export interface Wording {
  texts: Texts;
  /** The messages, as they are now, that others are about. */
  quotes?: Quotes | undefined;
}

/** A message, or as much of it as there is. */
type Said = Pick<Message, "from" | "text" | "action"> & Partial<Omit<HistoryMessage, "type">>;

/** Characters of a message quoted in a line about it. */
const QUOTE_CHARS = 40;

/** Emoji shown before a message. */
const REACTIONS_SHOWN = 10;

/** A message as its readers see it. `text` may have several lines; each becomes a separate line. */
export function messageLines(wording: Wording, message: Said & { room: string }): PlainLine[] {
  const { room, from } = message;
  if (room.startsWith("@"))
    return inPrivate(privateHead(wording, room, message.own ?? !isCalled(from, room)), saidLines(wording, "", message));
  return saidLines(wording, `${from}: `, message);
}

/** The prefix of lines in a private conversation. @param room `@name` of the other person */
function privateHead({ texts }: Wording, room: string, isOwn: boolean): string {
  const other = room.slice(1);
  return `[${isOwn ? texts.privateTo(other) : texts.privateFrom(other)}] `;
}

/** Whether a private conversation is with somebody of that name. */
function isCalled(name: string, room: string): boolean {
  return nameKey(name) === nameKey(room.slice(1));
}

/** The marker of a line that is not text stays in front, because the text of a private message may begin like one. */
function inPrivate(privately: string, lines: readonly PlainLine[]): PlainLine[] {
  return lines.map(({ head, text }) =>
    head === "" ? { head: privately, text } : { head: head.slice(0, 2) + privately + head.slice(2), text },
  );
}

/** What a message replies to, and its text. */
function saidLines(wording: Wording, head: string, message: Said): PlainLine[] {
  const { from, action, reply } = message;
  // A line from the server, because anybody can type a quotation.
  const answered = reply === undefined ? [] : [serverLine(wording.texts.answers(inLine(from), quoted(wording, reply)))];
  const lines = message.text.split("\n");
  return [...answered, ...lines.map((text) => ({ head: action ? `~ ${inLine(from)} ` : head, text }))];
}

/** When a message was sent, and its changes. They precede the text, because a text may end like anything. */
function pastHead({ texts }: Wording, { time, edited, deleted, reactions = [] }: HistoryMessage): string {
  const parts = [
    minuteOf(time),
    ...(deleted ? [texts.deleted] : []),
    ...(edited ? [texts.edited] : []),
    ...reactions.slice(0, REACTIONS_SHOWN).map(({ emoji, count }) => `${emoji} ${count}`),
    ...(reactions.length > REACTIONS_SHOWN ? ["…"] : []),
  ];
  return `[${parts.join(", ")}] `;
}

/** The author and the beginning of a message. */
function quoted({ texts, quotes }: Wording, msgid: string): string {
  const message = quotes?.get(msgid);
  if (!message) return texts.aMessage;
  // In brackets, which no name contains, and without a colon, because nobody said it.
  if (message.deleted) return `${inLine(message.from)} [${texts.deleted}]`;
  const line = message.text.replace(/\s+/g, " ");
  const characters = [...line];
  const isLong = characters.length > QUOTE_CHARS;
  return `${inLine(message.from)}: ${isLong ? `${characters.slice(0, QUOTE_CHARS).join("")}…` : line}`;
}

function headed(head: string, lines: readonly PlainLine[]): PlainLine[] {
  return lines.map((line) => ({ head: head + line.head, text: line.text }));
}

/** A change to a message. */
function changeLines(wording: Wording, change: Exclude<EntryEvent, Message>): PlainLine[] {
  const { texts, quotes } = wording;
  const { msgid } = change;
  const from = inLine(change.from);
  switch (change.type) {
    case "edit":
      return change.text.split("\n").map((text) => ({ head: `* ${texts.changed(from)}`, text }));
    case "delete":
      return [serverLine(texts.removed(from, minuteOf(quotes?.get(msgid)?.time), authorOf(wording, change)))];
    case "react":
      return [serverLine(texts.reacted(from, change.emoji, change.on, quoted(wording, msgid)))];
  }
}

/** Whose message a moderator has deleted; empty when it was their own. */
function authorOf({ quotes }: Wording, { msgid, by }: EventOf<"delete">): string {
  return by === undefined ? "" : inLine(quotes?.get(msgid)?.from ?? "");
}

/** Earlier messages, each line with its date and minute, so that nobody takes them for new ones. */
export function historyMessageLines(wording: Wording, room: string, messages: readonly HistoryMessage[]): PlainLine[] {
  return messages.flatMap((message) =>
    headed(pastHead(wording, message), messageLines(wording, { own: false, ...message, room })),
  );
}

/** The last messages of a room; nothing when there are none. */
export function historyLines(wording: Wording, room: string, messages: readonly HistoryMessage[] = []): PlainLine[] {
  if (messages.length === 0) return [];
  return [serverLine(wording.texts.recent(messages.length)), ...historyMessageLines(wording, room, messages)];
}

/** A message that was found, with its room or the other person, and its date and minute. */
export function foundLines(wording: Wording, found: FoundMessage): PlainLine[] {
  return headed(`[${found.room}] ${pastHead(wording, found)}`, saidLines(wording, `${found.from}: `, found));
}

/**
 * Swedish dates are the international ones. Created once, because that takes longer than formatting a thousand dates.
 */
const minutes = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" });

/** An ISO 8601 time in the server's time zone, `2026-11-21 10:04`; empty for none. */
export function minuteOf(time: string | undefined): string {
  return time === undefined ? "" : minutes.format(new Date(time));
}

/** What somebody sees on joining a room: its name unless it is the lobby, its topic, its people, its last messages. */
function joinedLines(wording: Wording, { room, topic = "", members, recent }: EventOf<"joined">): PlainLine[] {
  const { texts } = wording;
  const lines = [membersLine(wording, members)];
  if (topic !== "") lines.unshift(texts.topic(room, topic));
  if (room !== lobby) lines.unshift(texts.youAreIn(room));
  return [...lines.map(serverLine), ...historyLines(wording, room, recent)];
}

/** Who is there. */
export function membersLine({ texts }: Wording, members: readonly MemberInfo[]): string {
  return texts.members(members.map((member) => ({ ...member, name: inLine(member.name) })));
}

function noticeText({ texts }: Wording, { code, name, seconds, text }: EventOf<"notice">): string {
  const isKnown = code === "name-protected" && name !== undefined && seconds !== undefined;
  return isKnown ? texts.nameProtected(inLine(name), seconds) : text;
}

/** Events in a room that the reader is in, but not looking at: each line says where. */
export function elsewhereLines(wording: Wording, entry: EntryEvent): PlainLine[] {
  return headed(`[${entry.room}] `, eventLines(wording, entry));
}

function leftLine({ texts }: Wording, { name, room, count, reason, by, why = "" }: EventOf<"member-left">): string {
  const because = { by: by === undefined ? "" : inLine(by), why };
  return texts.left(inLine(name), room, count, reason as LeaveReason, because);
}

/** The lines for an event; none for what people on plain text need not hear. */
export function eventLines(wording: Wording, event: RoomEvent): PlainLine[] {
  const { texts } = wording;
  switch (event.type) {
    case "message":
      return messageLines(wording, event);
    case "edit":
    case "delete":
    case "react":
      return event.room.startsWith("@")
        ? inPrivate(privateHead(wording, event.room, !isCalled(event.from, event.room)), changeLines(wording, event))
        : changeLines(wording, event);
    case "read":
    case "typing":
    case "member-away":
    case "member-registered":
      return [];
    case "joined":
      return joinedLines(wording, event);
    case "member-joined":
      return [serverLine(texts.joined(inLine(event.name), event.room, event.count))];
    case "member-left":
      return [serverLine(leftLine(wording, event))];
    case "topic":
      return [serverLine(texts.topicChanged(inLine(event.from), event.room, event.topic))];
    case "member-renamed":
      return [serverLine(texts.renamed(inLine(event.from), inLine(event.to)))];
    case "room-settings":
      return [serverLine(texts.settingsChanged(inLine(event.from), event.room, event.settings))];
    case "role":
      return [serverLine(texts.roleChanged(inLine(event.from), inLine(event.name), event.role, event.room))];
    case "may":
      // Of everything else, people learn when they try it.
      return event.may.includes("post") ? [] : [serverLine(texts.youAreMuted(event.room, minuteOf(event.mutedUntil)))];
    case "room-removed":
      return [serverLine(texts.roomRemoved(inLine(event.from), event.room))];
    case "invited":
      return [serverLine(texts.invited(inLine(event.from), event.room))];
    case "reported":
      return [serverLine(texts.reported(inLine(event.by), event.room, event.reason ?? ""))];
    case "notice":
      return [serverLine(noticeText(wording, event))];
  }
}

/** Why a name is refused. */
export function explainName(texts: Texts, outcome: Extract<LoginOutcome, { ok: false }>): string {
  switch (outcome.code) {
    case "name-taken": {
      const { name, like } = outcome;
      return like ? texts.nameLike(inLine(name), inLine(like.name), like.isHere) : texts.nameTaken(name);
    }
    case "name-invalid":
      return texts.nameProblem(outcome.problem);
    case "name-registered":
      return texts.nameRegistered(inLine(outcome.name));
    case "password-expired":
      return texts.passwordExpired;
    case "account-required":
      return texts.askAccount;
    case "password-required":
      return texts.askChatPassword;
    case "password-invalid":
      return texts.wrongChatPassword;
    case "invitation-required":
      return texts.askInvitation;
    case "invitation-invalid":
      return texts.wrongInvitation;
    case "tls-required":
      return texts.tlsRequired;
    case "too-many-attempts":
      return texts.tooManyAttempts(Math.ceil(outcome.retryInMs / 1_000));
    case "too-many-new-names":
      return texts.tooManyNewNames;
    case "banned":
      return texts.banned(minuteOf(outcome.until), outcome.reason ?? "");
  }
}
