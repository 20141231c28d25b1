/** What a log in memory remembers of people: that they were here, and what they have read. */
import type { Absentee } from "../../protocol/events.ts";
import type { Note } from "../chat/ports.ts";

interface Person {
  name: string;
  /** ISO 8601, UTC. */
  seen: string;
  /** They have said, received or read something: those who have not are forgotten first. */
  tookPart: boolean;
  /** How far they have read, by conversation. */
  read: Map<string, number>;
}

export class MemoryPeople {
  readonly #peopleMax: number;
  /** In the order in which they were seen last. */
  readonly #people = new Map<string, Person>();

  constructor(peopleMax: number) {
    this.#peopleMax = peopleMax;
  }

  see({ person, name, time }: Extract<Note, { type: "seen" }>): void {
    const { tookPart = false, read = new Map() } = this.#people.get(person) ?? {};
    this.#people.delete(person);
    this.#people.set(person, { name, seen: time, tookPart, read });
    this.#forgetSurplus();
  }

  /** @param time when it was, of somebody who was not remembered */
  takePart(person: string, name: string, time: string): void {
    const known = this.#people.get(person);
    if (known) known.tookPart = true;
    else this.#people.set(person, { name, seen: time, tookPart: true, read: new Map() });
    this.#forgetSurplus();
  }

  /** Forgets somebody, unless they took part. */
  giveUp(person: string): void {
    if (!this.#people.get(person)?.tookPart) this.#people.delete(person);
  }

  markRead({ person, conversation, seq }: Extract<Note, { type: "read" }>): void {
    const known = this.#people.get(person);
    if (!known) return;
    known.tookPart = true;
    known.read.set(conversation, Math.max(seq, known.read.get(conversation) ?? 0));
  }

  /** A conversation was forgotten, and so need not be remembered how far it was read. */
  forgetConversation(conversation: string): void {
    for (const { read } of this.#people.values()) read.delete(conversation);
  }

  readUpTo(person: string, conversation: string): number | undefined {
    return this.#people.get(person)?.read.get(conversation);
  }

  nameOf(person: string): string | undefined {
    return this.#people.get(person)?.name;
  }

  people(limit: number): readonly Absentee[] {
    const latest = [...this.#people.values()].reverse();
    const kept = new Set(latest.toSorted((a, b) => Number(b.tookPart) - Number(a.tookPart)).slice(0, limit));
    return latest.filter((person) => kept.has(person)).map(({ name, seen }) => ({ name, seen }));
  }

  clear(): void {
    this.#people.clear();
  }

  #forgetSurplus(): void {
    if (this.#people.size <= this.#peopleMax) return;
    const keys = [...this.#people.keys()];
    const first = keys.find((key) => !this.#people.get(key)?.tookPart) ?? keys[0];
    if (first !== undefined) this.#people.delete(first);
  }
}
