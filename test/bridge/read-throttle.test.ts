/** Keeping one chat server from taking all of the bridge's time. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { portionBytes, ReadThrottle } from "../../bridge/upstream/read-throttle.ts";
import { startOldServer } from "../doubles/old-servers.ts";
import { bridgeTo, openPage, until } from "./page.ts";

describe("the read throttle", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function throttled(bytesPerSecond: number, burstBytes: number) {
    const source = { paused: false, pause: () => (source.paused = true), resume: () => (source.paused = false) };
    const passed: string[] = [];
    const made = new ReadThrottle(source, { bytesPerSecond, burstBytes }, (portion) => passed.push(`${portion}`));
    return { source, passed, throttle: made };
  }

  it("passes what comes within the budget on at once, and pauses nobody", () => {
    const { throttle: open, source, passed } = throttled(10, 20);
    open.take(Buffer.from("0123456789"));
    open.take(Buffer.from("0123456789"));
    expect(passed).toEqual(["0123456789", "0123456789"]);
    expect(source.paused).toBe(false);
  });

  it("pauses at one byte beyond the burst, and goes on when the budget is back", () => {
    const { throttle: open, source, passed } = throttled(10, 20);
    open.take(Buffer.from("x".repeat(20)));
    open.take(Buffer.from("y"));
    expect([passed.length, source.paused]).toEqual([1, true]);
    vi.advanceTimersByTime(99);
    expect([passed.length, source.paused]).toEqual([1, true]);
    vi.advanceTimersByTime(1);
    expect([passed.at(-1), source.paused]).toEqual(["y", false]);
  });

  it("gives everybody else a turn between two portions", () => {
    const { throttle: open, source, passed } = throttled(1, 1_000_000);
    open.take(Buffer.from(`${"x".repeat(portionBytes)}y`));
    expect([passed.length, source.paused]).toEqual([1, true]);
    vi.advanceTimersToNextTimer();
    expect([passed.at(-1), source.paused]).toEqual(["y", false]);
  });

  it("passes on more than it ever allows at once, only later", () => {
    const { throttle: open, passed } = throttled(10, 5);
    open.take(Buffer.from("0123456789"));
    vi.advanceTimersByTime(1_000);
    open.take(Buffer.from("z"));
    vi.advanceTimersByTime(1_000);
    expect(passed).toEqual(["0123456789", "z"]);
  });

  it("loses and reorders nothing, whatever the budget; at the end the rest comes at once", () => {
    const { throttle: open, passed } = throttled(1_000, 100);
    const sent = Array.from({ length: 200 }, (_, n) => `${n} `.repeat(50));
    for (const text of sent.slice(0, 100)) open.take(Buffer.from(text));
    vi.advanceTimersByTime(600_000);
    expect(passed.join("")).toBe(sent.slice(0, 100).join(""));
    for (const text of sent.slice(100)) open.take(Buffer.from(text));
    open.drain();
    expect(passed.join("")).toBe(sent.join(""));
  });

  it("has nothing to say any more once it is stopped", () => {
    const { throttle: open, passed } = throttled(10, 10);
    for (const text of ["0123456789", "lost"]) open.take(Buffer.from(text));
    open.stop();
    vi.advanceTimersByTime(60_000);
    expect(passed).toEqual(["0123456789"]);
  });
});

describe("an old server that floods", () => {
  it("is read as fast as the budget allows, while the other windows of the bridge go on", async () => {
    const server = await startOldServer("ancestor");
    onTestFinished(() => server.close());
    const limits = { legacyFloodBytesPerSecond: 1, legacyFloodBurstBytes: 2 * portionBytes };
    const bridge = await bridgeTo({ port: server.port, limits });
    const page = await openPage(bridge);
    await page.join("anna");
    server.say("bruno: ciao.".repeat(200_000));
    await until(() => page.messages.length > 100);
    const other = await openPage(bridge);
    expect(await other.rename("carla")).toMatchObject({ ok: false, code: "offline" });
    expect(page.messages.length).toBeLessThanOrEqual((2 * portionBytes) / "bruno: ciao.".length);
  });

  it("has every message told in the end", async () => {
    const server = await startOldServer("ancestor");
    onTestFinished(() => server.close());
    const limits = { legacyFloodBytesPerSecond: 1_000_000, legacyFloodBurstBytes: 8_192 };
    const page = await openPage(await bridgeTo({ port: server.port, limits }));
    await page.join("anna");
    const texts = Array.from({ length: 4_000 }, (_, n) => `riga ${n}.`);
    server.say(texts.map((text) => `bruno: ${text}`).join(""));
    await until(() => page.messages.length === texts.length);
    expect(page.messages.map(({ text }) => text)).toEqual(texts);
  });
});
