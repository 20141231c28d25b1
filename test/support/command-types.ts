/** Every type of command there is, as the parser lists them: what holds for all of them is tested of new ones too. */
import { parseCommand } from "../../protocol/commands.ts";

export function commandTypes(): string[] {
  const result = parseCommand('{"type":"none"}');
  const [, types = ""] = /: (.+)$/.exec(result.ok ? "" : result.error.message) ?? [];
  return types.split(", ");
}
