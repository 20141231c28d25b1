/**
 * Logins: where people are logged in, with tokens by which they are known again, and the connections that have proved
 * something, so that they can be ended.
 */
import { isSameHash, makeToken, parseToken } from "../accounts/session-token.ts";
import type { AccountOutcome, SessionsOutcome } from "./account-outcomes.ts";
import type { ChatState } from "./chat-state.ts";
import type { Person } from "./people.ts";
import { prices } from "./prices.ts";
import type { Visit } from "./room.ts";

export class Logins {
  readonly #state: ChatState;
  /** Visits that have proved something. Bounded by the connections. */
  readonly #visits = new Set<Visit>();

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** The visit has proved to be a person. */
  prove(visit: Visit, person: Person): void {
    visit.proved = person;
    if (person.account) this.#state.door.attempts.know(person.id, visit.asker.source);
    // A session that it continued before may be somebody else's.
    if (visit.session !== undefined && !person.sessions.has(visit.session)) visit.session = undefined;
    this.#visits.add(visit);
  }

  /** Continues a session. @returns its person; undefined when there is no such session */
  resume(visit: Visit, token: string): Person | undefined {
    const { id, hash } = parseToken(token);
    const person = this.#state.people.bySession(id);
    const session = person?.sessions.get(id);
    if (!person || !session || !isSameHash(session.hash, hash)) return undefined;
    // Meanwhile somebody else may have registered a name that looks like the guest's.
    if (!person.account && this.#state.people.registeredLike(person.name, person)) return undefined;
    visit.session = id;
    this.#state.people.addSession(person, { ...session, seen: this.#state.time() }, this.#sessionsMax);
    this.#note(person);
    return person;
  }

  /** The sessions of the visit's account, the latest first. */
  list(visit: Visit, answer: (outcome: SessionsOutcome) => void): void {
    visit.asker.pay(prices.sessions);
    const person = proved(visit);
    if (typeof person === "string") return this.#state.inTurn(() => answer({ ok: false, code: person }));
    const sessions = [...person.sessions.values()].reverse().map(({ id, device, made, seen }) => {
      return { id, device, made, seen, ...(id === visit.session ? { current: true } : {}) };
    });
    this.#state.inTurn(() => answer({ ok: true, sessions }));
  }

  /** Ends a session with its connections; without an id, the visit's own, or only its connection when it has none. */
  signOut(visit: Visit, id: string | undefined, answer: (outcome: AccountOutcome) => void): void {
    visit.asker.pay(prices.sessions);
    const person = proved(visit);
    if (typeof person === "string") return this.#state.inTurn(() => answer({ ok: false, code: person }));
    const ended = id ?? visit.session;
    if (ended !== undefined && !person.sessions.has(ended)) {
      return this.#state.inTurn(() => answer({ ok: false, code: "invalid", field: "id" }));
    }
    if (ended !== undefined) this.#state.people.dropSession(person, ended);
    this.#note(person, (isKept) => answer(isKept ? { ok: true } : { ok: false, code: "not-stored" }));
    for (const each of [...this.#visits]) {
      if (each === visit ? id === undefined || ended === visit.session : ended !== undefined && each.session === ended)
        this.#end(each);
    }
  }

  /**
   * A token for somebody who has just come: of their account, or of the guest whose words only they may claim. Without
   * one, nothing is told.
   */
  tokenFor(visit: Visit, person: Person, device: string | undefined): { token?: string } {
    if (device === undefined || visit.session !== undefined) return {};
    // Whoever reads a token on the way is as good as its owner.
    if (this.#state.door.refusesPasswords(visit)) return {};
    const isTheirs = person.account ? visit.proves(person) : person.claimant === visit;
    if (!isTheirs) return {};
    const { id, token, hash } = makeToken();
    const time = this.#state.time();
    const session = { id, hash, device, made: time, seen: time };
    const gone = new Set(this.#state.people.addSession(person, session, this.#sessionsMax));
    visit.session = id;
    this.prove(visit, person);
    this.#note(person);
    for (const each of [...this.#visits]) if (each.session !== undefined && gone.has(each.session)) this.#end(each);
    return { token };
  }

  /** The visit is over. */
  left(visit: Visit): void {
    visit.isOver = true;
    this.#visits.delete(visit);
  }

  /** Ends all sessions and connections of a person, but perhaps one. */
  endOthers(person: Person, but?: Visit): void {
    for (const id of [...person.sessions.keys()]) if (id !== but?.session) this.#state.people.dropSession(person, id);
    this.#note(person);
    for (const each of [...this.#visits]) if (each !== but && each.proved === person) this.#end(each);
    // Somebody who is another person by now may have been this one on their connection.
    const holder = this.#state.holderOf(person);
    if (holder && holder.visit !== but && holder.person !== person) this.#state.letGo(holder, person);
  }

  #end(visit: Visit): void {
    visit.proved = undefined;
    visit.asker.dismiss("signed-out");
  }

  #note(person: Person, then: (ok: boolean) => void = () => {}): void {
    const note = { type: "sessions" as const, person: person.id, sessions: [...person.sessions.values()] };
    this.#state.turn.note(note, ({ ok }) => then(ok));
  }

  get #sessionsMax(): number {
    return this.#state.options.limits.sessionsPerPersonMax;
  }
}

/** The person whose account a visit has proved, or why there is none. */
export function proved({ proved: person, member }: Visit): Person | "account-required" | "not-registered" {
  if (person?.account) return person;
  return member && !member.person.account ? "not-registered" : "account-required";
}
