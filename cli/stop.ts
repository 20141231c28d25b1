/** Ends a program: in good order at the first request, immediately at the second. */

/** When the terminal sends Ctrl+C to a program, `npm run` may send it again: the two arrive this close together. */
const repeatMs = 50;

/**
 * Returns a function that ends the program, once, however often it is called: it prints why, waits for `close`, and
 * exits with 0.
 */
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
 * Calls `stop` at the first SIGINT or SIGTERM, once the program has started; a program that cannot start prints only
 * why. A further signal ends the process with code 130.
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
