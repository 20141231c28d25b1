/** How a command is declared: its fields, and the fields of its answer. What any of them have in common is here too. */
import * as v from "valibot";

export const string = v.string("must be a string");

/** A string of a bounded length, which is checked before anything is done with it. */
export const shortString = (charsMax: number) =>
  v.pipe(string, v.maxLength(charsMax, `must have at most ${charsMax} characters`));

/** @param answer the fields of the `ok`; for `hello`, those of the `welcome` */
export function declare<F extends v.ObjectEntries, A extends v.ObjectEntries>(fields: F, answer: A) {
  return { fields: v.object(fields), answer: v.object(answer) };
}
