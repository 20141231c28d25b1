/**
 * Who is in an old server's chat, as far as anybody can tell: people who were seen joining, people who spoke, people
 * the server listed. Names may repeat. It counts people and does not know where the knowledge comes from.
 */
import type { MemberInfo } from "../../protocol/events.ts";

/** Names kept; further newcomers are not counted. */
export const peopleMax = 5_000;

export class LegacyPeople {
  /** How many people have each name. */
  #names: Map<string, number>;

  constructor(ownName: string) {
    this.#names = new Map([[ownName, 1]]);
  }

  get count(): number {
    let count = 0;
    for (const people of this.#names.values()) count += people;
    return count;
  }

  /** Each name once: two people with the same name cannot be told apart. */
  get members(): MemberInfo[] {
    return [...this.#names.keys()].map((name) => ({ name }));
  }

  /** How many people have this name. */
  named(name: string): number {
    return this.#names.get(name) ?? 0;
  }

  add(name: string): void {
    if (this.#names.has(name) || this.#names.size < peopleMax) this.#names.set(name, this.named(name) + 1);
  }

  remove(name: string): void {
    const others = this.named(name) - 1;
    if (others > 0) this.#names.set(name, others);
    else this.#names.delete(name);
  }

  replace(names: readonly string[]): void {
    this.#names = new Map();
    for (const name of names) this.add(name);
  }
}
