import { expect, test } from "vitest";
import { runChaos } from "./chaos.ts";

// Time is what this test is about: faults have to happen. `npm run chaos` runs it for as long as one likes.
test("whatever was answered is everywhere, once and in one order, though everything is killed and cut", async () => {
  const { figures, violations } = await runChaos({ durationMs: 15_000, seed: 2, clients: 3, pages: 3 });
  console.log(
    Object.entries(figures)
      .map(([what, number]) => `${what}: ${number}`)
      .join(", "),
  );
  expect(violations.slice(0, 20)).toEqual([]);
  // How much is said in that time depends on the computer.
  expect(figures["acknowledged to clients"]).toBeGreaterThan(20);
  expect(figures["acknowledged to pages"]).toBeGreaterThan(20);
  expect(figures["kills of the server"]).toBeGreaterThan(2);
  expect(figures["kills of the bridge"]).toBeGreaterThan(2);
}, 90_000);
