/** What a program can ask for once it has logged in: each command becomes a verb of the chat, and its outcome an answer. */
import type { Command } from "../../protocol/commands.ts";
import type { ErrorCode, EventOf } from "../../protocol/events.ts";
import { lobby, nameProblemMessages } from "../../protocol/names.ts";
import type { Chat } from "../chat/chat.ts";
import type {
  HistoryOutcome,
  JoinOutcome,
  LeaveOutcome,
  NameOutcome,
  PostOutcome,
  SearchOutcome,
} from "../chat/outcomes.ts";
import type { Member } from "../chat/room.ts";
import { fitting } from "./fitting.ts";
import type { ExplainedCode } from "./json-errors.ts";

/** What only somebody who has logged in can ask for: whatever says or does something, and whatever tells of the others. */
export type MemberCommand = Exclude<Command, Command<"hello" | "login" | "ping" | "quit">>;

/** What came of a command: the fields of its `ok`, or why it cannot be. */
export type Outcome =
  | ({ ok: true } & Omit<EventOf<"ok">, "type" | "label">)
  | { ok: false; code: ExplainedCode }
  /** A field is wrong in a way that needs words of its own. */
  | { ok: false; code: ErrorCode; field: string; message: string };

/** Messages in an answer to `history` that does not say how many. */
const HISTORY_MESSAGES = 50;

export class JsonVerbs {
  readonly member: Member;
  readonly #chat: Chat;
  readonly #reply: (command: Command, outcome: Outcome) => void;

  /** @param reply sends the answer to a command, at once */
  constructor(member: Member, chat: Chat, reply: (command: Command, outcome: Outcome) => void) {
    this.member = member;
    this.#chat = chat;
    this.#reply = reply;
  }

  execute(command: MemberCommand): void {
    const { member } = this;
    const { messages, history } = this.#chat;
    const reply = (outcome: Outcome) => this.#reply(command, outcome);
    switch (command.type) {
      case "join":
        this.#chat.join(member, command.room, (outcome) => reply(joinAnswer(outcome)));
        return;
      case "leave":
        return this.#chat.leave(member, command.room, (outcome) => reply(leaveAnswer(outcome)));
      case "who":
        return this.#chat.who(member, command.room ?? lobby, reply);
      case "rooms":
        return this.#chat.rooms(member, (rooms) => reply({ ok: true, rooms }));
      case "people":
        return this.#chat.absentees(member, (people) => reply({ ok: true, people }));
      case "away":
        return this.#chat.away(member, command.on, reply);
      case "topic":
        return this.#chat.topic(member, command.room, command.topic, reply);
      case "rename":
        return this.#chat.rename(member, command.name, (outcome) => reply(nameAnswer(outcome)));
      case "post":
        return messages.post(member, { ...command, action: command.action ?? false }, (outcome) =>
          reply(postAnswer(outcome)),
        );
      case "edit":
      case "delete":
        return messages.change(member, command, reply);
      case "react":
        return messages.change(member, { ...command, on: command.on ?? true }, reply);
      case "typing":
        return messages.typing(member, command.room, reply);
      case "history":
        return this.#history(command);
      case "search":
        return history.search(member, command.query, command.skip ?? 0, (outcome) => reply(searchAnswer(outcome)));
      case "reactions":
        return history.reactions(member, command.room, command.msgid, reply);
      case "conversations":
        return history.conversations(member, reply);
      case "read":
        return history.markRead(member, command.room, command.seq, reply);
    }
  }

  #history(command: Command<"history">): void {
    const { room, before, after, around, since, limit = HISTORY_MESSAGES, changes = false } = command;
    const [, second] = Object.entries({ before, after, around, since }).filter(([, asked]) => asked !== undefined);
    const request = { limit, before, after, around, since, changes };
    if (!second) {
      return this.#chat.history.history(this.member, room, request, (outcome) =>
        this.#reply(command, historyAnswer(outcome)),
      );
    }
    const message = "before, after, around and since exclude each other";
    this.#chat.inTurn(() => this.#reply(command, { ok: false, code: "invalid", field: second[0], message }));
  }
}

export function nameAnswer(outcome: NameOutcome): Outcome {
  if (outcome.ok || outcome.code === "too-many-new-names") return outcome;
  const { code } = outcome;
  const message = code === "name-taken" ? takenMessage(outcome) : nameProblemMessages[outcome.problem];
  return { ok: false, code, field: "name", message };
}

function takenMessage({ name, like }: Extract<NameOutcome, { code: "name-taken" }>): string {
  if (!like) return `${name} is here already`;
  return `${name} looks like ${like.name}, who ${like.isHere ? "is here" : "was here before"}; choose another`;
}

function joinAnswer(outcome: JoinOutcome): Outcome {
  if (outcome.ok || outcome.code !== "room-invalid" || outcome.like === undefined) return outcome;
  const message = `the name looks like that of the room ${outcome.like}; join that one or choose another`;
  return { ok: false, code: outcome.code, field: "room", message };
}

function leaveAnswer(outcome: LeaveOutcome): Outcome {
  if (outcome.ok || outcome.code !== "invalid") return outcome;
  return { ...outcome, field: "room", message: "everyone stays in the lobby; quit leaves the chat" };
}

function postAnswer(outcome: PostOutcome): Outcome {
  if (!outcome.ok) return outcome;
  const { msgid, seq, time, away, dropped } = outcome.posted;
  return { ok: true, msgid, seq, time, ...(away ? { away } : {}), ...(dropped ? { dropped } : {}) };
}

/** Cuts what does not fit into a line, furthest from what was asked for, and says that there is more. */
function historyAnswer(outcome: HistoryOutcome): Outcome {
  if (!outcome.ok) return outcome;
  const { room, messages, pivot } = outcome;
  const { kept, first } = fitting(messages, pivot);
  const isCut = pivot === messages.length ? first > 0 : first + kept.length < messages.length;
  return { ok: true, room, messages: kept, more: outcome.more || isCut };
}

function searchAnswer(outcome: SearchOutcome): Outcome {
  if (outcome.ok) {
    const { kept } = fitting(outcome.found, 0);
    return { ok: true, found: kept, more: outcome.more || kept.length < outcome.found.length };
  }
  if (outcome.code !== "invalid") return outcome;
  const message = `query cannot be read at: ${outcome.problem}`;
  return { ok: false, code: "invalid", field: "query", message };
}
