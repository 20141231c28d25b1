/** Where a program's certificate comes from: two files of the administrator's, or one that the program keeps for itself. */
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Credentials, type Pem, readCredentials, readKey } from "./credentials.ts";
import { isDue, makeSelfSigned } from "./self-signed.ts";
import { TlsError } from "./tls-error.ts";

export type CertificateSource =
  /** Files in PEM format. They are read at the start, and again when the program is told to. `options` name them. */
  | { kind: "files"; certificate: string; key: string; options?: FileOptions }
  /**
   * Made by the program, for this computer's own names and further ones. The file is for both the certificate and its key;
   * without one they are kept in memory.
   */
  | { kind: "self-signed"; file?: string | undefined; names?: readonly string[] };

interface FileOptions {
  certificate: string;
  key: string;
}

const serverOptions: FileOptions = { certificate: "--tls-cert", key: "--tls-key" };

/** Returns a function that reads the certificate as it is now, and throws a `TlsError` when it cannot be used. */
export function certificateReader(source: CertificateSource, now: () => Date): () => Promise<Credentials> {
  if (source.kind === "files") return () => readFiles(source, now());
  const { file, names = [] } = source;
  const kept = file === undefined ? new InMemory() : new InFile(file);
  return () => ownCredentials(kept, names, now());
}

async function readFiles(
  { certificate: certificateFile, key: keyFile, options = serverOptions }: CertificateSource & { kind: "files" },
  now: Date,
): Promise<Credentials> {
  const [certificate, key] = await Promise.all([
    readText(certificateFile, "certificate", options.certificate),
    readText(keyFile, "key", options.key),
  ]);
  return readCredentials({ certificate, key, certificateFile, keyFile }, now);
}

async function readText(file: string, what: string, option: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      { ENOENT: "does not exist", EACCES: "may not be read by this user", EISDIR: "is a directory" }[code ?? ""] ??
      message;
    throw new TlsError(`the file for the ${what}, ${file}, ${why}. ${option} names it`, { cause });
  }
}

/** Keeps a certificate that the program has made between two reads. */
interface Kept {
  readonly name: string;
  read(): Promise<string | undefined>;
  write(pem: string): Promise<void>;
}

class InMemory implements Kept {
  readonly name = "memory";
  #pem: string | undefined;

  async read(): Promise<string | undefined> {
    return this.#pem;
  }

  async write(pem: string): Promise<void> {
    this.#pem = pem;
  }
}

class InFile implements Kept {
  readonly name: string;

  constructor(file: string) {
    this.name = file;
  }

  async read(): Promise<string | undefined> {
    return readFile(this.name, "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return undefined;
      throw new TlsError(
        `the certificate that was made for this program, ${this.name}, cannot be read: ${cause.message}`,
        { cause },
      );
    });
  }

  /** Another file first, so that nobody ever finds half of it. Only its owner may read it. */
  async write(pem: string): Promise<void> {
    const next = `${this.name}.new`;
    try {
      await mkdir(dirname(this.name), { recursive: true, mode: 0o700 });
      await rm(next, { force: true });
      const file = await open(next, "wx", 0o600);
      try {
        await file.writeFile(pem);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(next, this.name);
    } catch (cause) {
      const { message } = cause as Error;
      throw new TlsError(
        `the certificate that was made for this program, ${this.name}, cannot be written: ${message}`,
        { cause },
      );
    }
  }
}

async function ownCredentials(kept: Kept, names: readonly string[], now: Date): Promise<Credentials> {
  const pem = await kept.read();
  if (pem === undefined) return readCredentials(await renew(kept, names, now), now);
  const read = { certificate: pem, key: pem, certificateFile: kept.name, keyFile: kept.name };
  try {
    const credentials = readCredentials(read, now);
    if (!isDue(credentials.certificate, names, now)) return credentials;
    return readCredentials(await renew(kept, names, now, read), now);
  } catch (cause) {
    if (!(cause instanceof TlsError)) throw cause;
    const advice = "Restore it, or remove it: another is then made, and whoever remembers its key is warned";
    throw new TlsError(`${cause.message}. ${advice}`, { cause });
  }
}

/** @param previous whose key stays */
async function renew(kept: Kept, names: readonly string[], now: Date, previous?: Pem): Promise<Pem> {
  const { certificate, key } = await makeSelfSigned(names, now, previous && readKey(previous));
  await kept.write(`${key}\n${certificate}\n`);
  return { certificate, key, certificateFile: kept.name, keyFile: kept.name };
}
