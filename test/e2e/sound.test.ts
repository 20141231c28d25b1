/**
 * Somebody who is looking elsewhere hears one sound, from one of their windows; a window that nobody has touched stays
 * silent for good.
 */
import { expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";

/** The page is behind other windows, and reports when a note begins, and when it is done with a sound, heard or not. */
const behind = `
  document.hasFocus = () => false;
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (...when) { console.info("note"); return start.apply(this, when); };
  const { close } = AudioContext.prototype;
  AudioContext.prototype.close = function () { console.info("done"); return close.call(this); };
`;

/** Counts in the console, because looking into the page would count as touching it. */
function listen({ page }: Window): { note: number; done: number } {
  const heard = { note: 0, done: 0 };
  page.on("console", (line) => {
    const text = line.text();
    if (text === "note" || text === "done") heard[text] += 1;
  });
  return heard;
}

/** Anna's window is behind others, with sound on; `mention` is what bruno says to her. */
async function openBehind() {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const first = await Window.join(bridge.url, "anna");
  await first.page.evaluate(() => localStorage.setItem("salotto.settings", JSON.stringify({ sound: true })));
  await first.page.context().addInitScript({ content: `{ ${behind} }` });
  await first.page.reload();
  await first.says("Online");
  const bruno = await WireClient.connect(server.port);
  onTestFinished(() => bruno.close());
  bruno.send("bruno\n");
  return { first, mention: () => bruno.send("@anna are you there?\n") };
}

test("a window that nobody has touched stays silent, also when somebody touches it later", async () => {
  const { first, mention } = await openBehind();
  const window = await first.duplicate();
  const heard = listen(window);
  await first.page.close();
  const mentionUntil = (times: number) => {
    const look = () => {
      mention();
      return heard.done;
    };
    return expect.poll(look, { timeout: 30_000, interval: 3_500 }).toBeGreaterThanOrEqual(times);
  };
  await mentionUntil(2);
  expect(heard.note).toBe(0);
  await window.page.mouse.click(5, 300);
  const { done } = heard;
  await mentionUntil(done + 2);
  // Two notes for each message since; one may have been on its way.
  expect(heard.note).toBeGreaterThanOrEqual(2);
  expect(heard.note).toBeLessThanOrEqual(2 * (heard.done - done));
}, 90_000);

test("two windows sound once", async () => {
  const { first, mention } = await openBehind();
  const second = await first.duplicate();
  await second.says("Online");
  const [here, there] = [listen(first), listen(second)];
  for (const { page } of [first, second]) await page.mouse.click(5, 300);
  mention();
  await expect.poll(() => [here.done, there.done], { timeout: 15_000 }).toEqual([1, 1]);
  expect(here.note + there.note).toBe(2);
}, 60_000);
