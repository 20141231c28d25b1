/** What was said before, and how far people have read it. */
import type { HistoryEntry, HistoryMessage, Reaction } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { privateRoom } from "../../protocol/names.ts";
import { parseSearch } from "../../protocol/search.ts";
import { firstNames, namesOf } from "./change.ts";
import { type ChatState, tell } from "./chat-state.ts";
import type { ConversationsOutcome, HistoryOutcome, ReactionsOutcome, ReadOutcome, SearchOutcome } from "./outcomes.ts";
import type { FoundByLog, HistoryRequest, KeptEntry, KeptMessage, KeptReaction, Search } from "./ports.ts";
import { prices } from "./prices.ts";
import { denial } from "./rights.ts";
import type { Member } from "./room.ts";

export class History {
  readonly #state: ChatState;

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** Tells what happened in a room, or in one of the member's private conversations. */
  history(member: Member, target: string, request: HistoryRequest, answer: (outcome: HistoryOutcome) => void): void {
    const place = this.#state.placeFor(member, "history", target);
    member.recipient.pay(prices.history + request.limit * prices.message);
    if (typeof place === "string") return this.#state.inTurn(() => answer({ ok: false, code: place }));
    this.#state.turn.read(
      prices.history + request.limit * prices.message,
      (log) => log.history(place.conversation, request),
      (read) => {
        if (!read) return answer({ ok: false, code: "not-read" });
        if (read.value === "no-such-message") return answer({ ok: false, code: read.value });
        const { entries, ...page } = read.value;
        answer({ ok: true, room: place.name, messages: entries.map((entry) => toldEntry(entry, member)), ...page });
      },
    );
  }

  /**
   * Finds messages in all rooms and in the member's private conversations, newest first. Searches run beside everything
   * else; only the member waits, and pays for the time taken.
   */
  search(member: Member, typed: string, skip: number, answer: (outcome: SearchOutcome) => void): void {
    const parsed = parseSearch(typed);
    if (!parsed.ok) return this.#state.inTurn(() => answer({ ok: false, code: "invalid", problem: parsed.problem }));
    const { recipient, gone } = member;
    const { rooms, standings } = this.#state;
    recipient.pay(prices.search + rooms.size * prices.listed);
    const release = recipient.hold();
    const finish = (outcome: SearchOutcome) => {
      this.#state.inTurn(() => answer(outcome));
      release();
    };
    const { from, ...query } = parsed.query;
    const author = from === undefined ? undefined : this.#state.people.byName(from);
    if (from !== undefined && !author) return finish({ ok: true, found: [], quotes: new Map(), more: false });
    const wanted: Search = {
      query,
      ...(author ? { author: author.id } : {}),
      person: member.person.id,
      closedRooms: [...rooms].flatMap((room) => (denial("history", standings.inRoom(member, room)) ? [room.name] : [])),
      skip,
      limit: wireLimits.searchMessagesMax + 1,
    };
    // The search starts after the commit, so it also finds what was said earlier in this turn.
    this.#state.turn.read(
      prices.look,
      async () => undefined,
      () => {
        this.#state.options.log.search(wanted, gone.signal).then(
          (found) => {
            recipient.pay(found.tookMs * prices.searchMs);
            finish(this.#found(found, member));
          },
          (error) => {
            if (gone.signal.aborted) return;
            this.#state.options.observer.unreadable(error);
            finish({ ok: false, code: "not-read" });
          },
        );
      },
    );
  }

  /** Tells everybody who reacted to a message. */
  reactions(member: Member, target: string, msgid: string, answer: (outcome: ReactionsOutcome) => void): void {
    const place = this.#state.placeFor(member, "reactions", target);
    member.recipient.pay(prices.reactions);
    if (typeof place === "string") return this.#state.inTurn(() => answer({ ok: false, code: place }));
    this.#state.turn.read(
      prices.look,
      (log) => log.find(msgid),
      (read) => {
        if (!read) return answer({ ok: false, code: "not-read" });
        const message = read.value;
        if (message?.conversation !== place.conversation) return answer({ ok: false, code: "no-such-message" });
        const reactions = (message.reactions ?? []).map((reaction) => ({
          ...toldReaction(reaction, member),
          from: namesOf(reaction),
        }));
        answer({ ok: true, room: place.name, msgid, reactions });
      },
    );
  }

  /** Lists the member's private conversations, newest first. */
  conversations(member: Member, answer: (outcome: ConversationsOutcome) => void): void {
    member.recipient.pay(prices.conversations);
    this.#state.turn.read(
      prices.conversations,
      (log) => log.conversations(member.person.id, wireLimits.conversationsMax),
      (read) => {
        if (!read) return answer({ ok: false, code: "not-read" });
        // A conversation with a forgotten person cannot continue.
        const conversations = read.value.flatMap(({ conversation, ...each }) => {
          const room = this.#state.nameFor(member, conversation);
          return room === undefined ? [] : [{ room, ...each }];
        });
        answer({ ok: true, conversations });
      },
    );
  }

  /** Records how far the member has read; they are told when that is further than before. */
  markRead(member: Member, target: string, seq: number, answer: (outcome: ReadOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.read);
    const place = state.placeFor(member, "read", target);
    if (typeof place === "string") return state.inTurn(() => answer({ ok: false, code: place }));
    const { conversation, name: room } = place;
    const { id: person } = member.person;
    state.people.takePart(member.person);
    state.turn.note({ type: "read", person, conversation, seq }, (noted) => {
      answer(noted.ok ? { ok: true } : { ok: false, code: "not-stored" });
      if (noted.read !== undefined) tell([member], { type: "read", room, seq: noted.read });
    });
  }

  #found({ messages, quotes }: FoundByLog, member: Member): SearchOutcome {
    const limit = wireLimits.searchMessagesMax;
    const found = messages.slice(0, limit).map(({ conversation, ...message }) => ({
      ...toldMessage(message, member),
      // A forgotten person keeps the name under which they said it.
      room: this.#state.nameFor(member, conversation) ?? privateRoom(message.from),
    }));
    return { ok: true, found, quotes, more: messages.length > limit };
  }
}

function toldEntry(entry: KeptEntry, member: Member): HistoryEntry {
  return entry.type === "message" ? toldMessage(entry, member) : entry;
}

/** A message as one member is told it; without a member, as everyone is. */
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
