/** Fetches the messages of an export page by page, each once, without touching what the rooms show. */
import type { CommandFailure } from "../../protocol/bridge-events.ts";
import type { FoundMessage, HistoryMessage } from "../../protocol/events.ts";
import { isMessage } from "../store/model/entries.ts";
import type { RoomState } from "../store/model/state.ts";
import type { Asking, MessagesAnswer } from "../store/services/asking.ts";

/** Messages in one export. Of a longer room the first ones are fetched, and a later start day leads to the rest. */
export const exportMessagesMax = 50_000;

/** A room's or conversation's messages, all or from a moment on (ISO 8601), or the results of a search. */
export type ExportSource = { kind: "room"; room: string; since?: string } | { kind: "search"; query: string };

/** As `history` returns it, or as `search` does, with its room. */
export type FetchedMessage = HistoryMessage | FoundMessage;

/** `full`: there are more messages than an export holds; `stopped`: the person cancelled. */
export type ExportEnd = "whole" | "full" | "stopped" | CommandFailure;

export class ExportFetch {
  readonly #asking: Asking;
  readonly #source: ExportSource;
  readonly #messagesMax: number;
  readonly #messages = new Map<string, FetchedMessage>();
  /** How many of the newest results are here, and how many of them the next page should repeat. */
  #foundCount = 0;
  #overlap = 0;
  /** The last message fetched of a room. */
  #lastSeq: number | undefined;
  #isStopped = false;

  constructor(asking: Asking, source: ExportSource, messagesMax = exportMessagesMax) {
    this.#asking = asking;
    this.#source = source;
    this.#messagesMax = messagesMax;
  }

  get count(): number {
    return this.#messages.size;
  }

  /** Oldest first, in whatever order they arrived. */
  get messages(): readonly FetchedMessage[] {
    const messages = [...this.#messages.values()];
    return this.#source.kind === "search" ? messages.reverse() : messages;
  }

  /**
   * Fetches until there is nothing more. After a refusal, it continues where it stopped.
   * @param onPage called after each page
   */
  async run(onPage: () => void): Promise<ExportEnd> {
    while (!this.#isStopped) {
      const answer = await this.#askForPage();
      if (this.#isStopped) break;
      if (!answer.ok) return answer;
      const { more } = answer;
      const messages = await this.#withEverybody(answer.messages);
      if (this.#isTornOff(messages)) {
        this.#overlap *= 2;
        continue;
      }
      for (const message of messages) if (!this.#take(message)) return "full";
      this.#foundCount = this.#skip + messages.length;
      this.#overlap = 1;
      this.#lastSeq = messages.at(-1)?.seq;
      onPage();
      if (!more || messages.length === 0) return "whole";
    }
    return "stopped";
  }

  /** Stops asking. */
  stop(): void {
    this.#isStopped = true;
  }

  async #askForPage(): Promise<MessagesAnswer> {
    const source = this.#source;
    if (source.kind === "search") {
      const answer = await this.#asking.search(source.query, this.#skip);
      return answer.ok ? { ok: true, messages: answer.found, more: answer.more } : answer;
    }
    const isFirst = this.#lastSeq === undefined;
    const from = isFirst && source.since !== undefined ? { since: source.since } : { after: this.#lastSeq ?? 0 };
    return this.#asking.readMessages(source.room, from);
  }

  /** Messages come with only the first people who reacted; a file should name them all. */
  async #withEverybody(messages: readonly FetchedMessage[]): Promise<readonly FetchedMessage[]> {
    const whole: FetchedMessage[] = [];
    for (const message of messages) {
      const { msgid, reactions = [] } = message;
      const isWhole = this.#isStopped || reactions.every(({ count, from }) => count <= from.length);
      const answer = isWhole ? undefined : await this.#asking.listReactions(this.#roomOf(message), msgid);
      whole.push(answer?.ok ? { ...message, reactions: answer.reactions } : message);
    }
    return whole;
  }

  #roomOf(message: FetchedMessage): string {
    if ("room" in message) return message.room;
    return this.#source.kind === "room" ? this.#source.room : "";
  }

  get #skip(): number {
    return Math.max(this.#foundCount - this.#overlap, 0);
  }

  /**
   * New messages push the rest of a search further back, and deletions pull it closer: then some results were skipped.
   */
  #isTornOff(page: readonly FetchedMessage[]): boolean {
    return this.#source.kind === "search" && this.#skip > 0 && !page.some(({ msgid }) => this.#messages.has(msgid));
  }

  /** @returns false when the export is full */
  #take(message: FetchedMessage): boolean {
    // A request by time also returns messages from before it.
    const since = this.#source.kind === "room" ? this.#source.since : undefined;
    if (this.count === 0 && since !== undefined && message.time < since) return true;
    if (this.#messages.has(message.msgid)) return true;
    if (this.count >= this.#messagesMax) return false;
    this.#messages.set(message.msgid, message);
    return true;
  }
}

/** What the page has of a room, in the form the server would send. */
export function loadedMessages({ entries }: RoomState, since = ""): FetchedMessage[] {
  const loaded = [...entries].filter(isMessage).filter(({ message }) => message.time >= since);
  return loaded.map(({ message: { room: _room, id: _id, ...told } }) => told);
}
