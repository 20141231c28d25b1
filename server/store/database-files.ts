/**
 * Whether the files of an open database are still those in its directory. On most systems, an open file can be removed,
 * emptied or replaced: SQLite then continues to write where nobody will ever find it again.
 */
import { statSync } from "node:fs";

/** What SQLite has open, and our lock, without which a second server could write to the same database. */
const suffixes = ["", "-wal", "-shm", "-lock"];

export class DatabaseFiles {
  readonly #file: string;
  readonly #opened: readonly { path: string; identity: string | undefined }[];
  #isEmptied = false;

  /** @param file a database that was just opened and read, so that its other files exist */
  constructor(file: string) {
    this.#file = file;
    this.#opened = suffixes.map((suffix) => ({ path: file + suffix, identity: identityOf(file + suffix) }));
  }

  /** The path of a file that was removed, replaced or emptied; undefined when all are in place. */
  findMissing(): string | undefined {
    const moved = this.#opened.find(({ path, identity }) => identityOf(path) !== identity);
    if (moved) return moved.path;
    // What was in it does not come back, even when something is written to it again.
    this.#isEmptied ||= statSync(this.#file, { throwIfNoEntry: false })?.size === 0;
    return this.#isEmptied ? this.#file : undefined;
  }
}

/** The file's device and inode number, as integers of any size; undefined when there is no file. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev} ${stats.ino}`;
}
