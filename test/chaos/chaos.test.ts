import { expect, test } from "vitest";
import { runChaos } from "./chaos.ts";

const FAULTS = 16;

// `npm run chaos` runs it for any length of time.
test("whatever was answered is everywhere, once and in one order, though everything is killed and cut", async () => {
  const { figures, violations } = await runChaos({
    goesOn: (faults) => faults < FAULTS,
    seed: 2,
    clients: 3,
    pages: 3,
  });
  console.log(
    Object.entries(figures)
      .map(([what, number]) => `${what}: ${number}`)
      .join(", "),
  );
  expect(violations.slice(0, 20)).toEqual([]);
  // How much is said between two faults depends on the computer; that everybody is heard again does not.
  expect(figures["answers to clients"]).toBeGreaterThan(20);
  expect(figures["answers to pages"]).toBeGreaterThan(20);
  expect(figures["changes of clients"]).toBeGreaterThan(5);
  expect(figures["changes of pages"]).toBeGreaterThan(5);
  expect(figures["kills of the server"]).toBeGreaterThan(2);
  expect(figures["kills of the bridge"]).toBeGreaterThan(2);
  expect(figures["replacements of the database"]).toBeGreaterThan(0);
}, 180_000);
