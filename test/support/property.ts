/** Property tests as vitest tests: all in the same form, with the seed in the failure message. */
import fc from "fast-check";
import { test } from "vitest";

export { fc };

/** Declares a test that `check` holds for all generated values. `check` throws when it does not. */
export function property<Values extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof Values]: fc.Arbitrary<Values[K]> },
  check: (...values: Values) => void | Promise<void>,
): void {
  test(name, () => fc.assert(fc.asyncProperty(fc.tuple<Values>(...arbitraries), async (values) => check(...values))));
}
