/** Reads the commands that a page may give to the server as they are. What they mean is the server's business. */
import type { CommandAnswer, PageCommand } from "../protocol/bridge-events.ts";
import { parseCommand } from "../protocol/commands.ts";

export type PageCommandResult = { ok: true; command: PageCommand } | { ok: false; answer: CommandAnswer };

export function parsePageCommand(sent: unknown): PageCommandResult {
  const result = parseCommand(JSON.stringify(sent) ?? "");
  if (!result.ok) return refusal(result.error.message);
  const { label: _, ...command } = result.command;
  switch (command.type) {
    case "join": {
      const { after } = sent as { after?: unknown };
      if (after === undefined) return { ok: true, command };
      if (!isSeq(after)) return refusal("after must be a whole number that is not negative");
      return { ok: true, command: { ...command, after } };
    }
    case "leave":
    case "rooms":
    case "topic":
    case "history":
    case "search":
    case "conversations":
    case "edit":
    case "delete":
    case "react":
    case "reactions":
    case "read":
    case "typing":
    case "people":
      return { ok: true, command };
    default:
      return refusal(`a page cannot ask for ${command.type}`);
  }
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function refusal(message: string): PageCommandResult {
  return { ok: false, answer: { ok: false, code: "invalid", message } };
}
