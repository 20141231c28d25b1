/** Which messages a search in memory finds. */
import { findPhrase, type Phrase, tokensOf } from "../../protocol/words.ts";
import type { FoundInLog, Search } from "../chat/ports.ts";

/** Whether a private conversation belongs to somebody. */
export function isOf(conversation: string, person: string): boolean {
  return conversation.slice(1).split(",").includes(person);
}

/** Whether it passes the query's filters. */
export function fits(
  { person, time, conversation, deleted }: FoundInLog,
  query: Search["query"],
  author: string | undefined,
): boolean {
  return (
    !deleted &&
    (author === undefined || person === author) &&
    (query.room === undefined || conversation === query.room) &&
    (query.after === undefined || time >= query.after) &&
    (query.before === undefined || time < query.before)
  );
}

export function says({ text }: FoundInLog, phrases: readonly Phrase[]): boolean {
  const tokens = phrases.length === 0 ? [] : tokensOf(text);
  return phrases.every((phrase) => findPhrase(tokens, phrase).length > 0);
}
