/**
 * The people whom the server remembers. Everything of a person is kept under their id; names lead to people. A name
 * stays with its person while they are remembered, also after a rename, so it never leads to somebody else. Everybody
 * is in memory, so that a lookup never waits for the log; the log gets the changes with the next turn.
 */
import type { Absentee } from "../../protocol/events.ts";
import { nameKey } from "../../protocol/names.ts";
import type { KeptAccount, KeptSession } from "./account-ports.ts";
import { Looks } from "./looks.ts";
import type { KeptPerson, Note, PeopleNote, PersonName } from "./ports.ts";

type AccountNote = Extract<Note, { type: "account" }>;

export interface Person {
  /** A UUID. */
  readonly id: string;
  /** Their latest name. */
  name: string;
  /** When they were last here (ISO 8601). */
  seen: string;
  /** They have said, received or read something. Other people are forgotten first. */
  tookPart: boolean;
  /** The names that lead to them, by key, the latest one last. */
  readonly names: Map<string, PersonName>;
  account?: KeptAccount | undefined;
  /** Where they are logged in, by id, the one that was used longest ago first. */
  readonly sessions: Map<string, KeptSession>;
  /** Without an account: the visit that may claim what they have said, by registering. */
  claimant: object | undefined;
}

export interface PeopleOptions {
  /** People remembered: see `ServerLimits.peopleMax`. */
  peopleMax: number;
  namesPerPersonMax: number;
  /** Whether a person is here; nobody who is here is forgotten. */
  isHere: (person: Person) => boolean;
}

