/** Lists the dialects that a port speaks and the protocols that it refuses, in the order in which they are tried. */
import type { DialectParts, Dialects, Greeting } from "./dialect.ts";
import { jsonDialect } from "./json.ts";
import { plainDialects } from "./plain.ts";
import { httpRefused, tlsRefused } from "./refusals.ts";

export function createDialects(parts: DialectParts): Dialects {
  const words = Buffer.from(`${parts.texts.greeting}\n`);
  const greeting: Greeting = (wasGreeted) => (wasGreeted ? undefined : words);
  const { telnet, line, chunk } = plainDialects(parts, greeting);
  return { list: [tlsRefused, telnet, jsonDialect(parts, greeting), httpRefused, line, chunk], fallback: line };
}
