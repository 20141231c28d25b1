/** How people type how long something lasts: `10m`, `2h`, `7d`. */
import { splitFirstWord } from "./text.ts";

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Splits `2h too loud` into a duration and a reason, of which either may be missing. */
export function splitDuration(text: string): { durationMs?: number; reason?: string } {
  const { word, rest } = splitFirstWord(text);
  const [, count, unit = ""] = /^(\d{1,4})([mhd])$/.exec(word) ?? [];
  const reason = count === undefined ? text : rest;
  return {
    ...(count === undefined ? {} : { durationMs: Number(count) * (unitMs[unit] ?? 0) }),
    ...(reason === "" ? {} : { reason }),
  };
}
