/** A link for a phone's camera, in rows of a terminal. */
import { renderUnicodeCompact } from "uqr";

export function qrRows(link: string): string[] {
  return ["", ...renderUnicodeCompact(link, { border: 2 }).split("\n"), ""];
}
