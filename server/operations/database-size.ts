/** How large the files of a database are, and how much room there is for them. */
import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";

export interface DatabaseSize {
  databaseBytes: number;
  /** What SQLite has written beside it, and will copy into it. */
  writeAheadBytes: number;
  /** For us: what the system keeps for the administrator is not in it. */
  freeBytes: number;
}

/** A file that is missing counts as empty. */
export async function databaseSize(file: string): Promise<DatabaseSize> {
  const [databaseBytes, writeAheadBytes, freeBytes] = await Promise.all([
    sizeOf(file),
    sizeOf(`${file}-wal`),
    freeBytesAt(dirname(file)),
  ]);
  return { databaseBytes, writeAheadBytes, freeBytes };
}

async function freeBytesAt(directory: string): Promise<number> {
  const system = await statfs(directory).catch(() => undefined);
  return system ? system.bavail * system.bsize : 0;
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch(() => undefined);
  return stats?.size ?? 0;
}
