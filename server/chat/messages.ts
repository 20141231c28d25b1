/** What people say, and what they do to what was said. Everyone hears it after it was committed, and not before. */
import type { EventOf } from "../../protocol/events.ts";
import { nameKey } from "../../protocol/names.ts";
import { readText } from "../../protocol/text.ts";
import { type ChatState, type Place, tell } from "./chat-state.ts";
import type { ChangeOutcome, ChangeRequest, PostOutcome, PostRequest, TypingOutcome } from "./outcomes.ts";
import type { KeptEntry } from "./ports.ts";
import { prices, readBytes, tellingPrice } from "./prices.ts";
import type { Member } from "./room.ts";

export class Messages {
  readonly #state: ChatState;

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** Says something to a room or a person. The sender hears the answer only, which holds what the others hear. */
  post(member: Member, request: PostRequest, answer: (outcome: PostOutcome) => void): void {
    const read = readText(request.text);
    if (!read.ok) return this.#refuse(answer, read.problem);
    const { ok: _, text, ...cleaned } = read;
    const place = this.#state.place(member, request.room);
    if (typeof place === "string") return this.#refuse(answer, place);
    const { conversation, to, away } = place;
    const giveBack = to === undefined ? () => {} : this.#begin(member, conversation);
    if (!giveBack) return this.#refuse(answer, "too-many-new-conversations");
    const { id, action, reply } = request;
    this.#charge(member, prices.post, place, text);
    this.#state.turn.append(
      { type: "message", conversation, id, from: member.name, names: [...member.keys], to, text, action, reply },
      (outcome) => {
        if (outcome.entry?.seq !== 1) giveBack();
        if (!outcome.ok) return answer(outcome);
        const { entry } = outcome;
        if (entry?.type !== "message") return;
        if (!outcome.duplicate) {
          advance(place, entry.seq);
          tell(place.hearers, inRoom(entry, place.shownAs));
        }
        const { msgid, seq, time } = entry;
        const addressee = to === undefined ? {} : { to, ...(away ? { away } : {}) };
        const echo = outcome.duplicate ? {} : { echo: inRoom(entry, place.ownName) };
        answer({ ok: true, posted: { msgid, seq, time, text, ...addressee, ...cleaned, ...echo } });
      },
    );
  }

  /** Edits or deletes a message, or reacts to one. Everyone hears of it, the member too. */
  change(member: Member, request: ChangeRequest, answer: (outcome: ChangeOutcome) => void): void {
    const read = request.type === "edit" ? readText(request.text) : undefined;
    if (read && !read.ok) return this.#refuse(answer, read.problem);
    const change = request.type === "edit" && read ? { ...request, text: read.text } : request;
    const cleaned = read?.dropped ? { dropped: read.dropped } : {};
    const place = this.#state.place(member, request.room);
    if (typeof place === "string") return this.#refuse(answer, place);
    this.#charge(member, prices[change.type], place, change.type === "edit" ? change.text : "");
    this.#state.turn.append(
      { ...change, conversation: place.conversation, from: member.name, names: [...member.keys] },
      (outcome) => {
        if (!outcome.ok) return answer(outcome);
        answer({ ok: true, ...cleaned });
        const { entry, duplicate } = outcome;
        if (!entry || duplicate) return;
        advance(place, entry.seq);
        tell(place.hearers, inRoom(entry, place.shownAs));
        tell([member], inRoom(entry, place.ownName));
      },
    );
  }

  /** Tells the others that somebody is writing. It is kept nowhere. */
  typing(member: Member, target: string, answer: (outcome: TypingOutcome) => void): void {
    const place = this.#state.place(member, target);
    if (typeof place === "string") return this.#refuse(answer, place);
    this.#charge(member, prices.typing, place, "");
    this.#state.inTurn(() => {
      answer({ ok: true });
      tell(place.hearers, { type: "typing", room: place.shownAs, from: member.name });
    });
  }

  /** Says something privately. @returns undefined when that would begin one conversation too many; see `Ration.take` */
  #begin(member: Member, conversation: string): (() => void) | undefined {
    const isThere = this.#state.read((log) => log.lastSeq(conversation) > 0) ?? true;
    return isThere ? () => {} : this.#state.newConversations.take(member.recipient.source, member);
  }

  /** What is said costs what it becomes for those who hear it; to one person, no more is said than so much. */
  #charge({ name: from, recipient }: Member, price: number, { hearers, to }: Place, text: string): void {
    const words = { from, text };
    recipient.pay(price + tellingPrice(hearers.length + 1, words));
    if (to !== undefined) recipient.payTo(nameKey(to), readBytes(words));
  }

  #refuse<C>(answer: (outcome: { ok: false; code: C }) => void, code: C): void {
    this.#state.inTurn(() => answer({ ok: false, code }));
  }
}

/** A room stands where the last entry that its members were told of does. */
function advance({ room }: Place, seq: number): void {
  if (!room) return;
  room.seq = seq;
  room.isKept = true;
}

/** An entry as it is told, with what it is and where in front, for people who read the wire. */
function inRoom<E extends KeptEntry>(entry: E, room: string): EventOf<E["type"]> {
  const { type, ...rest } = entry;
  return { type, room, ...rest } as unknown as EventOf<E["type"]>;
}
