/**
 * The file that says by what each server is recognised, as ssh has one: a line for each `host:port`, with the fingerprint
 * of its key, or `authority` when an authority vouched for it. Lines are only ever added, so that several bridges can share
 * it; of two lines for one server, the first counts. Taking one out is up to the person.
 */
import { appendFileSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** What a server is recognised by: the fingerprint of its key, or an authority's word. */
export type KnownBy = `SHA256:${string}` | "authority";

/** A line of the file. `by` is missing when it cannot be read. */
export interface KnownHost {
  by?: KnownBy;
  /** `file:line`, for people. */
  place: string;
}

/** Bytes of the file; a longer one is not read. Enough for 10,000 servers. */
const FILE_BYTES_MAX = 1_048_576;

export class KnownHosts {
  readonly #file: string;

  constructor(file = defaultFile()) {
    this.#file = file;
  }

  get file(): string {
    return this.#file;
  }

  /** @param address `host:port`. @throws the system's error when the file cannot be read */
  find(address: string): KnownHost | undefined {
    const lines = this.#read().split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
      const [host, by = ""] = line.trim().split(/[ \t]+/);
      if (host?.toLowerCase() !== address.toLowerCase()) continue;
      const place = `${this.#file}:${index + 1}`;
      return isKnownBy(by) ? { by, place } : { place };
    }
    return undefined;
  }

  /**
   * Adds a line. Another bridge may have been quicker: what is returned counts, and may be different.
   * @throws the system's error when the file cannot be written
   */
  add(address: string, by: KnownBy): KnownHost {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const text = this.#read();
    // Whoever has edited the file may have left its last line open. In one write, it cannot get mixed up with another.
    const open = text === "" || text.endsWith("\n") ? "" : "\n";
    appendFileSync(this.#file, `${open}${address} ${by}\n`, { mode: 0o600 });
    return this.find(address) ?? { by, place: this.#file };
  }

  #read(): string {
    try {
      if (statSync(this.#file).size > FILE_BYTES_MAX) throw new Error(`it is longer than ${FILE_BYTES_MAX} bytes`);
      return readFileSync(this.#file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw error;
    }
  }
}

function isKnownBy(typed: string): typed is KnownBy {
  return typed === "authority" || /^SHA256:[A-Za-z0-9+/]{43}$/.test(typed);
}

/** Beside the settings of a person's other programs: below the XDG directory on Linux, in the systems' own places else. */
function defaultFile(): string {
  const home = homedir();
  const file = "known-hosts";
  switch (process.platform) {
    case "darwin":
      return join(home, "Library", "Application Support", "Salotto", file);
    case "win32":
      return join(process.env.APPDATA ?? join(home, "AppData", "Roaming"), "Salotto", file);
    default:
      return join(process.env.XDG_CONFIG_HOME || join(home, ".config"), "salotto", file);
  }
}
