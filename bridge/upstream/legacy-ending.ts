/** What ends a text towards an old server: some read lines, and hear nothing without; to the others it is part of the text. */
import type { LegacyFamily } from "./legacy-families.ts";

/** `auto` does as the server's greeting does. */
export const lineEnds = ["auto", "none", "lf", "crlf"] as const;
export type LineEnd = (typeof lineEnds)[number];

export type Ending = "" | "\n" | "\r\n";

/** @param greeting all that the server has said before the name */
export function endingOf(lineEnd: LineEnd, greeting: string, family?: LegacyFamily): Ending {
  switch (lineEnd) {
    case "none":
      return "";
    case "lf":
      return "\n";
    case "crlf":
      return "\r\n";
    case "auto":
      // What follows the newline may be a prompt: `Welcome!\n[Your name]: `.
      if (greeting.includes("\r\n")) return "\r\n";
      return greeting.includes("\n") ? "\n" : (family?.ending ?? "");
  }
}
