/**
 * The line ending for texts to an old server. Some servers read lines and hear nothing without one; to others it is
 * part of the text.
 */
import type { LegacyFamily } from "./legacy-families.ts";

/** `auto` follows the server's greeting. */
export const lineEnds = ["auto", "none", "lf", "crlf"] as const;
export type LineEnd = (typeof lineEnds)[number];

export type Ending = "" | "\n" | "\r\n";

/** @param greeting everything that the server has said before the name */
export function endingOf(lineEnd: LineEnd, greeting: string, family?: LegacyFamily): Ending {
  switch (lineEnd) {
    case "none":
      return "";
    case "lf":
      return "\n";
    case "crlf":
      return "\r\n";
    case "auto":
      // A prompt may follow the newline: `Welcome!
      // [Your name]: `.
      if (greeting.includes("\r\n")) return "\r\n";
      return greeting.includes("\n") ? "\n" : (family?.ending ?? "");
  }
}
