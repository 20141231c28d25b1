/** Who looks elsewhere hears one sound, from one of their windows; a window that may not sound stays silent for good. */
import { expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./house.ts";

/** The page is behind others. `notes` are those that began, and `attempts` how often the page wanted to sound and is done. */
const behind = `
  document.hasFocus = () => false;
  window.notes = 0;
  window.attempts = 0;
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when); };
  const Real = AudioContext;
  window.AudioContext = class extends Real { constructor(...all) { super(...all); } close() { window.attempts += 1; return super.close(); } };
`;

const counted = (window: Window, what: "notes" | "attempts") =>
  window.page.evaluate((name) => (globalThis as unknown as Record<string, number>)[name] ?? 0, what);

test("two windows sound once; one that nobody has touched never does", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const first = await Window.join(bridge.url, "anna");
  await first.page.evaluate(() => localStorage.setItem("salotto.settings", JSON.stringify({ sound: true })));
  await first.page.context().addInitScript({ content: `{ ${behind} }` });
  await first.page.reload();
  await first.says("Online");
  const second = await first.duplicate();
  await second.says("Online");
  const bruno = await WireClient.connect(server.port);
  onTestFinished(() => bruno.close());
  bruno.send("bruno\n");
  const attempted = (window: Window, count: number) =>
    expect.poll(() => counted(window, "attempts"), { timeout: 15_000 }).toBeGreaterThanOrEqual(count);

  // Nobody has touched the second one.
  bruno.send("@anna one\n");
  await attempted(first, 1);
  await attempted(second, 1);
  const untouched = await counted(second, "notes");
  await second.page.mouse.click(5, 300);
  await first.page.mouse.click(5, 300);
  expect(untouched).toBe(0);
  expect(await counted(second, "notes")).toBe(0);

  const before = (await counted(first, "notes")) + (await counted(second, "notes"));
  const attempts = [await counted(first, "attempts"), await counted(second, "attempts")] as const;
  bruno.send("@anna two\n");
  await attempted(first, attempts[0] + 1);
  await attempted(second, attempts[1] + 1);
  const sounded = async () => (await counted(first, "notes")) + (await counted(second, "notes")) - before;
  expect(await sounded()).toBe(2);
});
