import { expect, test } from "vitest";
import { runChaos } from "./chaos.ts";

// Time is what this test is about: faults have to happen. `npm run chaos` runs it for as long as one likes.
test("whatever was answered is everywhere, once and in one order, though the server is killed and wires are cut", async () => {
  const { violations, acknowledged, kills, cuts } = await runChaos({ durationMs: 10_000, seed: 7, clients: 4 });
  expect(violations).toEqual([]);
  expect(acknowledged).toBeGreaterThan(100);
  expect(kills).toBeGreaterThan(2);
  expect(cuts).toBeGreaterThan(2);
}, 60_000);
