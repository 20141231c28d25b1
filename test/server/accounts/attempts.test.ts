/** How wrong passwords are slowed down, and who is not held up by it. */
import { describe, expect, test } from "vitest";
import { Attempts } from "../../../server/accounts/attempts.ts";
import { serverLimits } from "../../../server/limits.ts";

const limits = {
  attemptsAtAccount: { free: 3, waitMsMax: 60_000 },
  attemptsOfSource: { free: 10, waitMsMax: 10_000 },
  attemptsAtAccountByAll: { free: 20, waitMsMax: 30_000 },
  attemptsForgottenMs: 900_000,
  attemptsMax: 100,
};

/** Tries until it must wait. @returns how many attempts were made */
function tries(attempts: Attempts, account: string, source: string, nowMs: number, max = 1_000): number {
  let made = 0;
  while (made < max && attempts.begin(account, source, nowMs) === 0) made++;
  return made;
}

describe("wrong passwords", () => {
  test("cost nothing at first, then a wait that doubles up to a bound", () => {
    const attempts = new Attempts(limits);
    let nowMs = 0;
    expect(tries(attempts, "anna", "a", nowMs)).toBe(4);
    const waits: number[] = [];
    for (let times = 0; times < 10; times++) {
      const waitMs = attempts.begin("anna", "a", nowMs);
      waits.push(waitMs);
      nowMs += waitMs;
      expect(attempts.begin("anna", "a", nowMs)).toBe(0);
    }
    expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
    expect(Math.max(...waits)).toBe(60_000);
  });

  test("count while they are being checked, so many at once bring nothing", () => {
    const attempts = new Attempts(limits);
    expect(tries(attempts, "anna", "a", 0)).toBe(4);
    attempts.succeeded("anna", "a");
    expect(tries(attempts, "anna", "a", 0)).toBe(4);
  });

  test("at many accounts slow their source down, for a short time each", () => {
    const attempts = new Attempts(limits);
    let made = 0;
    while (attempts.begin(`name ${made}`, "a", 0) === 0) made++;
    expect(made).toBe(11);
    expect(attempts.begin("anna", "a", 0)).toBe(1_000);
    for (let nowMs = 0; nowMs < 1_000_000; nowMs += 1_000) attempts.begin(`other ${nowMs}`, "a", nowMs);
    expect(attempts.begin("anna", "a", 1_000_000)).toBeLessThanOrEqual(10_000);
    expect(attempts.begin("anna", "b", 1_000_000)).toBe(0);
  });

  test("from many sources slow down everybody whom the account does not know", () => {
    const attempts = new Attempts(limits);
    expect(attempts.begin("anna", "home", 0)).toBe(0);
    attempts.succeeded("anna", "home");
    let made = 0;
    while (attempts.begin("anna", `source ${made}`, 0) === 0) made++;
    expect(made).toBe(21);
    expect(attempts.begin("anna", "home", 0)).toBe(0);
  });

  test("do not keep out somebody behind the same address who was here before", () => {
    const attempts = new Attempts(limits);
    expect(attempts.begin("bruno", "a", 0)).toBe(0);
    attempts.succeeded("bruno", "a");
    for (let each = 0; each < 100; each++) attempts.begin(`name ${each}`, "a", 0);
    expect(attempts.begin("carla", "a", 0)).toBeGreaterThan(0);
    expect(attempts.begin("bruno", "a", 0)).toBe(0);
  });

  test("are forgiven after a while without any, and to nobody else by a right one", () => {
    const attempts = new Attempts(limits);
    tries(attempts, "anna", "a", 0);
    expect(attempts.begin("anna", "a", 0)).toBe(1_000);
    expect(tries(attempts, "anna", "a", 901_000)).toBe(4);
    attempts.succeeded("anna", "b");
    expect(attempts.begin("anna", "a", 901_000)).toBe(1_000);
  });

  test("are not waited for longer when the clock is set back", () => {
    const attempts = new Attempts(limits);
    tries(attempts, "anna", "a", 1_000_000);
    expect(attempts.begin("anna", "a", 0)).toBe(0);
    expect(attempts.begin("anna", "a", 0)).toBeLessThanOrEqual(60_000);
  });

  test("that could not be checked do not count", () => {
    const attempts = new Attempts(limits);
    for (let each = 0; each < 100; each++) {
      expect(attempts.begin("anna", "a", 0)).toBe(0);
      attempts.undone("anna", "a");
    }
  });

  test("are counted for a bounded number of names", () => {
    const attempts = new Attempts(limits);
    for (let each = 0; each < 500; each++) attempts.begin(`name ${each}`, `source ${each}`, 0);
    expect(attempts.size).toBe(100);
    for (let each = 0; each < 500; each++) attempts.succeeded(`name ${each}`, `source ${each}`);
    expect(attempts.size).toBeLessThanOrEqual(100);
  });
});

test("by default, a thousand sources try fewer than two hundred passwords of one account in ten minutes", () => {
  const attempts = new Attempts(serverLimits);
  let made = 0;
  for (let nowMs = 0; nowMs < 600_000; nowMs += 1_000) {
    for (let source = 0; source < 1_000; source++)
      made += Number(attempts.begin("anna", `source ${source}`, nowMs) === 0);
  }
  expect(made).toBeLessThan(200);
});
