/** Stored messages as they are told: `action` is left out of those, nearly all, that are none. */
import type { FoundMessage, PastMessage } from "../../protocol/events.ts";
import { privateRoom } from "../../protocol/names.ts";
import type { FoundInLog, StoredMessage } from "./ports.ts";

/** @param person the key of the name of whoever looks: a private conversation is called by the other's name */
export function foundMessage({ conversation, ...message }: FoundInLog, person: string): FoundMessage {
  return { ...pastMessage(message), room: shownAs(conversation, person) };
}

function shownAs(conversation: string, person: string): string {
  if (!conversation.startsWith("@")) return conversation;
  const people = conversation.slice(1).split(",");
  return privateRoom(people.find((other) => other !== person) ?? person);
}

export function pastMessage({ action, ...message }: StoredMessage): PastMessage {
  return action ? { ...message, action } : message;
}
