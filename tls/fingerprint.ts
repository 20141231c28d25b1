/** How people name the key of a server: a SHA-256 fingerprint, short enough to be compared or read out. */
import { createHash, type X509Certificate } from "node:crypto";

/**
 * The fingerprint of a certificate's public key (SPKI), as ssh writes them. A renewed certificate with the same key keeps
 * it.
 */
export function keyFingerprint({ publicKey }: X509Certificate): string {
  const hash = createHash("sha256").update(publicKey.export({ type: "spki", format: "der" }));
  return `SHA256:${hash.digest("base64").replace(/=$/, "")}`;
}
