/** A stored message as it is told: `action` is left out of those, nearly all, that are none. */
import type { PastMessage } from "../../protocol/events.ts";
import type { StoredMessage } from "./ports.ts";

export function pastMessage({ action, ...message }: StoredMessage): PastMessage {
  return action ? { ...message, action } : message;
}
