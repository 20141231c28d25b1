/** What is drawn of a room's log from one look to the next: which part, its items, and how much was added since. */
import type { Entries } from "../model/entries.ts";
import type { OutgoingMessage, RoomState } from "../model/state.ts";
import { type LogItem, type LogMessage, logItems } from "./log-items.ts";
import { LogNews } from "./log-news.ts";
import { type EntryRange, following, type LogWindow, printed, rangeOf, staying, windowOf } from "./log-window.ts";

export class ShownLog {
  items: readonly LogItem[] = [];
  /** The messages among the items. */
  messages: readonly LogMessage[] = [];
  range: EntryRange = { from: 0, to: 0 };
  /** Messages since the reader left the end. */
  newCount = 0;
  /** Nothing follows what is drawn. */
  isWhole = true;
  /** Where `range` should be; set it to move there. */
  window: LogWindow = { first: undefined, last: undefined };
  /** Draws everything, whatever the window is; the window stays. */
  isPrinted = false;
  readonly #news = new LogNews();

  /** Must be called before `look`. @returns whether the reader has written something since the last call */
  takeNews({ entries }: RoomState, writtenId: string | undefined): boolean {
    const { messages, wrote } = this.#news.look(entries, writtenId);
    this.newCount += messages;
    return wrote;
  }

  /** @param heldKey the item the reader is looking at; undefined when following the end */
  look(room: RoomState, outbox: readonly OutgoingMessage[], ownName: string, heldKey: string | undefined): void {
    const { entries } = room;
    if (heldKey === undefined) this.newCount = 0;
    if (this.isPrinted) this.range = printed(entries);
    else this.#follow(entries, heldKey);
    this.isWhole = this.range.to === entries.length;
    this.items = logItems(room, this.isWhole ? outbox : [], ownName, this.range);
    this.messages = this.items.flatMap((item) => (item.kind === "group" ? item.messages : []));
  }

  #follow(entries: Entries, heldKey: string | undefined): void {
    const before = rangeOf(entries, this.window);
    this.range =
      heldKey === undefined ? following(entries, before) : staying(entries, before, entries.positionOf(heldKey));
    this.window = windowOf(entries, this.range);
  }
}
