import { expect, test } from "vitest";
import { heldMax, OneWindow } from "../../ui/browser/one-window.ts";
import { memoryLocks } from "./memory-bridge-client.ts";

test("of several windows the first one to ask is told so, and each time only it", async () => {
  const locks = memoryLocks();
  const [here, there] = [new OneWindow(locks), new OneWindow(locks)];
  expect([await here.isFirst("anna 1"), await there.isFirst("anna 1"), await here.isFirst("anna 1")]).toEqual([
    true,
    false,
    false,
  ]);
  expect([await there.isFirst("anna 2"), await here.isFirst("anna 2")]).toEqual([true, false]);
  expect(await there.isFirst("bruno 1")).toBe(true);
});

test("a window holds no more than what it did last", async () => {
  const locks = memoryLocks();
  const here = new OneWindow(locks);
  for (let count = 0; count < 3 * heldMax; count += 1) await here.isFirst(`anna ${count}`);
  await Promise.resolve();
  expect(locks.held.size).toBeLessThanOrEqual(heldMax + 1);
  expect(await new OneWindow(locks).isFirst(`anna ${3 * heldMax - 1}`)).toBe(false);
});

test("where there are no locks, each window does it", async () => {
  const none = { request: () => Promise.reject(new DOMException("", "SecurityError")) };
  expect(await new OneWindow(none).isFirst("anna 1")).toBe(true);
});
