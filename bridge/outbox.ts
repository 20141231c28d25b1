/**
 * One session's posts that wait for an answer, and answers that a page may have missed: such a page sends the same id
 * again and must get the same answer without a second message. It sends nothing itself.
 */
import type { PostAnswer, PostRequest } from "../protocol/bridge-events.ts";

/** Answers kept for pages that ask again; the oldest are dropped first. */
export const answersKeptMax = 500;

export class Outbox {
  readonly #postsPendingMax: number;
  readonly #pending = new Map<string, Promise<PostAnswer>>();
  readonly #delivered = new Map<string, PostAnswer>();

  /** @param postsPendingMax posts that may be waiting at once; the next one is answered `busy` */
  constructor(postsPendingMax: number) {
    this.#postsPendingMax = postsPendingMax;
  }

  /**
   * Sends a post with `send`, unless one with its id is on its way or was delivered.
   * @param log the name of the server's log: posts delivered to another log do not count
   */
  async post(request: PostRequest, send: (request: PostRequest) => Promise<PostAnswer>, log = ""): Promise<PostAnswer> {
    // To the server too, the same id in another room is another message.
    const key = `${log} ${request.room} ${request.id}`;
    const known = this.#delivered.get(key) ?? this.#pending.get(key);
    if (known) return known;
    if (this.#pending.size >= this.#postsPendingMax) {
      return { ok: false, code: "busy", message: "too many messages are waiting for an answer; try again in a moment" };
    }
    const sending = send(request);
    this.#pending.set(key, sending);
    try {
      const answer = await sending;
      if (answer.ok) this.#keep(key, answer);
      return answer;
    } finally {
      this.#pending.delete(key);
    }
  }

  #keep(key: string, answer: PostAnswer): void {
    this.#delivered.set(key, answer);
    const [oldest] = this.#delivered.keys();
    if (this.#delivered.size > answersKeptMax && oldest !== undefined) this.#delivered.delete(oldest);
  }
}
