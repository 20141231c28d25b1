/** What the server's dialects make of a client's first bytes. */
import type { Chat } from "../../server/chat/chat.ts";
import { detect } from "../../server/dialects/detect.ts";
import { createDialects } from "../../server/dialects/dialects.ts";
import { en } from "../../server/dialects/texts/en.ts";

/** Nobody logs in while a dialect is detected. */
const noChat = {} as Chat;

const dialects = createDialects({
  chat: noChat,
  now: () => new Date(0),
  serverName: "Salotto",
  texts: en,
  echo: false,
  chunkBytesMax: 1_024,
});

/** @returns the kind of the dialect, or what is waited for */
export function detectedKind(chunks: readonly Uint8Array[], silent: boolean): string {
  const detected = detect(dialects, chunks, silent);
  return typeof detected === "string" ? detected : detected.kind;
}
