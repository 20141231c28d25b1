/** The invitation for others on the network as people see it at a terminal: the link, and the same for a phone's camera. */
import { renderUnicodeCompact } from "uqr";

export function invitationLines(link: string | undefined): string[] {
  if (link === undefined) return [];
  return [`Others join with ${link} or this code:`, "", ...renderUnicodeCompact(link, { border: 2 }).split("\n"), ""];
}
