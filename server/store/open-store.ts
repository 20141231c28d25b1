/** Opens the message log that a configuration asks for, or says in one sentence why it cannot. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DATABASE_FILE } from "./database.ts";
import { LogThread } from "./log-thread.ts";
import type { SqliteStoreOptions } from "./sqlite-store.ts";
import type { OwnLog } from "./upkeep.ts";

export interface DiskOptions extends Omit<SqliteStoreOptions, "file"> {
  /** The data directory; it is created if necessary, readable for its owner only. */
  directory: string;
}

export class StoreError extends Error {
  override readonly name = "StoreError";
  /** Another program uses it; nothing is wrong with the data. */
  readonly isInUse: boolean;

  constructor(message: string, { isInUse, ...options }: ErrorOptions & { isInUse: boolean }) {
    super(message, options);
    this.isInUse = isInUse;
  }
}

/** @throws {StoreError} with a message for people */
export async function openDiskStore({ directory, ...options }: DiskOptions): Promise<OwnLog> {
  const file = join(directory, DATABASE_FILE);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return await LogThread.open({ file, ...options });
  } catch (cause) {
    const message = `${explainDatabaseError(cause)}: ${file}. Choose another directory with --data, or --memory`;
    throw new StoreError(message, { cause, isInUse: isInUse(cause) });
  }
}

const SQLITE_BUSY = 5;

/** Whether another program uses the database. */
export function isInUse(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

/** The low byte of SQLite's result code; 0 when there is none. */
function primaryCode(error: unknown): number {
  return ((error as { errcode?: number }).errcode ?? 0) & 0xff;
}

/** Puts the SQLite result codes that people meet into words (https://www.sqlite.org/rescode.html). */
export function explainDatabaseError(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  switch (primaryCode(error)) {
    case SQLITE_BUSY:
      return "another server is using the database";
    case 8:
      return "the database is read-only; check its permissions";
    case 11:
    case 26:
      return "the database is damaged or belongs to another program; restore a backup or move it away";
    case 13:
      return "the disk is full";
    case 14:
      return "the database cannot be opened";
    default:
      return code === "EACCES" || code === "EPERM" ? "no permission to use the data directory" : message;
  }
}
