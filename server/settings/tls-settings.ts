/** The settings for the port for TLS. Any of them asks for it; together they must make sense. */
import { defaultPorts } from "../../protocol/address.ts";
import type { TlsConfig } from "../config.ts";
import { path, port, toggle } from "./kinds.ts";
import { optional, setting, type ValuesOf } from "./setting.ts";

export const tlsSettings = {
  tlsPort: optional({
    kind: port,
    help: "TCP port for TLS; 0 for any free port",
    defaultText: `${defaultPorts.tls} when there is a certificate`,
  }),
  tlsCert: optional({
    kind: path("<file>"),
    help: "certificate for TLS, followed by those that vouch for it, in PEM; SIGHUP reads it again",
  }),
  tlsKey: optional({ kind: path("<file>"), help: "private key of that certificate, in PEM" }),
  tlsSelfSigned: setting({
    kind: toggle,
    default: false,
    help: "make a certificate for TLS, once, and keep it in the data directory",
  }),
  tlsRequired: setting({
    kind: toggle,
    default: false,
    help: "take passwords only over TLS, or from this computer",
  }),
};

type TlsValues = ValuesOf<typeof tlsSettings>;

/** What is wrong with them together, in a sentence. */
export function tlsProblem(
  { tlsPort, tlsCert, tlsKey, tlsSelfSigned, tlsRequired }: TlsValues,
  plainPort: number,
): string | undefined {
  const hasFile = tlsCert !== undefined || tlsKey !== undefined;
  const isWanted = tlsPort !== undefined || hasFile || tlsSelfSigned || tlsRequired;
  const wanted = tlsPort ?? defaultPorts.tls;
  if (isWanted && wanted !== 0 && wanted === plainPort) {
    return `port and tls-port are both ${wanted}. Each needs a port of its own.`;
  }
  if (hasFile && tlsSelfSigned) {
    return "tls-self-signed makes a certificate. Leave it out, or leave out tls-cert and tls-key.";
  }
  const isComplete = tlsSelfSigned || (tlsCert !== undefined && tlsKey !== undefined);
  if (!isWanted || isComplete) return undefined;
  return "TLS needs a certificate: give tls-cert and tls-key, or let the server make one with tls-self-signed.";
}

/** @param values those that have no problem */
export function tlsConfig({ tlsPort, tlsCert, tlsKey, tlsSelfSigned }: TlsValues): TlsConfig | undefined {
  const wanted = tlsPort ?? defaultPorts.tls;
  if (tlsSelfSigned) return { port: wanted, certificate: { kind: "self-signed" } };
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  return { port: wanted, certificate: { kind: "files", certificate: tlsCert, key: tlsKey } };
}
