/** Ends a program: in good order at the first request, immediately at the second. */
import { exitCodes } from "./exit-codes.ts";
import type { ProgramLog } from "./log.ts";

/** When the terminal sends Ctrl+C to a program, `npm run` may send it again: the two arrive this close together. */
const repeatMs = 50;

/** Milliseconds after which a program ends that cannot close everything. Its own bounds are well below. */
const stopMs = 20_000;

/**
 * Returns a function that ends the program, once, however often it is called: it tells why, waits for `close`, and
 * exits with 0; or with 1 when that fails or takes too long.
 */
export function stopAfter(close: () => Promise<void>, log: ProgramLog): (why: string) => Promise<void> {
  let stopping = false;
  return async (why) => {
    if (stopping) return;
    stopping = true;
    log.tell("stopping", { reason: why }, [why]);
    const giveUp = setTimeout(() => {
      log.logger.error("not everything could be closed in time");
      process.exit(exitCodes.failed);
    }, stopMs);
    await close().catch((error: unknown) => {
      log.logger.error({ err: error }, "not everything could be closed");
      process.exitCode = exitCodes.failed;
    });
    clearTimeout(giveUp);
    await log.written();
    process.exit();
  };
}

/**
 * Calls `stop` at the first SIGINT or SIGTERM, once the program has started; a program that cannot start prints only
 * why. A further signal ends the process at once.
 */
export function onStopSignal(starting: Promise<unknown>, stop: () => void): void {
  let firstAtMs: number | undefined;
  const receive = () => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      starting.then(stop, () => {});
    } else if (nowMs - firstAtMs > repeatMs) {
      process.exit(exitCodes.impatient);
    }
  };
  process.on("SIGINT", receive);
  process.on("SIGTERM", receive);
}
