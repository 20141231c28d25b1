/** The invitation for others on the network, as people see it at a terminal, and as a page is told it. */
import { commandLine } from "../cli/package.ts";
import { qrRows } from "../cli/qr-code.ts";
import { defaultPorts, isLoopback } from "../protocol/address.ts";
import type { BridgeInvitation } from "../protocol/bridge-invitation.ts";

/** The link, and the same for a phone's camera. */
export function invitationLines(link: string | undefined): string[] {
  return link === undefined ? [] : [`Others join with ${link} or this code:`, ...qrRows(link)];
}

/** What to expect of a browser that is shown a certificate for which nobody vouches. @param fingerprint the certificate's */
export function warningLines(fingerprint: string | undefined): string[] {
  return [
    "Each browser will warn once that it does not know this certificate, because no authority vouches for it.",
    `It is the right one if the browser shows this SHA-256 fingerprint: ${fingerprint}`,
  ];
}

/** For the page of whoever started the bridge. @param server where it connects to */
export function invitationOf(
  link: string | undefined,
  { host, port, tls }: { host: string; port: number; tls?: object | undefined },
): BridgeInvitation {
  if (link !== undefined) return { kind: "link", link };
  const usualPort = tls ? defaultPorts.tls : defaultPorts.plain;
  const options = [
    ...(isLoopback(host) ? [] : [`--host ${host}`]),
    ...(port === usualPort ? [] : [`--port ${port}`]),
    ...(tls ? ["--tls"] : []),
    "--listen 0.0.0.0 --web-self-signed",
  ];
  return { kind: "here-only", command: commandLine("bridge", options.join(" ")) };
}
