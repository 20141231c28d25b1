/** What the doctor says of one thing: whether it is well, and what to do if not. */

export const healths = ["ok", "warning", "problem"] as const;
export type Health = (typeof healths)[number];

export interface Finding {
  health: Health;
  /** What was looked at, in a word or two. */
  about: string;
  /** What was found: a phrase without a full stop. */
  found: string;
  /** What to do: a sentence. */
  advice?: string;
}

export function worst(findings: readonly Finding[]): Health {
  return healths.findLast((health) => findings.some((finding) => finding.health === health)) ?? "ok";
}

/** One line for what was found, and one for what to do. */
export function linesOf({ health, about, found, advice }: Finding): string[] {
  const line = `${health.padEnd(8)} ${about}: ${found}`;
  return advice === undefined ? [line] : [line, `         ${advice}`];
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
