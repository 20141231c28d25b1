/** Names in sentences of another direction: beside a Hebrew or Arabic name, what follows it would stand in its place. */

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The name between the marks that keep its direction to itself, where it needs them. */
export function isolated(name: string): string {
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}
