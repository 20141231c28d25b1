import { expect, test } from "vitest";
import { FloodGate } from "../../server/net/flood-gate.ts";

const limits = { ownBurst: 10, ownPerSecond: 5 };
const line = Buffer.from("x\n");

test("a burst passes, and one message more pauses until the budget is back", () => {
  const gate = new FloodGate(limits, 0);
  for (let i = 0; i < 10; i++) expect(gate.charge(line, 0)).toBe(0);
  expect(gate.charge(line, 0)).toBe(200);
  expect(gate.charge(line, 400)).toBe(0);
});

test("many lines in one chunk cost as much as in many", () => {
  const gate = new FloodGate(limits, 0);
  expect(gate.charge(Buffer.from("x\n".repeat(10)), 0)).toBe(0);
  expect(gate.charge(line, 0)).toBe(200);
});

test("bytes cost too, a unit for each KiB", () => {
  const gate = new FloodGate(limits, 0);
  expect(gate.charge(Buffer.alloc(9 * 1_024), 0)).toBe(0);
  expect(gate.charge(line, 0)).toBe(200);
});

test("a quiet hour saves up no more than a burst", () => {
  const gate = new FloodGate(limits, 0);
  expect(gate.charge(Buffer.from("x\n".repeat(11)), 3_600_000)).toBe(200);
});
