/** The note below the field where messages are written: what is wrong, that there is no connection, or a hint. */
import { html } from "lit";
import type { Locale } from "../../locales/locale.ts";
import { commandOf, type TypedLine } from "../../store/selectors/typed-line.ts";
import { sayDropped, sayTypedProblem, sayUsage } from "./typed-problem.ts";

/** What is being written, and whether it can go off. */
export interface Composition {
  text: string;
  typed: TypedLine;
  isEdit: boolean;
  /** What was wrong at the last attempt to send. */
  problem: string | undefined;
  isOnline: boolean;
  canWait: boolean;
  /** Why nothing can be said in the room right now, or only slowly. */
  restriction: Restriction | undefined;
}

/** `until`: when a mute ends, if that is known. `waitMs`: until the next message in a slow room. */
export type Restriction =
  | { kind: "muted"; until: string | undefined }
  | { kind: "slow"; seconds: number; waitMs: number };

export interface ComposerNote {
  kind: "problem" | "offline" | "hint";
  said: unknown;
}

export function composerNote(composition: Composition, locale: Locale): ComposerNote {
  const { texts } = locale;
  const problem = composition.problem ?? limitProblem(composition.typed, locale);
  if (problem !== undefined) return { kind: "problem", said: problem };
  if (!composition.isOnline) {
    return {
      kind: "offline",
      said: composition.canWait && !composition.isEdit ? texts.offlineWaits : texts.offlineNote,
    };
  }
  const { dropped } = composition.typed;
  const { restriction } = composition;
  const restricted = restriction && sayRestriction(restriction, locale);
  if (restriction && !maySpeak(restriction)) return { kind: "offline", said: restricted };
  const hint = dropped ? sayDropped(dropped, locale) : commandHint(composition, locale);
  return { kind: "hint", said: hint ?? restricted ?? html`<span class="keys">${texts.sendHint}</span>` };
}

/** Limits are reported while typing; other problems only on sending, because a line is wrong until it is finished. */
function limitProblem(typed: TypedLine, locale: Locale): string | undefined {
  if (typed.kind !== "problem") return undefined;
  const { code } = typed.problem;
  return code === "too-long" || code === "too-many-lines" ? sayTypedProblem(typed.problem, locale) : undefined;
}

/** Whether something can be said at this moment. */
export function maySpeak(restriction: Restriction): boolean {
  return restriction.kind === "slow" && restriction.waitMs === 0;
}

function sayRestriction(restriction: Restriction, locale: Locale): string {
  const { rights } = locale.texts;
  if (restriction.kind === "muted") {
    const { until } = restriction;
    return until === undefined ? rights.muted : rights.mutedUntil(locale.moment(until));
  }
  const { seconds, waitMs } = restriction;
  return waitMs > 0 ? rights.waitSlow(Math.ceil(waitMs / 1_000)) : rights.slowMode(seconds);
}

function commandHint({ text, isEdit }: Composition, locale: Locale): string | undefined {
  const command = isEdit ? undefined : commandOf(text);
  return command === undefined ? undefined : sayUsage(command, locale);
}
