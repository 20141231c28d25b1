/**
 * Whom people do not want to hear in private. Whoever is blocked is told so when they write: nothing that somebody says is
 * lost in silence.
 */
import type { ChatState } from "./chat-state.ts";
import type { BlockOutcome, RuleProblem } from "./outcomes.ts";
import type { KeptRecord } from "./ports.ts";
import { prices } from "./prices.ts";
import type { Member } from "./room.ts";

export class Blocks {
  readonly #state: ChatState;
  #count = 0;

  constructor(state: ChatState) {
    this.#state = state;
  }

  load(records: readonly KeptRecord[]): void {
    for (const { scope, id, value } of records) {
      // Of somebody who is forgotten, nothing is kept.
      if (this.#state.people.byId(scope) && this.#state.people.byId(id)) this.#add(scope, id, JSON.parse(value));
      else this.#state.keep("block", scope, id);
    }
  }

  block(member: Member, name: string, answer: (outcome: BlockOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.block);
    const fail = (code: RuleProblem) => state.inTurn(() => answer({ ok: false, code }));
    const person = state.people.byName(name);
    if (!person) return fail("no-such-person");
    if (member.ids.has(person.id)) return fail("not-allowed");
    const own = state.standings.blocks.get(member.person.id);
    const { blocksOfPersonMax, blocksMax } = state.options.limits;
    if (!own?.has(person.id)) {
      if ((own?.size ?? 0) >= blocksOfPersonMax || this.#count >= blocksMax) return fail("too-many-rules");
      if (!state.newRules.take(member.recipient.source, member)) return fail("too-many-new-rules");
    }
    state.people.takePart(member.person);
    state.people.takePart(person);
    this.#add(member.person.id, person.id, person.name);
    state.keep("block", member.person.id, person.id, person.name, ({ ok }) =>
      answer(ok ? { ok: true, name: person.name } : { ok: false, code: "not-stored" }),
    );
  }

  unblock(member: Member, name: string, answer: (outcome: BlockOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.block);
    const person = state.people.byName(name);
    const own = state.standings.blocks.get(member.person.id);
    if (!person || !own?.delete(person.id)) {
      return state.inTurn(() => answer({ ok: false, code: person ? "no-such-rule" : "no-such-person" }));
    }
    this.#count -= 1;
    if (own.size === 0) state.standings.blocks.delete(member.person.id);
    state.keep("block", member.person.id, person.id, undefined, ({ ok }) =>
      answer(ok ? { ok: true, name: person.name } : { ok: false, code: "not-stored" }),
    );
  }

  /** Tells whom somebody blocks, by their present names. */
  list(member: Member, answer: (names: readonly string[]) => void): void {
    const { people, standings } = this.#state;
    const own = [...(standings.blocks.get(member.person.id) ?? [])];
    member.recipient.pay(prices.block + own.length * prices.listed);
    const names = own.map(([id, name]) => people.byId(id)?.name ?? name);
    this.#state.inTurn(() => answer(names));
  }

  #add(person: string, blocked: string, name: string): void {
    const { blocks } = this.#state.standings;
    const own = blocks.get(person) ?? new Map<string, string>();
    if (!own.has(blocked)) this.#count += 1;
    blocks.set(person, own.set(blocked, name));
  }
}
