/**
 * Recognises our own messages when an old server sends them back: first in, first out, by their text, because the
 * server's lines carry nothing else and names may repeat. It knows texts, not sockets; what a text belongs to is up to
 * the caller.
 */

/** Texts waited for. The oldest is given up first, so that a server that never echoes costs a bounded amount. */
export const expectedMax = 1_000;

export class EchoQueue<T> {
  #expected: { text: string; owner: T }[] = [];

  expect(text: string, owner: T): void {
    this.#expected.push({ text, owner });
    if (this.#expected.length > expectedMax) this.#expected.shift();
  }

  /**
   * Finds our own messages in a text heard under our name. Texts that the server received as one come back as one.
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
   * How much of a text heard under our name is ours, whatever it looks like.
   * @returns how many characters at its start we sent, and whether what follows may be ours too
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

  /** How many consecutive expected texts, starting at `first`, make up `heard`; 0 when none do. */
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
