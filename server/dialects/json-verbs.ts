/** What a program can ask for after logging in: each command becomes a verb of the chat, and its outcome an answer. */
import type { AccountCommandType } from "../../protocol/account-commands.ts";
import type { Answer, Command, CommandType } from "../../protocol/commands.ts";
import type { ErrorCode } from "../../protocol/events.ts";
import { lobby, nameProblemMessages } from "../../protocol/names.ts";
import type { Chat } from "../chat/chat.ts";
import type {
  Banned,
  HistoryOutcome,
  JoinOutcome,
  LeaveOutcome,
  LoginOutcome,
  PostOutcome,
  SearchOutcome,
  WrongField,
} from "../chat/outcomes.ts";
import type { Member } from "../chat/room.ts";
import { fitting } from "./fitting.ts";
import { type ExplainedCode, errorMessages } from "./json-errors.ts";

/** The result of a command: the fields of its `ok`, or why it failed. */
export type Outcome<T extends CommandType> =
  | ({ ok: true } & Answer<T>)
  | { ok: false; code: ExplainedCode; retryInMs?: number }
  /** A field is wrong in a way that needs its own wording. */
  | { ok: false; code: ErrorCode; field?: string; retryInMs?: number; message: string }
  | ReturnType<typeof bannedAnswer>;

/** Commands that require a login: everything that says or does something, or reveals anything about others. */
export type MemberCommandType = Exclude<CommandType, AccountCommandType | "hello" | "login" | "ping" | "quit">;

/** Who calls, and which chat they are in. */
interface Caller {
  member: Member;
  chat: Chat;
  /** They want their own posts back as events. */
  echoes: boolean;
}

/** @param reply sends the answer, at once */
type Handler<T extends CommandType> = (
  caller: Caller,
  command: Command<T>,
  reply: (outcome: Outcome<T>) => void,
) => void;

/** Messages in an answer to a `history` without a limit. */
const HISTORY_MESSAGES = 50;

export const verbs: { [T in MemberCommandType]: Handler<T> } = {
  join: ({ member, chat }, { room }, reply) => chat.join(member, room, (outcome) => reply(joinAnswer(outcome))),
  leave: ({ member, chat }, { room }, reply) => chat.leave(member, room, (outcome) => reply(leaveAnswer(outcome))),
  who: ({ member, chat }, { room = lobby }, reply) => chat.directory.who(member, room, reply),
  rooms: ({ member, chat }, _, reply) => chat.directory.rooms(member, (rooms) => reply({ ok: true, rooms })),
  people: ({ member, chat }, _, reply) => chat.directory.absentees(member, (people) => reply({ ok: true, people })),
  away: ({ member, chat }, { on }, reply) => chat.away(member, on, reply),
  topic: ({ member, chat }, { room, topic }, reply) => chat.roomKeeping.topic(member, room, topic, reply),
  rename: ({ member, chat }, { name }, reply) => chat.rename(member, name, (outcome) => reply(nameAnswer(outcome))),
  post: ({ member, chat, echoes }, { action = false, id, label, ...post }, reply) =>
    chat.messages.post(member, { ...post, id, action }, (outcome) => {
      const echo = echoes && outcome.ok ? outcome.posted.echo : undefined;
      if (echo) member.recipient.deliver({ ...echo, id, ...(label === undefined ? {} : { label }) });
      reply(postAnswer(outcome));
    }),
  edit: ({ member, chat }, command, reply) => chat.messages.change(member, command, reply),
  delete: ({ member, chat }, command, reply) => chat.messages.change(member, command, reply),
  react: ({ member, chat }, { on = true, ...react }, reply) => chat.messages.change(member, { ...react, on }, reply),
  typing: ({ member, chat }, { room }, reply) => chat.messages.typing(member, room, reply),
  history: askHistory,
  search: ({ member, chat }, { query, skip = 0 }, reply) =>
    chat.history.search(member, query, skip, (outcome) => reply(searchAnswer(outcome))),
  reactions: ({ member, chat }, { room, msgid }, reply) => chat.history.reactions(member, room, msgid, reply),
  conversations: ({ member, chat }, _, reply) => chat.history.conversations(member, reply),
  read: ({ member, chat }, { room, seq }, reply) => chat.history.markRead(member, room, seq, reply),
  kick: ({ member, chat }, { room = lobby, name, reason }, reply) =>
    chat.moderation.kick(member, { room, name, reason }, (outcome) => reply(ruleAnswer(outcome))),
  ban: ({ member, chat }, { room = lobby, ...ban }, reply) =>
    chat.moderation.ban(member, { room, ...ban }, (outcome) => reply(ruleAnswer(outcome))),
  unban: ({ member, chat }, { room = lobby, id }, reply) =>
    chat.moderation.unban(member, { room, id }, (outcome) => reply(ruleAnswer(outcome))),
  bans: ({ member, chat }, { room = lobby }, reply) => chat.moderation.bans(member, room, reply),
  mute: ({ member, chat }, { room = lobby, ...mute }, reply) =>
    chat.moderation.mute(member, { room, ...mute }, (outcome) => reply(ruleAnswer(outcome))),
  unmute: ({ member, chat }, { room = lobby, name }, reply) =>
    chat.moderation.unmute(member, { room, name }, (outcome) => reply(ruleAnswer(outcome))),
  "make-invitation": ({ member, chat }, { uses, days }, reply) => chat.inviting.make(member, { uses, days }, reply),
  invitations: ({ member, chat }, _, reply) => chat.inviting.list(member, reply),
  "drop-invitation": ({ member, chat }, { id }, reply) => chat.inviting.drop(member, id, reply),
  "room-settings": ({ member, chat }, { type: _, label: __, ...settings }, reply) =>
    chat.roomKeeping.settings(member, settings, (outcome) => reply(ruleAnswer(outcome))),
  invite: ({ member, chat }, { room, name }, reply) =>
    chat.roomKeeping.invite(member, { room, name }, (outcome) => reply(ruleAnswer(outcome))),
  role: ({ member, chat }, { room, name, role }, reply) =>
    chat.roomKeeping.role(member, { room, name, role }, (outcome) => reply(ruleAnswer(outcome))),
  "remove-room": ({ member, chat }, { room }, reply) =>
    chat.roomKeeping.remove(member, room, (outcome) => reply(ruleAnswer(outcome))),
  report: ({ member, chat }, { room, msgid, reason }, reply) =>
    chat.reports.report(member, { room, msgid, reason }, reply),
  reports: ({ member, chat }, { room = lobby }, reply) => chat.reports.list(member, room, reply),
  "settle-report": ({ member, chat }, { id }, reply) =>
    chat.reports.settle(member, id, (outcome) => reply(ruleAnswer(outcome))),
  block: ({ member, chat }, { name }, reply) => chat.blocks.block(member, name, reply),
  unblock: ({ member, chat }, { name }, reply) => chat.blocks.unblock(member, name, reply),
  blocked: ({ member, chat }, _, reply) => chat.blocks.list(member, (names) => reply({ ok: true, names })),
  audit: ({ member, chat }, { room, before }, reply) => chat.audit.read(member, { room, before }, reply),
};

