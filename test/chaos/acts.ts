/**
 * What one client does: it says something new as often as it may, edits and deletes what it said, and reacts to what anybody
 * said; and each of it again until it is answered. It sends nothing itself.
 */
import type { PageCommand, PostRequest } from "../../protocol/bridge-events.ts";
import type { View } from "./view.ts";

export type Act = ({ type: "post" } & PostRequest) | Change;
export type Change = Extract<PageCommand, { type: "edit" | "delete" | "react" }>;

/** Acts without an answer at any one time. */
const IN_FLIGHT_MAX = 8;
/** One text in so many is long: lines are cut in its middle, and a reader who stalls has soon too much due. */
const LONG_EVERY = 8;
/** Characters of more than one byte, so that a cut may go through one. */
const longTail = " così è 🎈".repeat(300);
/** What is done in turn, again and again. */
const turns = ["post", "react", "post", "edit", "post", "post", "react", "post", "delete", "post", "edit"] as const;
const emojis = ["👍", "🎈"];
/** Own messages that may be changed: the newest ones, and some that everybody has long had. */
const CHANGEABLE_MAX = 40;

export class Acts {
  /** What was done and not answered yet, by its id, oldest first. */
  readonly waiting = new Map<string, Act>();
  /** What was said and answered: where it stands, as a line, and what it must say in the end; undefined once deleted. */
  readonly said = new Map<string, { room: string; line: string; text: string | undefined }>();
  /** The reactions that must be there in the end, or must not, by `msgid emoji`. */
  readonly reactions = new Map<string, boolean>();
  /** Messages that could not be reacted to, so somebody must have deleted them. */
  readonly vanished = new Set<string>();
  /** Acts that were answered. */
  answers = 0;
  /** Those of them that changed a message. */
  changes = 0;
  readonly #name: string;
  readonly #rooms: readonly string[];
  readonly #view: View;
  readonly #changeable: { room: string; msgid: string }[] = [];
  #count = 0;
  #isOver = false;

  constructor(name: string, rooms: readonly string[], view: View) {
    this.#name = name;
    this.#rooms = rooms;
    this.#view = view;
  }

  /** Something new to do, in each room in turn; undefined when enough waits for its answer, or all is done. */
  next(): Act | undefined {
    if (this.#isOver || this.waiting.size >= IN_FLIGHT_MAX) return undefined;
    this.#count += 1;
    const act = this.#change(turns[this.#count % turns.length] ?? "post") ?? this.#post();
    this.waiting.set(act.id, act);
    return act;
  }

  /** A post was answered. @param line the message where its answer says that it stands */
  posted(post: Extract<Act, { type: "post" }>, msgid: string, line: string): void {
    // The same id may have been sent twice over one connection, and both are answered.
    if (!this.waiting.delete(post.id)) return;
    this.answers += 1;
    this.said.set(msgid, { room: post.room, line, text: post.text });
    this.#changeable.push({ room: post.room, msgid });
    if (this.#changeable.length > CHANGEABLE_MAX) this.#changeable.splice(CHANGEABLE_MAX / 2, 1);
  }

  /** A change was answered. */
  changed(change: Change): void {
    if (!this.waiting.delete(change.id)) return;
    this.answers += 1;
    this.changes += 1;
    if (change.type === "react") {
      this.reactions.set(`${change.msgid} ${change.emoji}`, change.on ?? true);
      return;
    }
    const said = this.said.get(change.msgid);
    if (said) said.text = change.type === "edit" ? change.text : undefined;
  }

  /** Whether it is no fault that a change was refused: who reacts may be too late. */
  mayRefuse(change: Change, code: string): boolean {
    if (change.type !== "react" || code !== "no-such-message") return false;
    if (this.waiting.delete(change.id)) this.answers += 1;
    this.vanished.add(change.msgid);
    return true;
  }

  /** The log was replaced: everything answered so far is gone, and cannot be changed. */
  beginAnew(): void {
    for (const act of this.waiting.values()) if (act.type !== "post") this.waiting.delete(act.id);
    for (const done of [this.said, this.reactions, this.vanished]) done.clear();
    this.#changeable.length = 0;
  }

  /** Nothing new is done any more. */
  end(): void {
    this.#isOver = true;
  }

  #post(): Act {
    const room = this.#rooms[this.#count % this.#rooms.length] ?? "lobby";
    const tail = this.#count % LONG_EVERY === 0 ? longTail : "";
    return { type: "post", id: crypto.randomUUID(), room, text: `${this.#name} says ${this.#count}${tail}` };
  }

  /** Undefined when there is nothing yet that can be changed so, or it is just being changed. */
  #change(type: (typeof turns)[number]): Change | undefined {
    const id = crypto.randomUUID();
    if (type === "react") {
      const room = this.#rooms[this.#count % this.#rooms.length] ?? "lobby";
      const msgid = this.#view.newest(room, this.#count % 5);
      const emoji = emojis[this.#count % emojis.length] ?? "👍";
      if (msgid === undefined || this.#isChanging(msgid)) return undefined;
      return { type, id, room, msgid, emoji, on: !this.reactions.get(`${msgid} ${emoji}`) };
    }
    const place = this.#count % (this.#changeable.length || 1);
    const own = this.#changeable[place];
    if (type === "post" || !own || this.#isChanging(own.msgid)) return undefined;
    if (type === "edit") return { type, id, ...own, text: `${this.#name} corrects ${this.#count}` };
    this.#changeable.splice(place, 1);
    return { type, id, ...own };
  }

  /** One thing after the other, or nobody could say what becomes of the message. */
  #isChanging(msgid: string): boolean {
    return this.waiting.values().some((act) => act.type !== "post" && act.msgid === msgid);
  }
}
