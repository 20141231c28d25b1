/** What SIGHUP means: the terminal is gone, or somebody wants the program to read its settings again. */
import { isatty } from "node:tty";

const terminals = [0, 1, 2].filter((stream) => isatty(stream));

/** Whether the program was started in a terminal that has been closed since: the system forgets what it was. */
function isTerminalGone(): boolean {
  return terminals.length > 0 && !terminals.some((stream) => isatty(stream));
}

/** Calls `reload` at each SIGHUP, or `stop` when it says that the program's terminal is gone. */
export function onHangUp(reload: () => void, stop: () => void): void {
  process.on("SIGHUP", () => (isTerminalGone() ? stop() : reload()));
}
