/**
 * Whether the server at the other end of a TLS connection is the one that the person means. An authority of this computer
 * says so; or its key is the one that it had the first time, as with ssh; or it has the fingerprint that the person gave.
 * It is asked before anything is said to the server.
 */
import type { X509Certificate } from "node:crypto";
import { createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from "node:tls";
import type { Logger } from "pino";
import { formatAddress } from "../../protocol/address.ts";
import type { Protection, Refusal } from "../../protocol/bridge-events.ts";
import { keyFingerprint } from "../../tls/fingerprint.ts";
import type { KnownBy, KnownHost, KnownHosts } from "./known-hosts.ts";
import { tlsRefusal } from "./tls-refusals.ts";

export interface ServerCheckOptions {
  host: string;
  port: number;
  /** As `readFingerprint` returns it; then nothing else counts. */
  fingerprint: string | undefined;
  knownHosts: KnownHosts;
  /** Certificates of authorities (PEM); by default, those of this computer. */
  authorities?: readonly string[] | undefined;
  logger: Logger;
}

export type CheckedServer = { ok: true; protection: Protection } | { ok: false; refusal: Refusal };

export class ServerCheck {
  readonly #options: ServerCheckOptions;
  /** For every connection: reading the authorities takes a while. */
  readonly context: SecureContext;

  constructor(options: ServerCheckOptions) {
    this.#options = options;
    const ca = [...(options.authorities ?? systemAuthorities())];
    this.context = createSecureContext({ ca, minVersion: "TLSv1.2" });
  }

  /** @param socket after its handshake, in which any certificate was accepted */
  check(socket: TLSSocket): CheckedServer {
    const certificate = socket.getPeerX509Certificate();
    if (!certificate) return refused("tls-failed", "no certificate");
    const now = new Date();
    if (certificate.validToDate < now) return refused("tls-expired", day(certificate.validToDate));
    if (certificate.validFromDate > now) return refused("tls-too-early", day(certificate.validFromDate));
    const key = keyFingerprint(certificate) as KnownBy;
    const found =
      this.#options.fingerprint === undefined
        ? this.#recognise(socket, certificate, key)
        : this.#given(certificate, key);
    if (typeof found !== "string") return found;
    return { ok: true, protection: { kind: "tls", by: found, key, version: socket.getProtocol() ?? "TLS" } };
  }

  #given({ fingerprint256 }: X509Certificate, key: string): RecognisedBy | CheckedServer {
    const { fingerprint } = this.#options;
    return fingerprint === key || fingerprint === fingerprint256 ? "fingerprint" : refused("tls-fingerprint", key);
  }

  #recognise(socket: TLSSocket, certificate: X509Certificate, key: KnownBy): RecognisedBy | CheckedServer {
    const { host, port, knownHosts, logger } = this.#options;
    const address = formatAddress(host, port);
    // Node's types are older than its codes.
    const problem = socket.authorizationError as unknown as string | undefined;
    try {
      const known = knownHosts.find(address);
      if (known) return matches(known, socket.authorized, key) ?? "known-key";
      if (problem === "ERR_TLS_CERT_ALTNAME_INVALID") return refused("tls-wrong-host", namesIn(certificate));
      const by = socket.authorized ? "authority" : key;
      const added = knownHosts.add(address, by);
      logger.info({ server: address, by, file: knownHosts.file }, "the server is remembered from now on");
      return matches(added, socket.authorized, key) ?? "first-use";
    } catch (error) {
      return refused("tls-known-hosts", `${knownHosts.file} (${(error as Error).message})`);
    }
  }
}

type RecognisedBy = Extract<Protection, { kind: "tls" }>["by"];

/** @returns undefined when the key is the known one */
function matches(
  { by, place }: KnownHost,
  isAuthorized: boolean,
  key: KnownBy,
): "authority" | CheckedServer | undefined {
  if (by === undefined) return refused("tls-known-hosts", place);
  if (by === "authority") return isAuthorized ? "authority" : refused("tls-untrusted", place);
  return by === key ? undefined : refused("tls-key-changed", place);
}

function refused(code: Parameters<typeof tlsRefusal>[0], about: string): CheckedServer {
  return { ok: false, refusal: tlsRefusal(code, about) };
}

/** The authorities of this computer, or those that come with Node where it has none. */
function systemAuthorities(): readonly string[] {
  const system = getCACertificates("system");
  return system.length > 0 ? system : getCACertificates("bundled");
}

/** Characters of the names in a certificate that are shown. Whoever made it decides how many there are. */
const NAMES_CHARS_MAX = 200;

function namesIn({ subjectAltName = "" }: X509Certificate): string {
  return subjectAltName.replaceAll("DNS:", "").replaceAll("IP Address:", "").slice(0, NAMES_CHARS_MAX);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
