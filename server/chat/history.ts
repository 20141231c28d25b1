/** What was said before, and how far people have read it. */
import type { FoundMessage, HistoryEntry, HistoryMessage, Reaction } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { nameKey, privateRoom } from "../../protocol/names.ts";
import { parseSearch } from "../../protocol/search.ts";
import { firstNames } from "./change.ts";
import { type ChatState, tell } from "./chat-state.ts";
import type {
  ConversationsOutcome,
  HistoryFound,
  HistoryOutcome,
  HistoryRequest,
  ReactionsOutcome,
  ReadOutcome,
  SearchOutcome,
} from "./outcomes.ts";
import type { FoundInLog, KeptEntry, KeptMessage, KeptReaction, MessageLog, Range } from "./ports.ts";
import { prices } from "./prices.ts";
import type { Member } from "./room.ts";

export class History {
  readonly #state: ChatState;

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** Tells what happened in a room, or in a private conversation of the member's. */
  history(member: Member, target: string, request: HistoryRequest, answer: (outcome: HistoryOutcome) => void): void {
    const conversation = this.#state.conversation(member, target);
    member.recipient.pay(prices.history + request.limit * prices.message);
    this.#state.turn.read(() => {
      if (conversation === undefined) return answer({ ok: false, code: "no-such-room" });
      const found = this.#state.read((log) => readHistory(log, conversation, request, member));
      if (!found) return answer({ ok: false, code: "not-read" });
      answer(found === "no-such-message" ? { ok: false, code: found } : { ok: true, room: target, ...found });
    });
  }

  /**
   * Finds messages in all rooms and in the member's private conversations, newest first. It takes its time beside
   * everything else; whoever asked waits for it, and pays for the time it took.
   */
  search(member: Member, typed: string, skip: number, answer: (outcome: SearchOutcome) => void): void {
    const parsed = parseSearch(typed);
    if (!parsed.ok) return this.#state.inTurn(() => answer({ ok: false, code: "invalid", problem: parsed.problem }));
    const { recipient, gone } = member;
    recipient.pay(prices.search);
    const release = recipient.hold();
    const finish = (outcome: SearchOutcome) => {
      this.#state.inTurn(() => answer(outcome));
      release();
    };
    this.#state.turn.read(() => {
      const wanted = {
        query: parsed.query,
        person: nameKey(member.name),
        skip,
        limit: wireLimits.searchMessagesMax + 1,
      };
      this.#state.options.log.search(wanted, gone.signal).then(
        ({ messages, tookMs }) => {
          recipient.pay(tookMs * prices.searchMs);
          finish(this.#found(messages, member));
        },
        (error) => {
          if (gone.signal.aborted) return;
          this.#state.options.observer.unreadable(error);
          finish({ ok: false, code: "not-read" });
        },
      );
    });
  }

  /** Tells everybody who reacted to a message. */
  reactions(member: Member, target: string, msgid: string, answer: (outcome: ReactionsOutcome) => void): void {
    const conversation = this.#state.conversation(member, target);
    member.recipient.pay(prices.reactions);
    this.#state.turn.read(() => {
      if (conversation === undefined) return answer({ ok: false, code: "no-such-room" });
      const read = this.#state.read((log) => ({ message: log.find(msgid) }));
      if (!read) return answer({ ok: false, code: "not-read" });
      const { message } = read;
      if (message?.conversation !== conversation) return answer({ ok: false, code: "no-such-message" });
      const reactions = (message.reactions ?? []).map((reaction) => ({
        ...toldReaction(reaction, member),
        from: reaction.from,
      }));
      answer({ ok: true, room: target, msgid, reactions });
    });
  }

  /** Tells with whom the member has private conversations, the newest first. */
  conversations(member: Member, answer: (outcome: ConversationsOutcome) => void): void {
    const person = nameKey(member.name);
    member.recipient.pay(prices.conversations);
    this.#state.turn.read(() => {
      const conversations = this.#state.read((log) =>
        log
          .conversations(person, wireLimits.conversationsMax)
          .map(({ conversation, seq, read }) => ({ room: shownAs(log, conversation, person), seq, read })),
      );
      answer(conversations ? { ok: true, conversations } : { ok: false, code: "not-read" });
    });
  }

  /** Remembers how far the member has read; they are told when that is further than before. */
  markRead(member: Member, target: string, seq: number, answer: (outcome: ReadOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.read);
    const conversation = state.conversation(member, target);
    if (conversation === undefined) return state.inTurn(() => answer({ ok: false, code: "no-such-room" }));
    const person = nameKey(member.name);
    const before = state.read((log) => ({
      read: log.readUpTo(person, conversation) ?? 0,
      seq: log.lastSeq(conversation),
    }));
    if (!before) return state.inTurn(() => answer({ ok: false, code: "not-read" }));
    // Nobody has read what was not said.
    const read = Math.min(seq, before.seq);
    if (read <= before.read) return state.inTurn(() => answer({ ok: true }));
    state.turn.note({ type: "read", person, conversation, seq: read }, (isKept) => {
      answer(isKept ? { ok: true } : { ok: false, code: "not-stored" });
      if (isKept) tell([member], { type: "read", room: target, seq: read });
    });
  }

  #found(messages: readonly FoundInLog[], member: Member): SearchOutcome {
    const limit = wireLimits.searchMessagesMax;
    const found = this.#state.read((log) =>
      messages.slice(0, limit).map((message) => foundMessage(log, message, member)),
    );
    return found ? { ok: true, found, more: messages.length > limit } : { ok: false, code: "not-read" };
  }
}

