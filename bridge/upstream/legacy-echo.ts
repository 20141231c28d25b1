/**
 * Recognises our own messages when an old server sends them back: first in, first out, by their text, because its
 * lines carry nothing else and names may repeat. It knows texts, not sockets; what a text belongs to is its caller's.
 */

/** Texts waited for; the oldest is given up first, so that a server that never echoes costs a bounded amount. */
export const expectedMax = 1_000;

export class EchoQueue<T> {
  #expected: { text: string; owner: T }[] = [];

  expect(text: string, owner: T): void {
    this.#expected.push({ text, owner });
    if (this.#expected.length > expectedMax) this.#expected.shift();
  }

  /**
   * Finds what we sent in a text heard under our name. Texts that the server received as one come back as one.
   * @returns the owners of the texts it consists of, oldest first; none when it is not ours
   */
  hear(text: string): T[] {
    const heard = text.trimEnd();
    for (let first = 0; first < this.#expected.length; first++) {
      const count = this.#countFrom(first, heard);
      if (count > 0) return this.#expected.splice(first, count).map(({ owner }) => owner);
    }
    return [];
  }

  /**
   * How much of what is heard under our name is ours, whatever it looks like.
   * @returns the characters at its start that are what we sent, and whether what follows may be ours as well
   */
  ownStart(heard: string): { chars: number; goesOn: boolean } {
    let chars = 0;
    let goesOn = false;
    for (let first = 0; first < this.#expected.length; first++) {
      let joined = "";
      for (let next = first; next < this.#expected.length && heard.startsWith(joined); next++) {
        chars = Math.max(chars, joined.length);
        joined += this.#expected[next]?.text;
      }
      if (heard.startsWith(joined)) chars = Math.max(chars, joined.length);
      else goesOn ||= joined.startsWith(heard);
    }
    return { chars, goesOn };
  }

  /** How many expected texts in a row, from `first` on, make up `heard`; 0 when they do not. */
  #countFrom(first: number, heard: string): number {
    let joined = "";
    for (let next = first; next < this.#expected.length; next++) {
      joined += this.#expected[next]?.text;
      if (joined.trimEnd() === heard) return next - first + 1;
      if (!heard.startsWith(joined)) return 0;
    }
    return 0;
  }
}
