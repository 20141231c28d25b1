/** Reads config files: TOML, and small files that contain a secret. What the keys mean is known elsewhere. */
import { createReadStream } from "node:fs";
import { dirname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { parse, TomlError } from "smol-toml";

/** Bytes in a config file. */
const CONFIG_BYTES_MAX = 1_048_576;
/** Tables and lists inside each other. */
const DEPTH_MAX = 10;

export interface ConfigFile {
  /** As it was named. */
  readonly path: string;
  /** Relative paths in it count from there. */
  readonly folder: string;
  readonly table: Readonly<Record<string, unknown>>;
}

type FileRead<Content> = { ok: true; content: Content } | { ok: false; problem: string };

export async function readConfigFile(path: string): Promise<FileRead<ConfigFile>> {
  const read = await readText(path);
  if (!read.ok) return read;
  try {
    // A number that is too large is refused by its setting, which says what it may be.
    const table = parse(read.content, {
      integersAsBigInt: "asNeeded",
      unsafeKeyBehaviour: "throw",
      maxDepth: DEPTH_MAX,
    });
    return { ok: true, content: { path, folder: dirname(resolve(path)), table } };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The rest of the message quotes the file, which may contain a secret.
    const [reason = ""] = error.message.split("\n");
    const where = `line ${error.line}, column ${error.column}`;
    return { ok: false, problem: `${path}: ${where}: ${reason.replace(/^Invalid TOML document: /, "")}` };
  }
}

/** Reads a file of UTF-8 text, with or without a byte order mark. */
export async function readText(path: string): Promise<FileRead<string>> {
  try {
    const bytes = await buffer(createReadStream(path, { end: CONFIG_BYTES_MAX }));
    if (bytes.length > CONFIG_BYTES_MAX) {
      return { ok: false, problem: `${path} is larger than ${CONFIG_BYTES_MAX} bytes` };
    }
    return { ok: true, content: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    return { ok: false, problem: `${path} cannot be read: ${explain(error as NodeJS.ErrnoException)}` };
  }
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
      return "this user may not read it";
    case "EISDIR":
      return "it is a directory";
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return "it is not text in UTF-8";
    default:
      return message;
  }
}
