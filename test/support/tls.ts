/** Certificates of every kind, made as they are needed, and both ends of a connection with TLS. */
import "reflect-metadata";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Socket, TcpNetConnectOpts } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createSecureContext, TLSSocket } from "node:tls";
import * as x509 from "@peculiar/x509";
import { onTestFinished } from "vitest";
import { SocketTransport } from "../../server/net/transport.ts";

const DAY_MS = 86_400_000;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export interface TestCertificate {
  /** PEM. */
  certificate: string;
  key: string;
  /** To make another certificate with the same key, or one that this one vouches for. */
  keys: CryptoKeyPair;
}

export interface CertificateOptions {
  /** The host that it is for. Default: this computer. */
  host?: string;
  /** Days from now on which it starts and ends. */
  from?: number;
  to?: number;
  keys?: CryptoKeyPair;
  /** Who vouches for it; itself unless told otherwise. */
  issuer?: TestCertificate;
  /** It may vouch for others. */
  isAuthority?: boolean;
}

export async function makeCertificate(options: CertificateOptions = {}): Promise<TestCertificate> {
  const { host, from = -1, to = 30, issuer, isAuthority = false } = options;
  const keys = options.keys ?? (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]));
  const names =
    host === undefined
      ? [{ type: "dns", value: "localhost" } as const, { type: "ip", value: "127.0.0.1" } as const]
      : [{ type: "dns", value: host } as const];
  const subject = `CN=${host ?? (isAuthority ? "An authority" : "localhost")}`;
  const made = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer ? new x509.X509Certificate(issuer.certificate).subject : subject,
    notBefore: new Date(Date.now() + from * DAY_MS),
    notAfter: new Date(Date.now() + to * DAY_MS),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, undefined, true),
      new x509.SubjectAlternativeNameExtension(names),
    ],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { certificate: made.toString("pem"), key, keys };
}

/** A directory for one test. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), "salotto-tls-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes a certificate and its key into files, as an administrator would. */
export function writeCertificate(
  { certificate, key }: Pick<TestCertificate, "certificate" | "key">,
  directory = temporaryDirectory(),
): { certificate: string; key: string } {
  const files = { certificate: join(directory, "certificate.pem"), key: join(directory, "key.pem") };
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key);
  return files;
}

/** A client's end, whatever the certificate is. */
export function openTls(options: TcpNetConnectOpts): Socket {
  return connect({ ...options, rejectUnauthorized: false });
}

/** A server's end, for tests of the transport alone. */
export async function serverEnd(): Promise<(tcp: Socket) => SocketTransport> {
  const { certificate, key } = await makeCertificate();
  const secureContext = createSecureContext({ cert: certificate, key });
  return (tcp) => new SocketTransport(new TLSSocket(tcp, { isServer: true, secureContext }), tcp);
}
