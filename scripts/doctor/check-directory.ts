/** Whether the data directory can be used: it is ours, nobody else's to read, and has room. */
import { accessSync, constants, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Finding, megabytes } from "./finding.ts";

const about = "data directory";

/** Below this, the next day may not fit. */
const FREE_BYTES_MIN = 100_000_000;

/** @param databaseBytes the size of what is in it */
export async function checkDirectory(directory: string, databaseBytes: number): Promise<Finding[]> {
  const stats = statSync(directory, { throwIfNoEntry: false });
  const found = stats ? checkExisting(directory, stats) : checkMissing(directory);
  return [found, await checkSpace(directory, databaseBytes)];
}

function checkExisting(directory: string, stats: Stats): Finding {
  if (!stats.isDirectory()) {
    return { health: "problem", about, found: `${directory} is not a directory`, advice: "Choose another: --data." };
  }
  const uid = process.getuid?.();
  // Nobody refuses the administrator, who then leaves files that the server cannot write.
  const isOthers = uid !== undefined && uid !== 0 && stats.uid !== uid;
  const probe = join(directory, `.doctor-${process.pid}`);
  try {
    writeFileSync(probe, "", { flag: "wx", flush: true });
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOSPC" ? "the disk is full" : code === "EROFS" ? "the disk is read-only" : (code ?? "");
    return {
      health: "problem",
      about,
      found: `${directory} cannot be written (${reason})`,
      advice: "Run this as the server's own user; give that user the directory: chown, chmod 700.",
    };
  }
  if ((stats.mode & 0o077) !== 0 && process.platform !== "win32") {
    return {
      health: "warning",
      about,
      found: `other users of this computer may look into ${directory}, which has every message`,
      advice: `Close it: chmod 700 ${directory}`,
    };
  }
  if (isOthers) {
    return {
      health: "warning",
      about,
      found: `${directory} belongs to another user`,
      advice: "Run the server and this program as that user.",
    };
  }
  return { health: "ok", about, found: directory };
}

/** It is made at the start, with those above it. */
function checkMissing(directory: string): Finding {
  let above = dirname(directory);
  while (!statSync(above, { throwIfNoEntry: false }) && dirname(above) !== above) above = dirname(above);
  try {
    if (!statSync(above).isDirectory()) throw new Error("it is not a directory");
    accessSync(above, constants.W_OK | constants.X_OK);
    return { health: "ok", about, found: `${directory} is made at the first start` };
  } catch {
    const found = `${directory} does not exist and cannot be made in ${above}`;
    return { health: "problem", about, found, advice: "Make it for the server's user, or choose another: --data." };
  }
}

async function checkSpace(directory: string, databaseBytes: number): Promise<Finding> {
  let existing = directory;
  while (!statSync(existing, { throwIfNoEntry: false }) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  return judgeSpace(bavail * bsize, databaseBytes);
}

/** Rewriting a database after deletions takes up to twice its size. */
export function judgeSpace(freeBytes: number, databaseBytes: number): Finding {
  const space = { about: "disk space", found: `${megabytes(freeBytes)} free` };
  if (freeBytes < FREE_BYTES_MIN) {
    return {
      ...space,
      health: "problem",
      advice: "Make room, or keep less: --keep-days. On a full disk, messages are refused.",
    };
  }
  if (freeBytes < 2 * databaseBytes) {
    return {
      ...space,
      health: "warning",
      found: `${space.found}, less than twice the database`,
      advice: "Make room: wiping deleted messages may need that much for a while.",
    };
  }
  return { ...space, health: "ok" };
}
