/** Whether the computer is fit for a server: its Node, its clock, how many files it lets a program open. */
import { nodeNeeded } from "../../cli/package.ts";
import type { Finding } from "./finding.ts";

/** Files of the server besides its connections: the database, its log, the libraries. */
const OTHER_FILES = 64;

/** No release of this program is older: an earlier clock was never set. */
const EARLIEST = "2025-01-01";

/** Milliseconds that the newest message may be ahead: clocks of two computers differ that much. */
const AHEAD_MS = 60_000;

/** Milliseconds without a message after which the clock may be far ahead, or nobody talks. */
const SILENT_MS = 366 * 86_400_000;

/** @param version as in `process.version` */
export function checkNode(version: string): Finding {
  const about = "Node";
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = nodeNeeded.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) {
    return { health: "ok", about, found: version };
  }
  return { health: "problem", about, found: version, advice: `Install Node ${nodeNeeded} or newer.` };
}

/** @param newestMs the time of the newest message; undefined when there is none */
export function checkClock(nowMs: number, newestMs: number | undefined): Finding {
  const about = "clock";
  const found = new Date(nowMs).toISOString();
  const advice = "Set the clock, best by a time service, before the server removes old messages by it.";
  if (nowMs < Date.parse(EARLIEST)) {
    return { health: "problem", about, found: `${found}, which is before this program existed`, advice };
  }
  if (newestMs !== undefined && newestMs - nowMs > AHEAD_MS) {
    const last = new Date(newestMs).toISOString();
    return { health: "problem", about, found: `${found}, but a message is from ${last}`, advice };
  }
  if (newestMs !== undefined && nowMs - newestMs > SILENT_MS) {
    const last = new Date(newestMs).toISOString();
    return {
      health: "warning",
      about,
      found: `${found}, and the newest message is from ${last}`,
      advice: "If people have talked since, the clock is wrong: set it.",
    };
  }
  return { health: "ok", about, found };
}

/** @param filesMax how many files a program may open; undefined when there is no limit or none is known */
export function checkOpenFiles(filesMax: number | undefined, connectionsMax: number): Finding {
  const about = "open files";
  const needed = connectionsMax + OTHER_FILES;
  if (filesMax === undefined) return { health: "ok", about, found: "no limit" };
  if (filesMax >= needed) return { health: "ok", about, found: `at most ${filesMax}, ${needed} are enough` };
  return {
    health: "warning",
    about,
    found: `at most ${filesMax}, but ${connectionsMax} connections need ${needed}`,
    advice: `Raise the limit (ulimit -n ${needed}, LimitNOFILE=${needed} in a systemd unit), or lower connectionsMax.`,
  };
}

/** How many files this program may open. Node has raised its own limit as far as it may. */
export function openFilesMax(): number | undefined {
  const { report } = process;
  if (!report) return undefined;
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: number | "unlimited" } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : undefined;
}
