/** What people say, and how they change it. Everyone hears it only after it was committed. */
import type { EventOf } from "../../protocol/events.ts";
import { readText } from "../../protocol/text.ts";
import type { Audit } from "./audit.ts";
import { type ChatState, type Place, tell } from "./chat-state.ts";
import { toldMessage } from "./history.ts";
import type { ChangeOutcome, ChangeRequest, NewPost, PostOutcome, TypingOutcome } from "./outcomes.ts";
import type { Draft, KeptEntry, Quotes } from "./ports.ts";
import { prices, readBytes, tellingPrice } from "./prices.ts";
import type { Member, Room } from "./room.ts";

export class Messages {
  readonly #state: ChatState;
  readonly #audit: Audit;

  constructor(state: ChatState, audit: Audit) {
    this.#state = state;
    this.#audit = audit;
  }

  /** Says something to a room or a person. The sender hears the answer only, which holds what the others hear. */
  post(member: Member, request: NewPost, answer: (outcome: PostOutcome) => void): void {
    const read = readText(request.text);
    if (!read.ok) return this.#refuse(answer, read.problem);
    const { ok: _, text, ...cleaned } = read;
    const { id, action, reply } = request;
    const nowMs = this.#state.nowMs();
    const waitMs = this.#state.rooms.get(request.room)?.rules.waitMs(member.ids, id, nowMs) ?? 0;
    const place = this.#state.placeFor(member, "post", request.room, { mustWait: waitMs > 0 });
    if (place === "slow-mode") {
      return this.#state.inTurn(() => answer({ ok: false, code: place, retryInMs: waitMs }));
    }
    if (typeof place === "string") return this.#refuse(answer, place);
    const { conversation, person, room } = place;
    const author = member.person.id;
    room?.rules.spoke(author, id, nowMs);
    // Only the log knows whether the conversation exists. It counts as a new one until the log has answered.
    const giveBack = person && this.#state.newConversations.take(member.recipient.source, member);
    const mayBegin = person === undefined || giveBack !== undefined;
    this.#charge(member, prices.post, place, text);
    const isAway = person !== undefined && !this.#state.isHere(person);
    for (const each of person ? [member.person, person] : [member.person]) this.#state.people.takePart(each);
    this.#state.turn.append(
      { type: "message", conversation, id, ...authorOf(member), text, action, reply, mayBegin },
      (outcome) => {
        if (outcome.entry?.seq !== 1) giveBack?.();
        if (!outcome.ok) {
          room?.rules.unspoke(author, id);
          return answer(outcome);
        }
        const { entry, duplicate, quotes } = outcome;
        if (entry?.type !== "message") return;
        if (!duplicate) {
          advance(place, entry.seq);
          tell(place.hearers, inRoom(entry, place.hearersName), quotes);
        }
        const { msgid, seq, time } = entry;
        const where = { room: place.name, isPrivate: person !== undefined, ...(isAway ? { away: true } : {}) };
        const echo = duplicate ? {} : { echo: inRoom(entry, place.name) };
        answer({ ok: true, posted: { msgid, seq, time, text, quotes, ...where, ...cleaned, ...echo } });
      },
    );
  }

  /** Edits or deletes a message, or reacts to one. Everyone hears of it, including the member. */
  change(member: Member, request: ChangeRequest, answer: (outcome: ChangeOutcome) => void): void {
    const read = readChange(request);
    if (!read.ok) return this.#refuse(answer, read.problem);
    const { ok: _, change, ...cleaned } = read;
    const place = this.#state.placeFor(member, change.type, request.room);
    if (typeof place === "string") return this.#refuse(answer, place);
    this.#charge(member, prices[change.type], place, change.type === "edit" ? change.text : "");
    const { room } = place;
    const isModerator = room !== undefined && this.#state.standings.isModerator(member, room);
    const moderated = change.type === "delete" && isModerator ? { isModerated: true } : {};
    const draft = { ...change, ...moderated, conversation: place.conversation, ...authorOf(member) };
    this.#state.turn.append(draft, (outcome) => {
      if (!outcome.ok) return answer(outcome);
      answer({ ok: true, ...cleaned });
      const { entry, duplicate, quotes } = outcome;
      if (!entry || duplicate) return;
      if (room && entry.type === "delete" && entry.by !== undefined) this.#moderated(member, room, entry.msgid, quotes);
      advance(place, entry.seq);
      tell(place.hearers, inRoom(entry, place.hearersName), quotes);
      tell([member], inRoom(entry, place.name), quotes);
    });
  }

  /** A moderator has deleted what somebody else said. */
  #moderated(member: Member, room: Room, msgid: string, quotes: Quotes): void {
    const name = quotes.get(msgid)?.from;
    const person = name === undefined ? undefined : this.#state.people.byName(name);
    this.#audit.record(member, { verb: "delete", room, ...(person ? { person } : {}), what: msgid });
  }

  /** Tells the others that somebody is writing. It is not kept. */
  typing(member: Member, target: string, answer: (outcome: TypingOutcome) => void): void {
    const place = this.#state.placeFor(member, "typing", target);
    if (typeof place === "string") return this.#refuse(answer, place);
    this.#charge(member, prices.typing, place, "");
    this.#state.inTurn(() => {
      answer({ ok: true });
      tell(place.hearers, { type: "typing", room: place.hearersName, from: member.name });
    });
  }

  /** A message costs what its readers get; to one person, only so much may be said. */
  #charge({ name: from, recipient }: Member, price: number, { hearers, person }: Place, text: string): void {
    const words = { from, text };
    recipient.pay(price + tellingPrice(hearers.length + 1, words));
    if (person) recipient.payTo(person.id, readBytes(words));
  }

  #refuse<C>(answer: (outcome: { ok: false; code: C }) => void, code: C): void {
    this.#state.inTurn(() => answer({ ok: false, code }));
  }
}

function authorOf(member: Member): Pick<Draft, "author" | "persons"> {
  return { author: { person: member.person.id, name: member.name }, persons: member.ids };
}

/** A change with its text, if it has one, cleaned for storing. */
function readChange(request: ChangeRequest) {
  if (request.type !== "edit") return { ok: true as const, change: request };
  const read = readText(request.text);
  if (!read.ok) return read;
  const { text, ...cleaned } = read;
  return { ...cleaned, change: { ...request, text } };
}

/** A room's seq is that of the last entry its members were told. */
function advance({ room }: Place, seq: number): void {
  if (room) room.seq = seq;
}

/** An entry as it is told, with its type and room first, for people who read the wire. */
function inRoom<E extends KeptEntry>(entry: E, room: string): EventOf<E["type"]> {
  const { type, ...rest } = entry.type === "message" ? toldMessage(entry) : entry;
  return { type, room, ...rest } as unknown as EventOf<E["type"]>;
}
