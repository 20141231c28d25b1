/**
 * Which numbers of a room's log the page has been told, as ranges. Changes to messages have numbers too, so the
 * messages alone do not show whether something is missing between them.
 */

/** Ranges kept of one room. A server whose numbers have more holes than this deserves no more memory. */
export const spansMax = 2_000;

/** All numbers from one to another, inclusive. */
export interface Span {
  from: number;
  to: number;
}

/** Adds a range and joins it with those it touches. The ranges stay in order. */
export function withSpan(spans: readonly Span[], added: Span): readonly Span[] {
  const last = spans.at(-1);
  // Nearly always the next number after the last range.
  if (last && added.from === last.to + 1) return [...spans.slice(0, -1), { from: last.from, to: added.to }];
  const touches = ({ from, to }: Span) => from <= added.to + 1 && to >= added.from - 1;
  const all = [added, ...spans.filter(touches)];
  const from = Math.min(...all.map((span) => span.from));
  const to = Math.max(...all.map((span) => span.to));
  const others = spans.filter((span) => !touches(span));
  const at = others.findLastIndex((span) => span.from < from) + 1;
  return others.toSpliced(at, 0, { from, to }).slice(-spansMax);
}

/** Forgets the numbers before this one. */
export function withoutBefore(spans: readonly Span[], first: number): readonly Span[] {
  return spans.filter(({ to }) => to >= first).map(({ from, to }) => ({ from: Math.max(from, first), to }));
}

/** The range that contains a number. */
export function spanOf(spans: readonly Span[], seq: number): Span {
  return spans.findLast(({ from, to }) => from <= seq && seq <= to) ?? { from: seq, to: seq };
}

/** Whether the page was told the entry with that number. */
export function isKnown(spans: readonly Span[], seq: number): boolean {
  return spans.some(({ from, to }) => from <= seq && seq <= to);
}
