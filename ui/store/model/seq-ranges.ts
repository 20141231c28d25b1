/**
 * Which numbers of a room's log the page has been told, as spans of them: changes to messages have numbers too, so the
 * messages alone do not show whether something is missing between them.
 */

/** Spans of one room that are kept; a server whose numbers have more holes than this is not worth more memory. */
export const spansMax = 2_000;

/** All numbers from one to another, both among them. Numbers are comparable only within one life of the room. */
export interface Span {
  life: number;
  from: number;
  to: number;
}

/** Adds a span, joining those that it touches. They stay in order. */
export function withSpan(spans: readonly Span[], added: Span): readonly Span[] {
  const last = spans.at(-1);
  // Nearly always the next number of the last span.
  if (last?.life === added.life && added.from === last.to + 1)
    return [...spans.slice(0, -1), { ...last, to: added.to }];
  const touches = ({ life, from, to }: Span) => life === added.life && from <= added.to + 1 && to >= added.from - 1;
  const all = [added, ...spans.filter(touches)];
  const from = Math.min(...all.map((span) => span.from));
  const to = Math.max(...all.map((span) => span.to));
  const joined = { life: added.life, from, to };
  const others = spans.filter((span) => !touches(span));
  const at = others.findLastIndex((span) => isBefore(span, joined)) + 1;
  return others.toSpliced(at, 0, joined).slice(-spansMax);
}

/** Forgets the numbers before this one. */
export function withoutBefore(spans: readonly Span[], life: number, first: number): readonly Span[] {
  return spans.flatMap((span) => {
    if (span.life > life || (span.life === life && span.from >= first)) return [span];
    return span.life === life && span.to >= first ? [{ ...span, from: first }] : [];
  });
}

/** The span that holds a number. */
export function spanOf(spans: readonly Span[], life: number, seq: number): Span {
  const found = spans.findLast((span) => span.life === life && span.from <= seq && seq <= span.to);
  return found ?? { life, from: seq, to: seq };
}

/** Whether the page was told what has that number. */
export function isKnown(spans: readonly Span[], life: number, seq: number): boolean {
  return spans.some((span) => span.life === life && span.from <= seq && seq <= span.to);
}

function isBefore(one: Span, other: Span): boolean {
  return one.life < other.life || (one.life === other.life && one.from < other.from);
}
