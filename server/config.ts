/** The configuration of a server. Defaults are those of the command line. */
import type { Logger } from "pino";
import { defaultPorts } from "../protocol/address.ts";
import type { CertificateSource } from "../tls/certificate-source.ts";
import type { DialectParts, Dialects } from "./dialects/dialect.ts";
import { createDialects } from "./dialects/dialects.ts";
import type { Language } from "./dialects/texts/texts.ts";
import { type ServerLimits, serverLimits } from "./limits.ts";
import type { RetentionRule } from "./store/retention.ts";

/** The port for TLS, beside the one without. */
export interface TlsConfig {
  /** The TCP port, 0 to 65535; 0 for any free port. */
  port: number;
  certificate: CertificateSource;
}

export interface ServerConfig {
  /** The address to listen on: loopback unless asked otherwise, `0.0.0.0` for every IPv4 network, `::` for all. */
  host: string;
  /** The TCP port, 0 to 65535; 0 for any free port. */
  port: number;
  /** The second port, on which everything is encrypted; undefined for none. */
  tls: TlsConfig | undefined;
  /** The port for metrics and health, on this computer only; 0 for any free port, undefined for none. */
  metricsPort: number | undefined;
  /** Takes passwords only over TLS, or from this computer. */
  tlsRequired: boolean;
  /** The language of the server's lines to people on plain text. */
  language: Language;
  /** Shows people on plain text their own messages, as if each had typed `/echo on`. */
  echo: boolean;
  /** The chat's own password, which is asked at the door; undefined for none. */
  password: string | undefined;
  /** Lets in only people who have registered their name, or register it at the door. */
  registeredOnly: boolean;
  /** Lets in new people only by an invitation that an administrator made. */
  invitedOnly: boolean;
  /** The directory in which messages are kept; undefined to keep them in memory only. */
  data: string | undefined;
  /** How long messages are kept. */
  keep: RetentionRule;
  /** Makes the dialects that people and programs may speak. */
  dialects: (parts: DialectParts) => Dialects;
  limits: ServerLimits;
  /**
   * Addresses and ranges of them (`10.0.0.0/8`) to which the limits on connections from one source do not apply: this
   * computer, or a school whose classes share an address.
   */
  exempt: readonly string[];
  /**
   * The names of the accounts whose people are administrators. Whoever registers such a name first becomes one, so an
   * account should be there before it is named here.
   */
  admins: readonly string[];
  logger: Logger;
  /** The current time, used for messages, joins and leaves. */
  now: () => Date;
}

export const defaultConfig: Omit<ServerConfig, "logger"> = {
  host: "127.0.0.1",
  port: defaultPorts.plain,
  tls: undefined,
  tlsRequired: false,
  metricsPort: undefined,
  language: "en",
  echo: false,
  password: undefined,
  registeredOnly: false,
  invitedOnly: false,
  data: undefined,
  keep: {},
  dialects: createDialects,
  limits: serverLimits,
  exempt: ["127.0.0.0/8", "::1"],
  admins: [],
  now: () => new Date(),
};