export class People {
  readonly #options: PeopleOptions;
  readonly #byId = new Map<string, Person>();
  readonly #byKey = new Map<string, Person>();
  /** People who took part, and people who did not, each ordered by when they were last seen. */
  readonly #participants = new Set<Person>();
  readonly #passers = new Set<Person>();
  /** People whose account somebody can enter. They are never forgotten. */
  readonly #owners = new Set<Person>();
  readonly #bySession = new Map<string, Person>();
  readonly #looks = new Looks();
  /** What the log does not know yet: changed people, whether their names changed too, and forgotten people. */
  readonly #changed = new Map<Person, { names: boolean }>();
  readonly #forgotten = new Set<string>();
  /** Whose account could not be stored as it is. */
  readonly #unkept = new Set<Person>();

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#byId.size;
  }

  /** Adds the people whom the log has kept. */
  load(kept: readonly KeptPerson[]): void {
    for (const { names, sessions, account, ...known } of kept.toSorted((a, b) => a.seen.localeCompare(b.seen))) {
      const person = { ...known, account, names: new Map(), sessions: new Map(), claimant: undefined };
      for (const session of sessions) this.#addSession(person, session);
      const { id, seen } = person;
      this.#byId.set(id, person);
      this.#setOf(person).add(person);
      for (const { spelled, isUsed } of names) this.#lead(spelled, isUsed, person);
      this.leave(person, seen);
    }
    this.#forgetSurplus();
  }

  /** The changes since the last call, as notes. Notes that could not be stored must be given back. */
  takeNotes(): (PeopleNote | AccountNote)[] {
    const changed = [...this.#changed].map(([person, { names }]) => noteOf(person, names));
    const forgotten = [...this.#forgotten].map((person) => ({ type: "forgotten" as const, person }));
    const accounts = [...this.#unkept].map(accountNoteOf);
    for (const all of [this.#changed, this.#forgotten, this.#unkept]) all.clear();
    return [...changed, ...forgotten, ...accounts];
  }

  giveBack(notes: readonly (PeopleNote | AccountNote)[]): void {
    for (const note of notes) {
      const person = this.#byId.get(note.person);
      if (note.type === "account") this.accountUnkept(person);
      else if (person) this.#change(person, note.type === "person" && note.names !== undefined);
      else this.#forgotten.add(note.person);
    }
  }

  byId(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  byName(name: string): Person | undefined {
    return this.#byKey.get(nameKey(name));
  }

  /** People with a name that looks like another one, and that name. */
  like(name: string): { person: Person; name: string }[] {
    return this.#looks.like(name).flatMap(({ key, name: like }) => {
      const person = this.#byKey.get(key);
      return person ? [{ person, name: like }] : [];
    });
  }

  /** A name of somebody else with an account that looks like this one. */
  registeredLike(name: string, own: Person | undefined): { person: Person; name: string } | undefined {
    return this.like(name).find(({ person }) => person !== own && person.account);
  }

  /** Creates a person under a name that nobody has. */
  meet(name: string, time: string): Person {
    const known = { id: crypto.randomUUID(), name, seen: time, tookPart: false };
    const person: Person = { ...known, names: new Map(), sessions: new Map(), claimant: undefined };
    this.#byId.set(person.id, person);
    this.#passers.add(person);
    this.call(person, name, time);
    this.#forgetSurplus(person);
    return person;
  }

  /** Gives a person a name that is free or theirs already. */
  call(person: Person, name: string, time: string): void {
    const key = nameKey(name);
    person.name = name;
    this.#see(person, time);
    const known = person.names.get(key);
    const isLatest = [...person.names.keys()].at(-1) === key;
    if (known?.spelled !== name || !isLatest) {
      this.#lead(name, known?.isUsed ?? false, person);
      this.#change(person, true);
    }
    if (person.names.size <= this.#options.namesPerPersonMax) return;
    const oldest = [...person.names.keys()].find((other) => other !== key && !isRegistered(person, other));
    if (oldest !== undefined) this.#free(person, oldest);
  }

  /** They have said, received or read something. */
  takePart(person: Person): void {
    const key = nameKey(person.name);
    const name = person.names.get(key);
    if (!person.tookPart) {
      this.#setOf(person).delete(person);
      person.tookPart = true;
      this.#setOf(person).add(person);
      this.#change(person);
    }
    if (!name || name.isUsed) return;
    name.isUsed = true;
    this.#change(person, true);
  }

  /** They are no longer here. Names under which they did nothing become free, except the latest one. */
  leave(person: Person, time: string): void {
    if (person.seen !== time) this.#see(person, time);
    const current = nameKey(person.name);
    for (const [key, { isUsed }] of person.names)
      if (!isUsed && key !== current && !isRegistered(person, key)) this.#free(person, key);
  }

  /** A name that is not their latest leads to them no longer. */
  release(person: Person, name: string): void {
    this.#free(person, nameKey(name));
  }

  /** Everybody with an account, also with one that nobody can enter. */
  withAccount(): readonly Person[] {
    return [...this.#byId.values()].filter(({ account }) => account);
  }

  /** How many accounts there are that somebody can enter. */
  get accountCount(): number {
    return this.#owners.size;
  }

  setAccount(person: Person, account: KeptAccount | undefined): void {
    this.#setOf(person).delete(person);
    person.account = account;
    this.#setOf(person).add(person);
    if (account) person.claimant = undefined;
  }

  /** The log does not know somebody's account as it is; it is told with the next turn. */
  accountUnkept(person: Person | undefined): void {
    if (person) this.#unkept.add(person);
  }

  bySession(id: string): Person | undefined {
    return this.#bySession.get(id);
  }

  /** Adds a session, or one that was used again. @returns the ids of those that had to go for it */
  addSession(person: Person, session: KeptSession, sessionsMax: number): string[] {
    this.#addSession(person, session);
    const surplus = [...person.sessions.keys()].slice(0, Math.max(0, person.sessions.size - sessionsMax));
    for (const id of surplus) this.dropSession(person, id);
    return surplus;
  }

  dropSession(person: Person, id: string): void {
    person.sessions.delete(id);
    this.#bySession.delete(id);
  }

  dropSessions(person: Person): void {
    for (const id of person.sessions.keys()) this.dropSession(person, id);
  }

  /** People who are not here, the latest first. If there are more than `limit`, those who took part. */
  absent(limit: number): readonly Absentee[] {
    const found: Person[] = [];
    const last = (people: Iterable<Person>) =>
      [...people]
        .reverse()
        .filter((person) => !this.#options.isHere(person))
        .slice(0, limit);
    const participants = [...last(this.#owners), ...last(this.#participants)];
    participants.sort((a, b) => b.seen.localeCompare(a.seen));
    for (const absent of [participants, last(this.#passers)]) found.push(...absent.slice(0, limit - found.length));
    return found.sort((a, b) => b.seen.localeCompare(a.seen)).map(({ name, seen }) => ({ name, seen }));
  }

  forget(person: Person): void {
    for (const key of person.names.keys()) {
      this.#byKey.delete(key);
      this.#looks.delete(key);
    }
    this.#setOf(person).delete(person);
    this.dropSessions(person);
    this.#byId.delete(person.id);
    this.#changed.delete(person);
    this.#unkept.delete(person);
    this.#forgotten.add(person.id);
  }

  #see(person: Person, time: string): void {
    const people = this.#setOf(person);
    person.seen = time;
    people.delete(person);
    people.add(person);
    this.#change(person);
  }

  #setOf({ tookPart, account }: Person): Set<Person> {
    if (account?.hash) return this.#owners;
    return tookPart ? this.#participants : this.#passers;
  }

  #addSession(person: Person, session: KeptSession): void {
    person.sessions.delete(session.id);
    person.sessions.set(session.id, session);
    this.#bySession.set(session.id, person);
  }

  #lead(name: string, isUsed: boolean, person: Person): void {
    const key = nameKey(name);
    person.names.delete(key);
    person.names.set(key, { spelled: name, isUsed });
    this.#byKey.set(key, person);
    this.#looks.add(name);
  }

  #free(person: Person, key: string): void {
    person.names.delete(key);
    this.#byKey.delete(key);
    this.#looks.delete(key);
    this.#change(person, true);
  }

  /**
   * Forgets the people beyond the bound: first those who did nothing, the longest absent first.
   * @param arriving somebody who is about to be here
   */
  #forgetSurplus(arriving?: Person): void {
    for (let surplus = this.#byId.size - this.#options.peopleMax; surplus > 0; surplus--) {
      const oldest = this.#oldestAbsent(this.#passers, arriving) ?? this.#oldestAbsent(this.#participants, arriving);
      if (!oldest) return;
      this.forget(oldest);
    }
  }

  #oldestAbsent(people: Set<Person>, arriving: Person | undefined): Person | undefined {
    for (const person of people) if (person !== arriving && !this.#options.isHere(person)) return person;
    return undefined;
  }

  #change(person: Person, names = false): void {
    this.#changed.set(person, { names: names || (this.#changed.get(person)?.names ?? false) });
  }
}

/** Whether a key is that of the name that they registered. */
function isRegistered({ account }: Person, key: string): boolean {
  return account !== undefined && nameKey(account.name) === key;
}

/** Somebody's account, or that they have none. */
export function accountNoteOf({ id: person, account }: Person): AccountNote {
  return { type: "account", person, ...(account ? { account } : {}) };
}

function noteOf({ id: person, name, seen, tookPart, names }: Person, withNames: boolean): PeopleNote {
  const note = { type: "person", person, name, seen, tookPart } as const;
  return withNames ? { ...note, names: [...names.values()] } : note;
}
