/** Turns the plain dialect's lines and events into the bytes that each kind of client expects. */
import type { EntryEvent, RoomEvent } from "../../protocol/events.ts";
import { splitByBytes, utf8Bytes } from "../../protocol/text.ts";
import type { Quotes } from "../chat/ports.ts";
import { encodeOnce } from "./encode-once.ts";
import type { Delimiter } from "./plain-framing.ts";
import { elsewhereLines, eventLines, type PlainLine, type Wording } from "./plain-lines.ts";
import { columnsIn, cutsOf, piecesOf, rows } from "./plain-rows.ts";

/** Renders for one language and one kind of client; shared by all such connections. */
export interface PlainRenderer {
  readonly wording: Wording;
  /** The writes that bring these lines to the client. */
  lines(lines: readonly PlainLine[]): readonly Uint8Array[];
  /** @param quotes the messages that the event is about */
  event(event: RoomEvent, quotes?: Quotes): readonly Uint8Array[];
  /** Events in a room, for somebody who is looking at another. */
  elsewhere(entry: EntryEvent, quotes?: Quotes): readonly Uint8Array[];
}

export type PlainRenderers = Readonly<Record<Delimiter, PlainRenderer>>;

/** @param chunkBytesMax the maximum bytes in one write to a chunk mode client */
export function createPlainRenderers(wording: Wording, chunkBytesMax: number): PlainRenderers {
  const renderer = (lines: PlainRenderer["lines"]): PlainRenderer => ({
    wording,
    lines,
    event: encodeOnce((event: RoomEvent, quotes?: Quotes) => lines(eventLines({ ...wording, quotes }, event))),
    elsewhere: encodeOnce((entry: EntryEvent, quotes?: Quotes) => lines(elsewhereLines({ ...wording, quotes }, entry))),
  });
  const ended = (delimiter: string) =>
    renderer((lines) => [
      Buffer.from(
        lines
          .flatMap(({ head, text, isOwn }) => (isOwn ? [head + text] : rows(head + text)))
          .map((row) => row + delimiter)
          .join(""),
      ),
    ]);
  return {
    "\n": ended("\n"),
    "\r\n": ended("\r\n"),
    chunk: renderer((lines) => lines.flatMap(namedRows).flatMap((line) => pieces(line, chunkBytesMax))),
  };
}

/** An old client's user expects a name at the beginning of each row, so continued lines get it instead of a mark. */
function namedRows(line: PlainLine): PlainLine[] {
  const { head, text } = line;
  if (line.isOwn) return [line];
  const cuts = cutsOf(head + text, columnsIn(head)).filter((index) => index > head.length);
  const texts = piecesOf(
    text,
    cuts.map((index) => index - head.length),
  );
  return texts.map((piece) => ({ head, text: piece }));
}

/** A line in writes of at most `bytesMax` bytes, each of which says who speaks. */
function pieces({ head, text }: PlainLine, bytesMax: number): Uint8Array[] {
  const parts = text === "" ? [""] : splitByBytes(text, bytesMax - utf8Bytes(head));
  return parts.map((part) => Buffer.from(head + part));
}
