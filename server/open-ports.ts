/** Opens the server's ports: the one without TLS, and the one with it if it was asked for. */
import type { Logger } from "pino";
import type { Repeats } from "../cli/repeats.ts";
import type { ServerConfig } from "./config.ts";
import { plainRefusal } from "./dialects/refusals.ts";
import type { Texts } from "./dialects/texts/en.ts";
import type { ServerLimits } from "./limits.ts";
import { Handshakes } from "./net/handshakes.ts";
import type { Listener } from "./net/listener.ts";
import { type OpenCertificate, openCertificate } from "./tls/open-certificate.ts";

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

/** @throws the system's error when it cannot listen, `TlsError` when the certificate cannot be used */
export async function openPorts(
  { host, port, tls, data, now }: ServerConfig,
  { listener, limits, texts, logger, repeated }: PortParts,
): Promise<OpenPorts> {
  if (!tls) return { port: await listener.listen(host, port) };
  const certificate = await openCertificate(tls.certificate, { data, logger, now, limits });
  try {
    const plainPort = await listener.listen(host, port);
    const handshakes = new Handshakes({
      limits,
      context: () => certificate.context,
      refusal: (said) => plainRefusal(said, texts.speaksTls(plainPort)),
      failed: (why) => repeated("handshake", (more) => logger.info({ why, ...more }, "a TLS handshake failed")),
    });
    return { port: plainPort, tls: { port: await listener.listen(host, tls.port, handshakes), certificate } };
  } catch (error) {
    certificate.close();
    throw error;
  }
}
