/** Turns Ctrl+C and a polite kill into one request to stop, and a second one into an immediate end. */

/** `npm run` passes Ctrl+C on to a program that the terminal has told already: the two come this close together. */
const repeatMs = 250;

/** Calls `stop` at the first SIGINT or SIGTERM; ends the process with code 130 at a further one. */
export function onStopSignal(stop: () => void): void {
  let firstAtMs: number | undefined;
  const receive = () => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      stop();
    } else if (nowMs - firstAtMs > repeatMs) {
      process.exit(130);
    }
  };
  process.on("SIGINT", receive);
  process.on("SIGTERM", receive);
}
