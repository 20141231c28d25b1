/** The file that an export becomes: its name and its contents. */
import type { Locale } from "../locales/locale.ts";
import { isPrivate } from "../store/model/state.ts";
import { localDay } from "../store/text/local-day.ts";
import type { ExportSource, FetchedMessage } from "./export-fetch.ts";
import { type ExportHead, textLines } from "./export-text.ts";

/** `jsonl`: one JSON object per line, for programs. */
export const exportFormats = ["text", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportFile {
  name: string;
  /** In pieces, because the whole may be longer than a string can be. */
  parts: readonly string[];
}

const extensions: Record<ExportFormat, string> = { text: "txt", jsonl: "jsonl" };
/** Characters of the chosen part of a file name; most systems limit names to 255 bytes. */
const subjectCharsMax = 40;

export function exportFile(
  messages: readonly FetchedMessage[],
  format: ExportFormat,
  head: ExportHead,
  locale: Locale,
): ExportFile {
  const day = localDay(new Date(head.exportedMs));
  const lines = format === "text" ? textLines(messages, head, locale) : jsonLines(messages);
  return { name: `salotto-${subjectOf(head.source)}-${day}.${extensions[format]}`, parts: [...lines] };
}

function* jsonLines(messages: readonly FetchedMessage[]): Generator<string> {
  for (const message of messages) yield `${JSON.stringify(forAnybody(message))}\n`;
}

/** Which reactions are the reader's own means nothing in a file. */
function forAnybody(message: FetchedMessage): FetchedMessage {
  if (!message.reactions) return message;
  return { ...message, reactions: message.reactions.map(({ own: _own, ...reaction }) => reaction) };
}

function subjectOf(source: ExportSource): string {
  if (source.kind === "search") return `search-${safe(source.query)}`;
  return isPrivate(source.room) ? `with-${safe(source.room.slice(1))}` : safe(source.room);
}

/**
 * Letters and digits of any language, with single dots, underscores and hyphens between them, which every system
 * accepts.
 */
function safe(subject: string): string {
  const words = subject.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}._]+/gu, "-");
  const cut = [...words].slice(0, subjectCharsMax).join("");
  // Runs are reduced to one character, so at most one is left at either end.
  return cut.replace(/([._-])[._-]+/g, "$1").replace(/^[._-]|[._-]$/g, "") || "unnamed";
}
