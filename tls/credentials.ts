/**
 * A program's certificate and private key: reads them, checks that they work together, and makes what Node needs for a
 * handshake. Where they come from is up to the caller.
 */
import { constants, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import { keyFingerprint } from "./fingerprint.ts";
import { TlsError } from "./tls-error.ts";

/** A certificate, followed by those that vouch for it, and its key. Both are PEM. */
export interface Pem {
  certificate: string;
  key: string;
  /** Where they come from, for error messages. */
  certificateFile: string;
  keyFile: string;
}

export interface Credentials {
  readonly context: SecureContext;
  /** What the context is made of. */
  readonly contextOptions: SecureContextOptions;
  readonly certificate: X509Certificate;
  /** The fingerprint of the key, which the bridges remember. */
  readonly fingerprint: string;
  /** What should be mended, although TLS works: one line each. */
  readonly warnings: readonly string[];
}

/** A certificate is worth a warning that many milliseconds before it expires: two weeks. */
const EXPIRES_SOON_MS = 14 * 86_400_000;

const block = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** @throws {TlsError} */
export function readCredentials(pem: Pem, now: Date): Credentials {
  const certificate = readCertificate(pem);
  const key = readKey(pem);
  if (!certificate.checkPrivateKey(key)) throw new TlsError(explainMismatch(pem, key));
  const contextOptions = contextOptionsOf(pem);
  return {
    context: contextOf(contextOptions, pem),
    contextOptions,
    certificate,
    fingerprint: keyFingerprint(certificate),
    warnings: warningsOf(certificate, pem.certificateFile, now),
  };
}

/** The program's own certificate: the first one in the file. @throws {TlsError} */
function readCertificate({ certificate, certificateFile }: Omit<Pem, "key" | "keyFile">): X509Certificate {
  const [first] = certificate.match(block) ?? [];
  try {
    if (first !== undefined) return new X509Certificate(first);
  } catch {
    // It only looks like one.
  }
  throw new TlsError(
    `${certificateFile} contains no certificate in PEM format: it needs a part that starts with -----BEGIN CERTIFICATE-----`,
  );
}

/** @throws {TlsError} */
export function readKey({ key, keyFile }: Pick<Pem, "key" | "keyFile">): KeyObject {
  try {
    return createPrivateKey(key);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === "ERR_MISSING_PASSPHRASE" || /ENCRYPTED/.test(key)
        ? `is protected by a passphrase, and nobody is there to type it. Store the key without one: openssl pkey -in ${keyFile} -out key.pem`
        : "contains no private key in PEM format: it needs a part that starts with -----BEGIN PRIVATE KEY-----";
    throw new TlsError(`${keyFile} ${why}`, { cause });
  }
}

function explainMismatch({ certificate, certificateFile, keyFile }: Pem, key: KeyObject): string {
  const others = (certificate.match(block) ?? []).slice(1);
  const isFurtherDown = others.some((other) => new X509Certificate(other).checkPrivateKey(key));
  return isFurtherDown
    ? `the server's own certificate must be the first one in ${certificateFile}, before those that vouch for it`
    : `the key in ${keyFile} does not belong to the certificate in ${certificateFile}: give the key that it was made with`;
}

function contextOptionsOf({ certificate, key }: Pem): SecureContextOptions {
  return {
    cert: certificate,
    key,
    // Whatever a default or an option of Node says.
    minVersion: "TLSv1.2",
    // A client could ask for it again and again, and each time costs the server more than the client.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  };
}

function contextOf(options: SecureContextOptions, { certificateFile }: Pem): SecureContext {
  try {
    return createSecureContext(options);
  } catch (cause) {
    throw new TlsError(`the certificate in ${certificateFile} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

function warningsOf({ validFromDate, validToDate }: X509Certificate, file: string, now: Date): string[] {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const leftMs = validToDate.getTime() - now.getTime();
  if (leftMs <= 0) {
    return [
      `the certificate in ${file} expired on ${day(validToDate)}, so clients refuse it: renew it, then send SIGHUP`,
    ];
  }
  if (validFromDate > now) {
    return [
      `the certificate in ${file} is valid only from ${day(validFromDate)} on: check it, and this computer's clock`,
    ];
  }
  if (leftMs < EXPIRES_SOON_MS) {
    return [`the certificate in ${file} expires on ${day(validToDate)}: renew it, then send SIGHUP`];
  }
  return [];
}
