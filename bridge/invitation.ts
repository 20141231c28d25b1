/** The invitation for others on the network as people see it at a terminal: the link, and the same for a phone's camera. */
import { qrRows } from "../cli/qr-code.ts";

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
