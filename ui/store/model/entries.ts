/**
 * What happened in a room, in order: an immutable list on which adding, changing and looking up stay cheap at any
 * length. It is kept in pieces, and a change copies only the piece it falls in.
 */
import type { MessageEntry, TimelineEntry } from "./entry.ts";

/** Entries in one piece: adding one copies the last piece and the list of pieces, so neither should be long. */
export const pieceEntriesMax = 512;

/** Consecutive entries. Never empty, and never changed. */
export type Piece = readonly TimelineEntry[];

export class Entries implements Iterable<TimelineEntry> {
  static readonly none = new Entries([], 0);

  readonly pieces: readonly Piece[];
  readonly length: number;

  private constructor(pieces: readonly Piece[], length: number) {
    this.pieces = pieces;
    this.length = length;
  }

  static of(entries: readonly TimelineEntry[]): Entries {
    const pieces: Piece[] = [];
    for (let at = 0; at < entries.length; at += pieceEntriesMax) pieces.push(entries.slice(at, at + pieceEntriesMax));
    return new Entries(pieces, entries.length);
  }

  *[Symbol.iterator](): Generator<TimelineEntry> {
    for (const piece of this.pieces) yield* piece;
  }

  /** The newest first. */
  *reversed(): Generator<TimelineEntry> {
    for (let i = this.pieces.length - 1; i >= 0; i--) {
      const piece = this.pieces[i] as Piece;
      for (let j = piece.length - 1; j >= 0; j--) yield piece[j] as TimelineEntry;
    }
  }

  at(position: number): TimelineEntry | undefined {
    const { index, offset } = this.#placeOf(position);
    return this.pieces[index]?.[offset];
  }

  slice(from: number, to: number): TimelineEntry[] {
    const found: TimelineEntry[] = [];
    let start = 0;
    for (const piece of this.pieces) {
      const end = start + piece.length;
      if (start >= to) break;
      if (end > from) found.push(...piece.slice(Math.max(from - start, 0), to - start));
      start = end;
    }
    return found;
  }

  get firstMessage(): MessageEntry | undefined {
    for (const piece of this.pieces) {
      const found = piece.find(isMessage);
      if (found) return found;
    }
    return undefined;
  }

  get lastMessage(): MessageEntry | undefined {
    for (const entry of this.reversed()) if (isMessage(entry)) return entry;
    return undefined;
  }

  /** The position of the last entry with that key, or of the message with that msgid; -1 when there is none. */
  positionOf(key: string): number {
    let start = this.length;
    for (let i = this.pieces.length - 1; i >= 0; i--) {
      const piece = this.pieces[i] as Piece;
      start -= piece.length;
      const offset = offsetsOf(piece).get(key);
      if (offset !== undefined) return start + offset;
    }
    return -1;
  }

  messageOf(key: string | undefined): MessageEntry | undefined {
    const found = key === undefined ? undefined : this.at(this.positionOf(key));
    return found && isMessage(found) ? found : undefined;
  }

  /**
   * The position of the last message that satisfies `isSo`, given that all messages before it do too; -1 when there is
   * none.
   */
  lastMessageWhere(isSo: (message: MessageEntry) => boolean): number {
    let start = this.length;
    for (let i = this.pieces.length - 1; i >= 0; i--) {
      const piece = this.pieces[i] as Piece;
      start -= piece.length;
      const first = piece.find(isMessage);
      if (first && isSo(first)) return start + piece.findLastIndex((entry) => isMessage(entry) && isSo(entry));
    }
    return -1;
  }

  /** The position of the first message at or after a position. */
  nextMessageFrom(position: number): number | undefined {
    for (let at = position; at < this.length; at++) if (this.at(at)?.kind === "message") return at;
    return undefined;
  }

  with(position: number, entry: TimelineEntry): Entries {
    const { index, offset } = this.#placeOf(position);
    const piece = this.pieces[index];
    return piece ? new Entries(this.pieces.with(index, piece.with(offset, entry)), this.length) : this;
  }

  /** @param position defaults to the end */
  inserted(entry: TimelineEntry, position = this.length): Entries {
    // At a boundary between two pieces, the entry may as well begin the later one.
    const { index, offset } = position === this.length ? this.#end : this.#placeOf(position);
    const piece = (this.pieces[index] ?? []).toSpliced(offset, 0, entry);
    const half = pieceEntriesMax / 2;
    const parts = piece.length <= pieceEntriesMax ? [piece] : [piece.slice(0, half), piece.slice(half)];
    return new Entries(this.pieces.toSpliced(index, 1, ...parts), this.length + 1);
  }

  without(position: number): Entries {
    const { index, offset } = this.#placeOf(position);
    const piece = this.pieces[index]?.toSpliced(offset, 1);
    if (!piece) return this;
    return new Entries(this.pieces.toSpliced(index, 1, ...(piece.length > 0 ? [piece] : [])), this.length - 1);
  }

  withoutFirst(count: number): Entries {
    if (count <= 0) return this;
    const { index, offset } = this.#placeOf(count);
    const piece = this.pieces[index];
    if (!piece) return Entries.none;
    return new Entries([piece.slice(offset), ...this.pieces.slice(index + 1)], this.length - count);
  }

  /** Where an entry added at the end goes. */
  get #end() {
    const last = this.pieces.at(-1);
    if (!last || last.length === pieceEntriesMax) return { index: this.pieces.length, offset: 0 };
    return { index: this.pieces.length - 1, offset: last.length };
  }

  #placeOf(position: number): { index: number; offset: number } {
    let offset = position;
    const index = this.pieces.findIndex((piece) => {
      if (offset < piece.length) return true;
      offset -= piece.length;
      return false;
    });
    return { index: index === -1 ? this.pieces.length : index, offset };
  }
}

export function isMessage(entry: TimelineEntry): entry is MessageEntry {
  return entry.kind === "message";
}

const offsets = new WeakMap<Piece, Map<string, number>>();

/** Built the first time something is looked up in a piece. */
function offsetsOf(piece: Piece): Map<string, number> {
  const known = offsets.get(piece);
  if (known) return known;
  const made = new Map<string, number>();
  for (const [offset, entry] of piece.entries()) {
    made.set(entry.key, offset);
    if (isMessage(entry)) made.set(entry.message.msgid, offset);
  }
  offsets.set(piece, made);
  return made;
}
