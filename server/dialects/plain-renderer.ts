/** Turns the plain dialect's lines and events into the bytes that a kind of client expects. */
import type { RoomEvent } from "../../protocol/events.ts";
import { splitByBytes } from "../../protocol/text.ts";
import { encodeOnce } from "./encode-once.ts";
import type { Ending } from "./plain-framing.ts";
import { eventLines } from "./plain-lines.ts";
import type { Texts } from "./texts/en.ts";

/** Renders for one language and one kind of client; shared by all connections of that kind. */
export interface PlainRenderer {
  readonly texts: Texts;
  /** The writes that bring these lines to the client. */
  lines(lines: readonly string[]): readonly Uint8Array[];
  event(event: RoomEvent): readonly Uint8Array[];
}

export type PlainRenderers = Readonly<Record<Ending, PlainRenderer>>;

/** @param chunkBytesMax the most bytes in one write to a chunk mode client */
export function createPlainRenderers(texts: Texts, chunkBytesMax: number): PlainRenderers {
  const renderer = (lines: PlainRenderer["lines"]): PlainRenderer => ({
    texts,
    lines,
    event: encodeOnce((event: RoomEvent) => lines(eventLines(texts, event))),
  });
  const ended = (ending: string) => renderer((lines) => [Buffer.from(lines.map((line) => line + ending).join(""))]);
  return {
    "\n": ended("\n"),
    "\r\n": ended("\r\n"),
    chunk: renderer((lines) =>
      lines.flatMap((line) => splitByBytes(line, chunkBytesMax)).map((part) => Buffer.from(part)),
    ),
  };
}
