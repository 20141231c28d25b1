/** What was said before, and how far people have read it. */
import type { HistoryEntry, HistoryMessage, Reaction } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { privateRoom } from "../../protocol/names.ts";
import { parseSearch } from "../../protocol/search.ts";
import { firstNames, namesOf } from "./change.ts";
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
import type { FoundInLog, KeptEntry, KeptMessage, KeptReaction, MessageLog, Range, Search } from "./ports.ts";
import { prices } from "./prices.ts";
import type { Member } from "./room.ts";

export class History {
  readonly #state: ChatState;

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** Tells what happened in a room, or in a private conversation of the member's. */
  history(member: Member, target: string, request: HistoryRequest, answer: (outcome: HistoryOutcome) => void): void {
    const place = this.#state.placeFor(member, "history", target);
    member.recipient.pay(prices.history + request.limit * prices.message);
    if (typeof place === "string") return this.#state.inTurn(() => answer({ ok: false, code: place }));
    this.#state.turn.read(() => {
      const found = this.#state.read((log) => readHistory(log, place.conversation, request, member));
      if (!found) return answer({ ok: false, code: "not-read" });
      answer(found === "no-such-message" ? { ok: false, code: found } : { ok: true, room: place.name, ...found });
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
    const { from, ...query } = parsed.query;
    const author = from === undefined ? undefined : this.#state.people.byName(from);
    if (from !== undefined && !author) return finish({ ok: true, found: [], more: false });
    this.#state.turn.read(() => {
      const wanted: Search = {
        query,
        ...(author ? { author: author.id } : {}),
        person: member.person.id,
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
    const place = this.#state.placeFor(member, "reactions", target);
    member.recipient.pay(prices.reactions);
    if (typeof place === "string") return this.#state.inTurn(() => answer({ ok: false, code: place }));
    this.#state.turn.read(() => {
      const read = this.#state.read((log) => ({ message: log.find(msgid) }));
      if (!read) return answer({ ok: false, code: "not-read" });
      const { message } = read;
      if (message?.conversation !== place.conversation) return answer({ ok: false, code: "no-such-message" });
      const reactions = (message.reactions ?? []).map((reaction) => ({
        ...toldReaction(reaction, member),
        from: namesOf(reaction),
      }));
      answer({ ok: true, room: place.name, msgid, reactions });
    });
  }

  /** Tells with whom the member has private conversations, the newest first. */
  conversations(member: Member, answer: (outcome: ConversationsOutcome) => void): void {
    member.recipient.pay(prices.conversations);
    this.#state.turn.read(() => {
      const kept = this.#state.read((log) => log.conversations(member.person.id, wireLimits.conversationsMax));
      // With somebody who was forgotten there is no way to go on.
      const conversations = kept?.flatMap(({ conversation, seq, read }) => {
        const room = this.#state.nameFor(member, conversation);
        return room === undefined ? [] : [{ room, seq, read }];
      });
      answer(conversations ? { ok: true, conversations } : { ok: false, code: "not-read" });
    });
  }

  /** Remembers how far the member has read; they are told when that is further than before. */
  markRead(member: Member, target: string, seq: number, answer: (outcome: ReadOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.read);
    const place = state.placeFor(member, "read", target);
    if (typeof place === "string") return state.inTurn(() => answer({ ok: false, code: place }));
    const { conversation, name: room } = place;
    const { id: person } = member.person;
    const before = state.read((log) => ({
      read: log.readUpTo(person, conversation) ?? 0,
      seq: log.lastSeq(conversation),
    }));
    if (!before) return state.inTurn(() => answer({ ok: false, code: "not-read" }));
    // Nobody has read what was not said.
    const read = Math.min(seq, before.seq);
    if (read <= before.read) return state.inTurn(() => answer({ ok: true }));
    state.people.takePart(member.person);
    state.turn.note({ type: "read", person, conversation, seq: read }, (isKept) => {
      answer(isKept ? { ok: true } : { ok: false, code: "not-stored" });
      if (isKept) tell([member], { type: "read", room, seq: read });
    });
  }

  #found(messages: readonly FoundInLog[], member: Member): SearchOutcome {
    const limit = wireLimits.searchMessagesMax;
    const found = messages.slice(0, limit).map(({ conversation, ...message }) => ({
      ...toldMessage(message, member),
      // Somebody who was forgotten is called as they were when they said it.
      room: this.#state.nameFor(member, conversation) ?? privateRoom(message.from),
    }));
    return { ok: true, found, more: messages.length > limit };
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

function toldEntry(entry: KeptEntry, member: Member): HistoryEntry {
  return entry.type === "message" ? toldMessage(entry, member) : entry;
}

/** A message as a member is told of it; of nobody in particular, as everyone is. */
export function toldMessage({ person, reactions, ...message }: KeptMessage, member?: Member): HistoryMessage {
  const own = member?.ids.has(person) ? { own: true } : {};
  if (!reactions) return { ...message, ...own };
  return { ...message, ...own, reactions: reactions.map((reaction) => toldReaction(reaction, member)) };
}

function toldReaction(reaction: KeptReaction, member?: Member): Reaction {
  const { emoji, from } = reaction;
  const isOwn = from.some(({ person }) => member?.ids.has(person));
  return { emoji, count: from.length, from: firstNames(namesOf(reaction)), ...(isOwn ? { own: true } : {}) };
}
