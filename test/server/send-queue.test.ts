/** How long a reader may leave what is due to it, with a transport and a clock that the test sets. */
import { expect, onTestFinished, test, vi } from "vitest";
import { serverLimits } from "../../server/limits.ts";
import { SendQueue } from "../../server/net/send-queue.ts";
import type { Transport } from "../../server/net/transport.ts";

const limits = { ...serverLimits, sendBacklogBytesMax: 100, sendBacklogMs: 1_000, sendStallMs: 60_000 };

/** A queue to a reader that takes what is written when the test says so. */
function open() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const written: (() => void)[] = [];
  const reader = { taken: 0, tooSlow: 0 };
  const transport: Pick<Transport, "write" | "bytesWaiting"> = {
    bytesWaiting: 0,
    write: (_parts, taken) => written.push(taken),
  };
  const queue = new SendQueue({
    transport: transport as Transport,
    limits,
    overflow: () => (reader.tooSlow += 1),
    taken: () => (reader.taken += 1),
  });
  onTestFinished(() => {
    queue.close();
    vi.useRealTimers();
  });
  return {
    reader,
    send: (bytes: number) => {
      queue.push(new Uint8Array(bytes));
      queue.flush();
    },
    take: () => written.shift()?.(),
  };
}

test("a reader that lags behind for too long is too slow", () => {
  const { reader, send } = open();
  send(101);
  vi.advanceTimersByTime(limits.sendBacklogMs - 1);
  expect(reader.tooSlow).toBe(0);
  vi.advanceTimersByTime(1);
  expect(reader.tooSlow).toBe(1);
});

test("a reader that lags behind again and again, and each time catches up, is not", () => {
  const { reader, send, take } = open();
  for (let time = 1; time <= 10; time++) {
    send(101);
    vi.advanceTimersByTime(limits.sendBacklogMs - 1);
    take();
    expect(reader).toEqual({ taken: time, tooSlow: 0 });
  }
});

test("a reader with less than that due is not, however long it takes", () => {
  const { reader, send } = open();
  send(100);
  vi.advanceTimersByTime(10 * limits.sendBacklogMs);
  expect(reader.tooSlow).toBe(0);
});
