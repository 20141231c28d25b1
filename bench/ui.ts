/**
 * `npm run bench:ui`: how well the page keeps up, in a real Chromium with a real server and bridge. Measures a steady
 * stream, a burst, and the time from pressing Enter in one window until the text is visible in another.
 */
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright";
import { quantile, shareAbove } from "./figures.ts";
import { Testbed } from "./testbed.ts";
import { watch, watchedUntil } from "./watch.ts";

const STREAM = { messages: 800, perSecond: 100 };
const BURST = 1_000;
const TURNS = 200;

const testbed = await Testbed.open();
try {
  console.table({
    [`${STREAM.messages} messages at ${STREAM.perSecond}/s`]: await arrive(
      "stream",
      STREAM.messages,
      1_000 / STREAM.perSecond,
    ),
    [`${BURST} messages at once`]: await arrive("burst", BURST, 0),
  });
  const latencies = await talk();
  console.table({
    "Enter in one window → seen in another (ms)": {
      median: Math.round(quantile(latencies, 0.5)),
      p99: Math.round(quantile(latencies, 0.99)),
      worst: Math.round(Math.max(...latencies)),
    },
  });
} finally {
  await testbed.close();
}

/** Somebody on plain text sends that many messages, with a pause after each; a window watches. */
async function arrive(word: string, count: number, pauseMs: number) {
  const page = await testbed.window(`reader of ${word}`);
  const socket = connect(testbed.port, "127.0.0.1");
  socket.setNoDelay(true);
  socket.resume();
  socket.write(`sender of ${word}\n`);
  await page.getByText(`sender of ${word} joined`).first().waitFor();
  await watch(page, new RegExp(`${word} \\d+ end`));
  const startMs = performance.now();
  let sentMs = 0;
  for (let i = 1; i <= count; i++) {
    sentMs = Date.now();
    socket.write(`${word} ${i} end\n`);
    const dueMs = startMs + i * pauseMs;
    if (dueMs > performance.now()) await wait(dueMs - performance.now());
  }
  const { frames, seen } = await watchedUntil(page, `${word} ${count} end`);
  socket.destroy();
  await page.context().close();
  return {
    "last one late (ms)": Math.round((seen[`${word} ${count} end`] ?? Number.NaN) - sentMs),
    "frames over 50 ms (%)": Number(shareAbove(frames, 50).toFixed(1)),
    "frames over 100 ms (%)": Number(shareAbove(frames, 100).toFixed(1)),
    "longest frame (ms)": Math.round(Math.max(...frames)),
  };
}

/** One window types, another watches. @returns for each message, the ms from Enter to the first frame with the text */
async function talk(): Promise<number[]> {
  const [writer, reader] = [await testbed.window("writer"), await testbed.window("reader")];
  await watch(reader, /turn \d+ end/);
  const latencies: number[] = [];
  const composer = writer.getByRole("textbox", { name: "Message", exact: true });
  for (let i = 1; i <= TURNS; i++) {
    await composer.fill(`turn ${i} end`);
    const pressed = pressedMs(writer);
    await composer.press("Enter");
    const { seen } = await watchedUntil(reader, `turn ${i} end`);
    latencies.push((seen[`turn ${i} end`] ?? Number.NaN) - (await pressed));
  }
  return latencies;
}

/** When Enter is pressed next in a page, in ms since 1970. */
function pressedMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const options = { capture: true, once: true };
        window.addEventListener("keydown", () => resolve(Date.now()), options);
      }),
  );
}
