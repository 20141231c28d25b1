/** Opens the database for writing, for whoever has it to themselves. */
import { DatabaseSync } from "node:sqlite";
import { nameKey } from "../../protocol/names.ts";
import { DatabaseFiles } from "./database-files.ts";
import { defineTokens, type IndexOptions, MessageIndex } from "./message-index.ts";
import { migrate } from "./schema.ts";

/** The database's name in the data directory. SQLite keeps `-wal` and `-shm` beside it, and we `-lock`. */
export const DATABASE_FILE = "salotto.db";

export interface OpenOptions extends IndexOptions {
  /** Milliseconds to wait for a reader that is in the way. */
  busyMs: number;
}

/** What our statements use besides SQLite's own functions. */
export function addFunctions(database: DatabaseSync): void {
  // Decides when two names are the same, which SQLite knows for ASCII only.
  database.function("name_key", { deterministic: true }, (name) => nameKey(String(name)));
  defineTokens(database);
}

export interface OwnDatabase {
  readonly database: DatabaseSync;
  /** Added messages must be indexed in the same transaction; existing ones are indexed already. */
  readonly index: MessageIndex;
  readonly files: DatabaseFiles;
  close(): void;
}

/**
 * Opens a database, creates it if necessary, and brings it to the current schema. Commits reach the disk before they
 * return (`synchronous=FULL`). Deleted data is overwritten with zeros, and free pages can be given back a few at a
 * time; a database created without that can do it after its next VACUUM.
 *
 * Two servers on one database would each number messages for people that the other does not know. So the owner holds an
 * exclusive lock for as long as it runs, which the system releases even when it is killed. The lock is a separate
 * database, so that others, such as a backup, can read the messages meanwhile.
 * @throws SQLite's error when it cannot be opened, `NewerSchemaError` when a newer program wrote it
 */
export function openOwnDatabase(file: string, { busyMs, ...options }: OpenOptions): OwnDatabase {
  const lock = new DatabaseSync(`${file}-lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    const database = new DatabaseSync(file, { timeout: busyMs });
    database.exec("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA secure_delete = ON;");
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    addFunctions(database);
    migrate(database);
    const index = new MessageIndex(database, options);
    index.complete();
    const close = () => {
      database.close();
      lock.close();
    };
    return { database, index, files: new DatabaseFiles(file), close };
  } catch (error) {
    lock.close();
    throw error;
  }
}
