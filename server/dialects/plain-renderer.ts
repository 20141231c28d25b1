/** Turns the plain dialect's lines and events into the bytes that a kind of client expects. */
import type { Message, RoomEvent } from "../../protocol/events.ts";
import { splitByBytes, utf8Bytes } from "../../protocol/text.ts";
import { encodeOnce } from "./encode-once.ts";
import type { Ending } from "./plain-framing.ts";
import { elsewhereLines, eventLines, type PlainLine } from "./plain-lines.ts";
import type { Texts } from "./texts/en.ts";

/** Renders for one language and one kind of client; shared by all connections of that kind. */
export interface PlainRenderer {
  readonly texts: Texts;
  /** The writes that bring these lines to the client. */
  lines(lines: readonly PlainLine[]): readonly Uint8Array[];
  event(event: RoomEvent): readonly Uint8Array[];
  /** A message for somebody who looks at another room. */
  elsewhere(message: Message): readonly Uint8Array[];
}

export type PlainRenderers = Readonly<Record<Ending, PlainRenderer>>;

/** @param chunkBytesMax the most bytes in one write to a chunk mode client */
export function createPlainRenderers(texts: Texts, chunkBytesMax: number): PlainRenderers {
  const renderer = (lines: PlainRenderer["lines"]): PlainRenderer => ({
    texts,
    lines,
    event: encodeOnce((event: RoomEvent) => lines(eventLines(texts, event))),
    elsewhere: encodeOnce((message: Message) => lines(elsewhereLines(texts, message))),
  });
  const ended = (ending: string) =>
    renderer((lines) => [Buffer.from(lines.map(({ head, text }) => head + text + ending).join(""))]);
  return {
    "\n": ended("\n"),
    "\r\n": ended("\r\n"),
    chunk: renderer((lines) => lines.flatMap((line) => pieces(line, chunkBytesMax))),
  };
}

/** A line in writes of at most `bytesMax`, each of which says who speaks. */
function pieces({ head, text }: PlainLine, bytesMax: number): Uint8Array[] {
  const parts = text === "" ? [""] : splitByBytes(text, bytesMax - utf8Bytes(head));
  return parts.map((part) => Buffer.from(head + part));
}
