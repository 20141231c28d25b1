/** What one client says: something new as often as it may, the same again until it is answered. It sends nothing itself. */
import type { PostRequest } from "../../protocol/bridge-events.ts";

/** Posts without an answer at any one time. */
const IN_FLIGHT_MAX = 8;
/** One text in so many is long: lines are cut in its middle, and a reader who stalls has soon too much due. */
const LONG_EVERY = 8;
/** Characters of more than one byte, so that a cut may go through one. */
const longTail = " così è 🎈".repeat(300);

export class Posts {
  /** What was said and not answered yet, by its id, oldest first. */
  readonly waiting = new Map<string, PostRequest>();
  /** What was answered, as the answer told it. */
  readonly acknowledged: { room: string; line: string }[] = [];
  readonly #name: string;
  readonly #rooms: readonly string[];
  #said = 0;
  #over = false;

  constructor(name: string, rooms: readonly string[]) {
    this.#name = name;
    this.#rooms = rooms;
  }

  /** Something new to say, in each room in turn; undefined when enough waits for its answer, or all is said. */
  next(): PostRequest | undefined {
    if (this.#over || this.waiting.size >= IN_FLIGHT_MAX) return undefined;
    this.#said += 1;
    const room = this.#rooms[this.#said % this.#rooms.length] ?? "lobby";
    const tail = this.#said % LONG_EVERY === 0 ? longTail : "";
    const post = { id: crypto.randomUUID(), room, text: `${this.#name} says ${this.#said}${tail}` };
    this.waiting.set(post.id, post);
    return post;
  }

  /** @param line the message where its answer says that it stands */
  answered({ id, room }: PostRequest, line: string): void {
    // The same id may have been sent twice over one connection, and both are answered.
    if (this.waiting.delete(id)) this.acknowledged.push({ room, line });
  }

  /** Nothing new is said any more. */
  end(): void {
    this.#over = true;
  }
}
