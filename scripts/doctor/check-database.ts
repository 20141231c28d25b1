/** Whether the database is what this program can use. It is opened to be read only, also while a server uses it. */
import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { commandLine } from "../../cli/package.ts";
import { addFunctions } from "../../server/store/database.ts";
import { explainDatabaseError } from "../../server/store/open-store.ts";
import { migrations } from "../../server/store/schema.ts";
import { type Finding, megabytes } from "./finding.ts";

/** Bytes of the write-ahead log that a running server empties on its own. More means that something keeps it from that. */
const WRITE_AHEAD_BYTES_MAX = 67_108_864;

const about = "database";

export interface DatabaseFound {
  findings: Finding[];
  bytes: number;
  /** The time of the newest message; undefined when there is none. */
  newestMs?: number;
}

/** @param file the database, which need not exist yet */
export function checkDatabase(file: string): DatabaseFound {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats)
    return { findings: [{ health: "ok", about, found: `none yet; ${file} is made at the first start` }], bytes: 0 };
  const bytes = stats.size;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      addFunctions(database);
      return { ...checkOpened(database, file), bytes };
    } finally {
      database.close();
    }
  } catch (error) {
    const advice = "Keep a copy of the folder as it is, then restore a backup, or move the file away to begin anew.";
    return {
      findings: [{ health: "problem", about, found: `${file}: ${explainDatabaseError(error)}`, advice }],
      bytes,
    };
  }
}

function checkOpened(database: DatabaseSync, file: string): Omit<DatabaseFound, "bytes"> {
  const damage = database
    .prepare("PRAGMA integrity_check(3)")
    .all()
    .map((row) => String(Object.values(row)[0]));
  if (damage[0] !== "ok") {
    const found = `${file} is damaged: ${damage.join("; ").replace(/\s+/g, " ").slice(0, 300)}`;
    const advice = `Stop the server, keep a copy of the folder, and restore a backup; ${commandLine("export")} may still read rooms.`;
    return { findings: [{ health: "problem", about, found, advice }] };
  }
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
  const size = megabytes(statSync(file).size);
  const ahead = writeAheadFindings(file);
  if (version > migrations.length) {
    const found = `version ${version}, but this program knows versions up to ${migrations.length}`;
    return {
      findings: [{ health: "problem", about, found, advice: "Install the newer program, or restore a backup." }],
    };
  }
  if (version < migrations.length) {
    const found = `version ${version}, ${size}; the next start brings it to version ${migrations.length}`;
    const advice = `Make a backup before: ${commandLine("backup")}. Earlier programs cannot read it afterwards.`;
    return { findings: [{ health: "warning", about, found, advice }, ...ahead] };
  }
  const newest = database.prepare("SELECT max(time) AS time FROM messages").get()?.time;
  const well: Finding = { health: "ok", about, found: `version ${version}, ${size}, undamaged` };
  return { findings: [well, ...ahead], ...(newest ? { newestMs: Date.parse(String(newest)) } : {}) };
}

function writeAheadFindings(file: string): Finding[] {
  const bytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= WRITE_AHEAD_BYTES_MAX) return [];
  return [
    {
      health: "warning",
      about: "write-ahead log",
      found: megabytes(bytes),
      advice:
        "Some program keeps reading the database, or the server was killed: end that program, or start the server.",
    },
  ];
}
