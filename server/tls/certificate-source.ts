/** Where the server's certificate comes from: two files of the administrator's, or one that the server keeps for itself. */
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Credentials, type Pem, readCertificate, readCredentials, readKey } from "./credentials.ts";
import { isDue, makeSelfSigned } from "./self-signed.ts";
import { TlsError } from "./tls-error.ts";

export type CertificateSource =
  /** Files in PEM format. They are read at the start, and again when the server is told to. */
  | { kind: "files"; certificate: string; key: string }
  /** Made by the server. It keeps it in its data directory, or in memory if that is where everything is kept. */
  | { kind: "self-signed" };

/** The file in the data directory, with both the certificate and its key. */
const SELF_SIGNED_FILE = "tls.pem";

/** Returns a function that reads the certificate as it is now, and throws a `TlsError` when it cannot be used. */
export function certificateReader(
  source: CertificateSource,
  directory: string | undefined,
  now: () => Date,
): () => Promise<Credentials> {
  if (source.kind === "files") return () => readFiles(source, now());
  const kept = directory === undefined ? new InMemory() : new InFile(join(directory, SELF_SIGNED_FILE));
  return () => ownCredentials(kept, now());
}

async function readFiles(files: { certificate: string; key: string }, now: Date): Promise<Credentials> {
  const [certificate, key] = await Promise.all([
    readText(files.certificate, "certificate", "--tls-cert"),
    readText(files.key, "key", "--tls-key"),
  ]);
  return readCredentials({ certificate, key, certificateFile: files.certificate, keyFile: files.key }, now);
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

/** Keeps the server's own certificate between two reads. */
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
      throw new TlsError(`the server's own certificate, ${this.name}, cannot be read: ${cause.message}`, { cause });
    });
  }

  /** Another file first, so that nobody ever finds half of it. Only its owner may read it. */
  async write(pem: string): Promise<void> {
    const next = `${this.name}.new`;
    try {
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
      throw new TlsError(`the server's own certificate, ${this.name}, cannot be written: ${message}`, { cause });
    }
  }
}

async function ownCredentials(kept: Kept, now: Date): Promise<Credentials> {
  const pem = await kept.read();
  if (pem === undefined) return readCredentials(await renew(kept, now), now);
  const read = { certificate: pem, key: pem, certificateFile: kept.name, keyFile: kept.name };
  try {
    const credentials = readCredentials(read, now);
    return isDue(readCertificate(read), now) ? readCredentials(await renew(kept, now, read), now) : credentials;
  } catch (cause) {
    if (!(cause instanceof TlsError)) throw cause;
    const advice = "Restore it, or remove it: the server then makes another, and bridges will warn of a changed key";
    throw new TlsError(`${cause.message}. ${advice}`, { cause });
  }
}

/** @param previous whose key stays */
async function renew(kept: Kept, now: Date, previous?: Pem): Promise<Pem> {
  const { certificate, key } = await makeSelfSigned(now, previous && readKey(previous));
  await kept.write(`${key}\n${certificate}\n`);
  return { certificate, key, certificateFile: kept.name, keyFile: kept.name };
}
