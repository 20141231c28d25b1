/** How a Salotto server is known: by its greeting, which it sends before anything else. */

/** What the greeting carries (docs/protocol.md). */
const marker = "salotto/1";

/** The marker counts only in the first line, and only once that line is whole. */
export function isSalottoGreeting(text: string): boolean {
  const end = text.indexOf("\n");
  return end !== -1 && text.slice(0, end).includes(marker);
}
