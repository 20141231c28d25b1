/** What people with rights did, for those whom it concerns. Bounded: whoever does a lot displaces only their own room's. */

import { wireLimits } from "../../protocol/limits.ts";
import type { ActInfo } from "../../protocol/moderation-events.ts";
import type { ChatState } from "./chat-state.ts";
import type { AuditOutcome } from "./outcomes.ts";
import type { KeptRecord } from "./ports.ts";
import { prices } from "./prices.ts";
import type { Verb } from "./rights.ts";
import type { Member, Room } from "./room.ts";

/** An act as it is kept: with the ids of who did it and to whom. */
interface Act extends Omit<ActInfo, "room"> {
  byPerson: string;
  person?: string;
}

/** Whoever did something: a member, or somebody from outside. */
export interface Doer {
  readonly name: string;
  readonly person: { readonly id: string };
}

/** What is known of an act when it is done. */
export interface Deed {
  verb: Verb;
  /** Undefined for the chat as a whole. */
  room?: Room;
  /** The person to whom it was done. */
  person?: { id: string; name: string };
  what?: string | undefined;
  until?: string | undefined;
  reason?: string | undefined;
}

/** The scope of what concerns no room that exists. */
const WHOLE_CHAT = "";

export class Audit {
  readonly #state: ChatState;
  /** By scope, each with the oldest first. */
  readonly #acts = new Map<string, Act[]>();
  #count = 0;
  #lastId = 0;

  constructor(state: ChatState) {
    this.#state = state;
  }

  load(records: readonly KeptRecord[]): void {
    const acts = records.map(({ scope, value }) => ({ scope, act: JSON.parse(value) as Act }));
    for (const { scope, act } of acts.toSorted((a, b) => a.act.id - b.act.id)) {
      this.#lastId = act.id;
      this.#add(scope, act);
    }
  }

  /** Somebody did something. */
  record(doer: Doer, { verb, room, person, what, until, reason }: Deed): void {
    const scope = room?.name ?? WHOLE_CHAT;
    const act: Act = {
      id: ++this.#lastId,
      time: this.#state.time(),
      by: doer.name,
      byPerson: doer.person.id,
      verb,
      ...(person ? { name: person.name, person: person.id } : {}),
      ...(what === undefined ? {} : { what }),
      ...(until === undefined ? {} : { until }),
      ...(reason === undefined ? {} : { reason }),
    };
    this.#add(scope, act);
    this.#state.keep("act", scope, String(act.id), act);
  }

  /** Whoever makes a room of the same name is not told what was done in the one before. */
  forget(scope: string): void {
    const acts = this.#acts.get(scope) ?? [];
    this.#acts.delete(scope);
    this.#count -= acts.length;
    for (const { id } of acts) this.#state.keep("act", scope, String(id));
  }

  /**
   * Tells what was done, newest first: to moderators everything in their room, to administrators everything, to
   * everybody what they did or what was done to them.
   */
  read(
    member: Member,
    { room: name, before = Number.POSITIVE_INFINITY }: { room?: string | undefined; before?: number | undefined },
    answer: (outcome: AuditOutcome) => void,
  ): void {
    const { standings, rooms } = this.#state;
    const found = name === undefined ? undefined : this.#state.roomFor(member, "audit", name);
    member.recipient.pay(prices.rooms + this.#count * prices.reader);
    if (typeof found === "string") return this.#state.inTurn(() => answer({ ok: false, code: found }));
    const scopes = found ? [found.name] : [...this.#acts.keys()];
    const { ids } = member;
    const acts = scopes.flatMap((scope) => {
      const room = rooms.get(scope);
      const seesAll = room ? standings.isModerator(member, room) : standings.isAdmin(member);
      const concerns = ({ byPerson, person }: Act) =>
        seesAll || ids.has(byPerson) || (person !== undefined && ids.has(person));
      const told = (this.#acts.get(scope) ?? []).filter((act) => act.id < before && concerns(act));
      return told.map(({ byPerson: _, person: __, ...act }) => (room ? { ...act, room: room.name } : act));
    });
    const newest = acts.sort((a, b) => b.id - a.id).slice(0, wireLimits.rulesToldMax);
    member.recipient.pay(newest.length * prices.ruleListed);
    this.#state.inTurn(() => answer({ ok: true, acts: newest }));
  }

  #add(scope: string, act: Act): void {
    const acts = this.#acts.get(scope) ?? [];
    this.#acts.set(scope, acts);
    acts.push(act);
    if (++this.#count <= this.#state.options.limits.actsMax) return;
    const [fullest, most] = [...this.#acts].reduce((one, other) => (other[1].length > one[1].length ? other : one));
    const oldest = most.shift();
    this.#count -= 1;
    if (oldest) this.#state.keep("act", fullest, String(oldest.id));
  }
}