/** The answer when somebody with rights did something, or a field was wrong. */
function ruleAnswer<O extends { ok: true }, C extends ExplainedCode>(
  outcome: O | { ok: false; code: C } | WrongField,
): O | { ok: false; code: C } | { ok: false; code: ErrorCode; field: string; message: string } {
  if (outcome.ok || !("field" in outcome)) return outcome;
  const { ok, code, field, problem } = outcome;
  return { ok, code, field, message: `${field} ${problem}` };
}

/** Tells somebody who is kept out until when, and why. */
function bannedAnswer({ ok, code, until, reason }: Banned): Banned & { message: string } {
  const end = until === undefined ? "" : ` until ${until}`;
  const message = `you are banned from there${end}${reason === undefined ? "" : `: ${reason}`}`;
  return { ok, code, until, reason, message };
}

function askHistory(
  { member, chat }: Caller,
  { room, limit = HISTORY_MESSAGES, changes = false, before, after, around, since }: Command<"history">,
  reply: (outcome: Outcome<"history">) => void,
): void {
  const [, second] = Object.entries({ before, after, around, since }).filter(([, asked]) => asked !== undefined);
  if (second) {
    const message = "use only one of before, after, around and since";
    return chat.inTurn(() => reply({ ok: false, code: "invalid", field: second[0], message }));
  }
  const request = { limit, before, after, around, since, changes };
  chat.history.history(member, room, request, (outcome) => reply(historyAnswer(outcome)));
}

export function nameAnswer(outcome: LoginOutcome): Outcome<"login" | "rename"> {
  if (outcome.ok) return outcome;
  if (outcome.code === "banned") return bannedAnswer(outcome);
  const { code } = outcome;
  switch (code) {
    case "name-taken":
      return { ok: false, code, field: "name", message: takenMessage(outcome) };
    case "name-invalid":
      return { ok: false, code, field: "name", message: nameProblemMessages[outcome.problem] };
    case "too-many-attempts":
      return { ...outcome, message: errorMessages[code] };
    default:
      return { ok: false, code };
  }
}

function takenMessage({ name, like }: Extract<LoginOutcome, { code: "name-taken" }>): string {
  if (!like) return `${name} is here already`;
  return `${name} looks like ${like.name}, who ${like.isHere ? "is here" : "was here before"}; choose another`;
}

function joinAnswer(outcome: JoinOutcome): Outcome<"join"> {
  if (!outcome.ok && outcome.code === "banned") return bannedAnswer(outcome);
  if (outcome.ok || outcome.code !== "room-invalid" || outcome.like === undefined) return outcome;
  const message = `the name looks like the room ${outcome.like}; join that room or choose another name`;
  return { ok: false, code: outcome.code, field: "room", message };
}

function leaveAnswer(outcome: LeaveOutcome): Outcome<"leave"> {
  if (outcome.ok || outcome.code !== "invalid") return outcome;
  return { ...outcome, field: "room", message: "you cannot leave the lobby; quit leaves the chat" };
}

function postAnswer(outcome: PostOutcome): Outcome<"post"> {
  if (!outcome.ok) return outcome;
  const { msgid, seq, time, away, dropped } = outcome.posted;
  return { ok: true, msgid, seq, time, ...(away ? { away } : {}), ...(dropped ? { dropped } : {}) };
}

/** Cuts what does not fit in a line, starting furthest from what was asked for, and says that there is more. */
function historyAnswer(outcome: HistoryOutcome): Outcome<"history"> {
  if (!outcome.ok) return outcome;
  const { room, messages, pivot } = outcome;
  const { kept, first } = fitting(messages, pivot);
  const isCut = pivot === messages.length ? first > 0 : first + kept.length < messages.length;
  return { ok: true, room, messages: kept, more: outcome.more || isCut };
}

function searchAnswer(outcome: SearchOutcome): Outcome<"search"> {
  if (outcome.ok) {
    const { kept } = fitting(outcome.found, 0);
    return { ok: true, found: kept, more: outcome.more || kept.length < outcome.found.length };
  }
  if (outcome.code !== "invalid") return outcome;
  const message = `query cannot be understood: ${outcome.problem}`;
  return { ok: false, code: "invalid", field: "query", message };
}
