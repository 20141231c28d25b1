/** The note below the field where messages are written: what is wrong, that there is no connection, or a hint. */
import { html } from "lit";
import type { Locale } from "../../locales/locale.ts";
import { commandOf, type TypedLine } from "../../store/selectors/typed-line.ts";
import { sayDropped, sayTypedProblem } from "./typed-problem.ts";

/** What is being written, and whether it can go off. */
export interface Composition {
  text: string;
  typed: TypedLine;
  isEdit: boolean;
  /** What was wrong at the last attempt to send. */
  problem: string | undefined;
  isOnline: boolean;
  canWait: boolean;
}

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
  const hint = dropped ? sayDropped(dropped, locale) : commandHint(composition, locale);
  return { kind: "hint", said: hint ?? html`<span class="keys">${texts.sendHint}</span>` };
}

/** Limits are reported while typing; other problems only on sending, because a line is wrong until it is finished. */
function limitProblem(typed: TypedLine, locale: Locale): string | undefined {
  if (typed.kind !== "problem") return undefined;
  const { code } = typed.problem;
  return code === "too-long" || code === "too-many-lines" ? sayTypedProblem(typed.problem, locale) : undefined;
}

function commandHint({ text, isEdit }: Composition, { texts }: Locale): string | undefined {
  const command = isEdit ? undefined : commandOf(text);
  if (command === undefined) return undefined;
  const { more, about } = texts.commands[command];
  return `/${command}${more === "" ? "" : ` ${more}`}: ${about}`;
}
