/** The certificate that a program uses now, and how it changes while the program runs. */
import type { Logger } from "pino";
import { type CertificateSource, certificateReader } from "./certificate-source.ts";
import type { Credentials } from "./credentials.ts";

export interface CertificateOptions {
  logger: Logger;
  now: () => Date;
  limits: { readonly certificateMs: number };
  /** Called when another one is used from now on, or the same one was read again. */
  replaced?(credentials: Credentials): void;
}

export interface OpenCertificate {
  /** For the next handshake. */
  readonly current: Credentials;
  /** Reads it again. One that cannot be used changes nothing, and is logged. */
  reload(): Promise<void>;
  close(): void;
}

/** Reads the certificate, and renews one that the program has made before it ends. @throws {TlsError} */
export async function openCertificate(
  source: CertificateSource,
  { logger, now, limits, replaced }: CertificateOptions,
): Promise<OpenCertificate> {
  const read = certificateReader(source, now);
  const adopt = (read: Credentials) => {
    for (const warning of read.warnings) logger.warn(warning);
    return read;
  };
  let current = adopt(await read());
  let reading = Promise.resolve();
  const readAgain = async () => {
    const { fingerprint } = current;
    current = adopt(await read());
    replaced?.(current);
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
    get current() {
      return current;
    },
    reload,
    close: () => clearInterval(timer),
  };
}
