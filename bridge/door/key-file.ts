/**
 * The key that the bridge signs passes with, kept in the person's own directory so that browsers need no new link after a
 * restart. Nobody else may read it. What is signed is not its concern.
 */
import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const keyBytes = 32;

/** Mode bits that let others in; Windows has none, and keeps the directory to its owner. */
const othersMask = process.platform === "win32" ? 0 : 0o077;

/** `problem` says why the key cannot be kept; it is then a new one at each start. */
export type KeptKey = { key: Buffer; problem?: string };

export function newKey(): Buffer {
  return randomBytes(keyBytes);
}

/** @param directory created if it is not there, for the person alone */
export function keptKey(directory: string): KeptKey {
  const file = join(directory, "bridge-key");
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return { key: readKey(file) ?? makeKey(file) };
  } catch (error) {
    return { key: newKey(), problem: (error as Error).message };
  }
}

/** Undefined when there is none, or one that others may have read or placed there. */
function readKey(file: string): Buffer | undefined {
  try {
    const stats = lstatSync(file);
    const isOwn = process.getuid === undefined || stats.uid === process.getuid();
    if (!stats.isFile() || !isOwn || (stats.mode & othersMask) !== 0 || stats.size > 2 * keyBytes) return undefined;
    const key = Buffer.from(readFileSync(file, "utf8"), "base64url");
    return key.length === keyBytes ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Of two bridges that start at the same time, both have the key of the one that was first. */
function makeKey(file: string): Buffer {
  const key = newKey();
  const written = `${file}.${process.pid}.new`;
  writeFileSync(written, key.toString("base64url"), { mode: 0o600, flush: true });
  try {
    linkSync(written, file);
    return key;
  } catch {
    const known = readKey(file);
    if (known) return known;
    renameSync(written, file);
    return key;
  } finally {
    rmSync(written, { force: true });
  }
}
