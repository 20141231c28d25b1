/** Reads a file of messages, one a line, as `npm run export` writes it, however it was saved since. */

import { readTextLines, UnreadableLineError } from "../cli/text-lines.ts";
import { archiveLineBytesMax } from "../server/limits.ts";
import { type ArchivedMessage, parseArchivedMessage } from "../server/store/archive.ts";

/** @throws {UnreadableLineError} at the first line that is no message */
export async function* readArchive(input: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivedMessage> {
  for await (const { number, text } of readTextLines(input, archiveLineBytesMax)) {
    if (text.trim() === "") continue;
    const parsed = parseArchivedMessage(text);
    if (!parsed.ok) throw new UnreadableLineError(number, parsed.reason);
    yield parsed.message;
  }
}
