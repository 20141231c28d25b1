/** How a command is declared: its fields, and the fields of its answer. What any of them have in common is here too. */
import * as v from "valibot";
import { wireLimits } from "./limits.ts";
import { isMoment } from "./moment.ts";

export const string = v.string("must be a string");

/** A string of a bounded length, which is checked before anything is done with it. */
export const shortString = (charsMax: number) =>
  v.pipe(string, v.maxLength(charsMax, `must have at most ${charsMax} characters`));

/** A room's name, or `@name` for a person. */
export const room = v.pipe(shortString(wireLimits.roomCharsMax), v.minLength(1, "must not be empty"));
export const msgid = v.pipe(shortString(wireLimits.msgidCharsMax), v.minLength(1, "must not be empty"));
export const boolean = v.boolean("must be true or false");

/** Always becomes UTC, whichever way it was written. */
export const time = v.pipe(
  string,
  v.check(isMoment, "must be a time like 2026-11-21T10:00:00.000Z"),
  v.transform((typed) => new Date(typed).toISOString()),
);

/** @param answer the fields of the `ok`; for `hello`, those of the `welcome` */
export function declare<F extends v.ObjectEntries, A extends v.ObjectEntries>(fields: F, answer: A) {
  return { fields: v.object(fields), answer: v.object(answer) };
}
