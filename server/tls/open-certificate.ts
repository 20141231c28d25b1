/** The certificate that the server uses now, and how it changes while the server runs. */
import type { SecureContext } from "node:tls";
import type { Logger } from "pino";
import { type CertificateSource, certificateReader } from "./certificate-source.ts";
import type { Credentials } from "./credentials.ts";

export interface CertificateOptions {
  /** The data directory, if there is one. */
  data: string | undefined;
  logger: Logger;
  now: () => Date;
  limits: { readonly certificateMs: number };
}

export interface OpenCertificate {
  /** For the next handshake. */
  readonly context: SecureContext;
  readonly fingerprint: string;
  /** Reads it again. One that cannot be used changes nothing, and is logged. */
  reload(): Promise<void>;
  close(): void;
}

/** Reads the certificate, and renews one of the server's own before it ends. @throws {TlsError} */
export async function openCertificate(
  source: CertificateSource,
  { data, logger, now, limits }: CertificateOptions,
): Promise<OpenCertificate> {
  const read = certificateReader(source, data, now);
  const adopt = (read: Credentials) => {
    for (const warning of read.warnings) logger.warn(warning);
    return read;
  };
  let current = adopt(await read());
  let reading = Promise.resolve();
  const readAgain = async () => {
    const { fingerprint } = current;
    current = adopt(await read());
    logger.info({ key: current.fingerprint }, "the certificate was read again, and is used from now on");
    if (current.fingerprint !== fingerprint) {
      logger.warn(
        "its key is another one: whoever remembers the old one refuses to connect until told about the new one",
      );
    }
  };
  const reload = () => {
    // One after another, so that the last one asked for is the last one read.
    reading = reading.then(readAgain).catch(({ message }: Error) => {
      logger.error(`${message}. Nothing has changed: the certificate from before is still used`);
    });
    return reading;
  };
  const timer = source.kind === "self-signed" ? setInterval(reload, limits.certificateMs) : undefined;
  return {
    get context() {
      return current.context;
    },
    get fingerprint() {
      return current.fingerprint;
    },
    reload,
    close: () => clearInterval(timer),
  };
}
