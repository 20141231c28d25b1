/** Reads the fingerprint that a person was given for a server, in any form in which programs write one. */

/**
 * @returns `SHA256:` with the base64 of a key's hash, or the pairs of hexadecimal digits of a certificate's; undefined if
 * it is no SHA-256
 */
export function readFingerprint(typed: string): string | undefined {
  const [, base64] = /^SHA256:([A-Za-z0-9+/]{43})=?$/i.exec(typed.trim()) ?? [];
  if (base64 !== undefined) return `SHA256:${base64}`;
  const hex = typed.trim().replaceAll(":", "").toUpperCase();
  return /^[0-9A-F]{64}$/.test(hex) ? (hex.match(/../g) ?? []).join(":") : undefined;
}
