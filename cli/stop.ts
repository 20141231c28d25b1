/** The end of a program: in good order when it is asked politely, at once when it is asked again. */

/** `npm run` may pass Ctrl+C on to a program that the terminal has told already: the two come this close together. */
const repeatMs = 50;

/** Returns what ends the program, once however often it is called: it says why, waits for `close`, and exits with 0. */
export function stopAfter(close: () => Promise<void>): (why: string) => Promise<void> {
  let stopping = false;
  return async (why) => {
    if (stopping) return;
    stopping = true;
    console.log(why);
    await close();
    process.exit(0);
  };
}

/**
 * Calls `stop` at the first SIGINT or SIGTERM, once the program has started: one that cannot start says only why. Ends the
 * process with code 130 at a further signal.
 */
export function onStopSignal(starting: Promise<unknown>, stop: () => void): void {
  let firstAtMs: number | undefined;
  const receive = () => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      starting.then(stop, () => {});
    } else if (nowMs - firstAtMs > repeatMs) {
      process.exit(130);
    }
  };
  process.on("SIGINT", receive);
  process.on("SIGTERM", receive);
}
