/** Shared by the bridge's tests of TLS: servers with any certificate, and pages of bridges that check them. */
import { X509Certificate } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TlsTrust } from "../../bridge/bridge.ts";
import { bridgeLimits } from "../../bridge/limits.ts";
import type { ConnectionState, JoinAnswer } from "../../protocol/bridge-events.ts";
import { keyFingerprint } from "../../tls/fingerprint.ts";
import { startTestServer, type TestServer } from "../support/test-server.ts";
import {
  type CertificateOptions,
  makeCertificate,
  type TestCertificate,
  temporaryDirectory,
  writeCertificate,
} from "../support/tls.ts";
import { bridgeTo, openPage, type TestPage } from "./page.ts";

/** The server waits a moment before it greets. */
export const limits = { greetingMs: bridgeLimits.greetingMs };

export const keyOf = ({ certificate }: TestCertificate) => keyFingerprint(new X509Certificate(certificate));

export const newFile = () => join(temporaryDirectory(), "salotto", "known-hosts");

export const written = (file: string, text: string) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

export interface TlsServer extends TestServer {
  tlsPort: number;
  /** From now on, it shows this certificate. */
  show(certificate: TestCertificate): Promise<void>;
}

export async function startTlsServer(options: CertificateOptions | TestCertificate = {}): Promise<TlsServer> {
  const directory = temporaryDirectory();
  const first = "certificate" in options ? options : await makeCertificate(options);
  const files = writeCertificate(first, directory);
  const server = await startTestServer({
    overTls: true,
    tls: { port: 0, certificate: { kind: "files", ...files } },
  });
  return {
    ...server,
    tlsPort: server.tls?.port ?? 0,
    show: async (certificate) => {
      writeCertificate(certificate, directory);
      await server.reload();
    },
  };
}

/** A page of a new bridge that talks to that server over TLS. */
export async function pageOf(
  { tlsPort: port }: Pick<TlsServer, "tlsPort">,
  tls: TlsTrust,
  host = "127.0.0.1",
): Promise<TestPage> {
  return openPage(await bridgeTo({ host, port, tls: { authorities: [], ...tls }, limits }));
}

export const refusalOf = (answer: JoinAnswer) => (answer.ok ? undefined : answer.code);

export function protectionOf(state: ConnectionState | undefined) {
  return state?.phase === "online" ? state.upstream.protection : undefined;
}
