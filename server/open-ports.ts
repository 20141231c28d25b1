/** Opens the server's ports: the one without TLS, and the one with it if it was asked for. */
import { join } from "node:path";
import type { Logger } from "pino";
import type { Repeats } from "../cli/repeats.ts";
import type { CertificateSource } from "../tls/certificate-source.ts";
import { type OpenCertificate, openCertificate } from "../tls/open-certificate.ts";
import type { ServerConfig } from "./config.ts";
import { plainRefusal } from "./dialects/refusals.ts";
import type { Texts } from "./dialects/texts/en.ts";
import type { ServerLimits } from "./limits.ts";
import { Handshakes } from "./net/handshakes.ts";
import type { Listener } from "./net/listener.ts";

interface PortParts {
  listener: Listener;
  /** Those in force. */
  limits: ServerLimits;
  texts: Texts;
  logger: Logger;
  repeated: Repeats["tell"];
}

interface OpenPorts {
  port: number;
  tls?: { port: number; certificate: OpenCertificate };
}

/** The file in the data directory for a certificate that the server makes, and its key. */
const SELF_SIGNED_FILE = "tls.pem";

/** Where the certificate comes from; undefined without TLS. */
export function certificateSource({ tls, data }: Pick<ServerConfig, "tls" | "data">): CertificateSource | undefined {
  if (tls?.certificate.kind !== "self-signed" || data === undefined) return tls?.certificate;
  return { ...tls.certificate, file: join(data, SELF_SIGNED_FILE) };
}

/** @throws the system's error when it cannot listen, `TlsError` when the certificate cannot be used */
export async function openPorts(
  config: ServerConfig,
  { listener, limits, texts, logger, repeated }: PortParts,
): Promise<OpenPorts> {
  const { host, port, tls, now } = config;
  const source = certificateSource(config);
  if (!tls || !source) return { port: await listener.listen(host, port) };
  const certificate = await openCertificate(source, { logger, now, limits });
  try {
    const plainPort = await listener.listen(host, port);
    const handshakes = new Handshakes({
      limits,
      context: () => certificate.current.context,
      refusal: (said) => plainRefusal(said, texts.speaksTls(plainPort)),
      failed: (why) => repeated("handshake", (more) => logger.info({ why, ...more }, "a TLS handshake failed")),
    });
    return { port: plainPort, tls: { port: await listener.listen(host, tls.port, handshakes), certificate } };
  } catch (error) {
    certificate.close();
    throw error;
  }
}