/** One more than was asked for tells whether there is more. */
function readHistory(
  log: MessageLog,
  conversation: string,
  request: HistoryRequest,
  member: Member,
): HistoryFound | "no-such-message" {
  const { limit, before, after, changes } = request;
  const read = (range: Range) => {
    const found = changes ? log.entries(conversation, range) : log.messages(conversation, range);
    return found.map((entry) => toldEntry(entry, member));
  };
  const from = middleOf(log, conversation, request);
  if (from === "no-such-message") return from;
  if (from !== undefined) {
    const half = Math.floor(limit / 2);
    const older = read({ limit: half, before: from });
    const newer = read({ limit: limit - half + 1, after: from - 1 });
    const messages = [...older, ...newer.slice(0, limit - half)];
    return { messages, pivot: older.length, more: newer.length > limit - half };
  }
  if (after !== undefined) {
    const found = read({ limit: limit + 1, after });
    return { messages: found.slice(0, limit), pivot: 0, more: found.length > limit };
  }
  const found = read(before === undefined ? { limit: limit + 1 } : { limit: limit + 1, before });
  const messages = found.slice(-limit);
  return { messages, pivot: messages.length, more: found.length > limit };
}

/** The seq on both sides of which something is asked for; undefined when it is not asked so. */
function middleOf(log: MessageLog, conversation: string, { around, since }: HistoryRequest) {
  // After everything that was said, there is the end.
  if (since !== undefined) return log.seqSince(conversation, since) ?? log.lastSeq(conversation);
  if (typeof around !== "string") return around;
  const message = log.find(around);
  return message?.conversation === conversation ? message.seq : ("no-such-message" as const);
}

function foundMessage(log: MessageLog, { conversation, ...message }: FoundInLog, member: Member): FoundMessage {
  return { ...toldMessage(message, member), room: shownAs(log, conversation, nameKey(member.name)) };
}

function toldEntry(entry: KeptEntry, member: Member): HistoryEntry {
  return entry.type === "message" ? toldMessage(entry, member) : entry;
}

/** A message as a member is told of it. */
export function toldMessage({ reactions, ...message }: KeptMessage, member: Member): HistoryMessage {
  if (!reactions) return message;
  return { ...message, reactions: reactions.map((reaction) => toldReaction(reaction, member)) };
}

function toldReaction({ emoji, from }: KeptReaction, { keys }: Member): Reaction {
  const isOwn = from.some((name) => keys.has(nameKey(name)));
  return { emoji, count: from.length, from: firstNames(from), ...(isOwn ? { own: true } : {}) };
}

/** A room's name; a private conversation is called by the name of the other person. */
function shownAs(log: MessageLog, conversation: string, person: string): string {
  if (!conversation.startsWith("@")) return conversation;
  const other =
    conversation
      .slice(1)
      .split(",")
      .find((key) => key !== person) ?? person;
  return privateRoom(log.nameOf(other) ?? other);
}
