/** The kinds of values that settings have: how each is typed, and what is allowed. They know no setting by name. */
import { resolve } from "node:path";
import * as v from "valibot";
import { parseName } from "../../protocol/names.ts";
import { isAddressRange } from "../../tcp/address-ranges.ts";

export interface Kind<Value> {
  /** What the help calls a value; undefined for a switch, which is typed without one. */
  readonly placeholder: string | undefined;
  /** A sentence about what is allowed. */
  readonly allowed: string;
  /** Turns what was typed, on the command line or in the environment, into what TOML would have contained. */
  parse(typed: string): unknown;
  readonly schema: v.GenericSchema<unknown, Value>;
  /** Completes a value that depends on the folder from which it is meant. */
  from?(folder: string, value: Value): Value;
}

/** @param folder where the value was written: that of the file, or the current one */
export function readValue<Value>(kind: Kind<Value>, raw: unknown, folder: string): { value: Value } | undefined {
  const read = v.safeParse(kind.schema, raw);
  if (!read.success) return undefined;
  return { value: kind.from ? kind.from(folder, read.output) : read.output };
}

const asTyped = (typed: string) => typed;

export function wholeNumber(min: number, max: number, allowed = `It must be a whole number from ${min} to ${max}.`) {
  const schema = v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
  // What is too long for a number stays text, and is refused like any other.
  const parse = (typed: string) => (/^\d{1,15}$/.test(typed) ? Number(typed) : typed);
  return { placeholder: "<number>", allowed, parse, schema } satisfies Kind<number>;
}

export const port = wholeNumber(0, 65_535, "A port must be a whole number from 0 to 65535.");

export const count = wholeNumber(1, 999_999_999, "It must be a whole number of 1 or more.");

/** An empty one would mean every network. */
export const host = {
  placeholder: "<address>",
  allowed: "It must be an address or a name, such as 127.0.0.1.",
  parse: asTyped,
  schema: v.pipe(v.string(), v.regex(/\S/)),
} satisfies Kind<string>;

const words = new Map<string, boolean>([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** On the command line it is on when it is there, and off with `--no-` before its name. */
export const toggle = {
  placeholder: undefined,
  allowed: "It must be true or false.",
  parse: (typed: string) => words.get(typed.toLowerCase()) ?? typed,
  schema: v.boolean(),
} satisfies Kind<boolean>;

export function choice<const Choices extends readonly string[]>(placeholder: string, choices: Choices) {
  const schema = v.picklist(choices);
  const allowed = `Allowed choices are ${choices.join(", ")}.`;
  return { placeholder, allowed, parse: asTyped, schema } satisfies Kind<Choices[number]>;
}

/** A file or directory; a relative one counts from the folder of the file in which it is written. */
export function path(placeholder: string) {
  return {
    placeholder,
    allowed: "It must be a path.",
    parse: asTyped,
    schema: v.pipe(
      v.string(),
      v.check((value) => value.trim() !== "" && !value.includes("\0")),
    ),
    from: (folder: string, value: string) => resolve(folder, value),
  } satisfies Kind<string>;
}

/** What a list is, typed: its items are separated by commas. */
const listed = (typed: string) =>
  typed
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** Items in a list, at most. */
const ITEMS_MAX = 1_000;

export const addressRanges = {
  placeholder: "<ranges>",
  allowed: "It must be a list of addresses and ranges, such as 127.0.0.1, 10.0.0.0/8, 2001:db8::/32.",
  parse: listed,
  schema: v.pipe(v.array(v.pipe(v.string(), v.check(isAddressRange))), v.maxLength(ITEMS_MAX)),
} satisfies Kind<string[]>;

export const names = {
  placeholder: "<names>",
  allowed: "It must be a list of names that people can have, such as anna, Anna Maria.",
  parse: listed,
  schema: v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.check((name) => parseName(name).ok),
      ),
    ),
    v.maxLength(ITEMS_MAX),
  ),
} satisfies Kind<string[]>;

/** What only those who know it may say: a password, for example. */
export const secretText = {
  placeholder: "<text>",
  allowed: "It must be text of 1 to 1000 characters in one line.",
  parse: asTyped,
  schema: v.pipe(v.string(), v.regex(/^[^\0\r\n]{1,1000}$/)),
} satisfies Kind<string>;
