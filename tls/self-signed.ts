/**
 * A certificate that a program makes for itself: with a key that stays the same for ever, so that whoever remembers it
 * recognises the program, and for the names and addresses that this computer has.
 */
import { createPublicKey, type KeyObject, type X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import type { Pem } from "./credentials.ts";
import { TlsError } from "./tls-error.ts";

const DAY_MS = 86_400_000;

/** Days that a certificate is valid. */
const VALID_DAYS = 1_095;

/** Days before its end on which it is renewed: a program that is started now and then still has time to do so. */
const RENEWED_DAYS = 90;

/** Names and addresses in one certificate; a computer with more network interfaces can be reached under the others. */
const NAMES_MAX = 100;

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

interface AlternativeName {
  type: "dns" | "ip";
  value: string;
}

/**
 * Makes a certificate.
 * @param further names and addresses besides this computer's own
 * @param key the key of the previous one; without it, a new key is made
 * @throws {TlsError}
 */
export async function makeSelfSigned(
  further: readonly string[],
  now: Date,
  key?: KeyObject,
): Promise<Pick<Pem, "certificate" | "key">> {
  // The library finds its parts by it. Both are loaded only when a certificate is due, once in years.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await keyPair(key);
  const names = namesOf(further);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [names[0]?.value ?? "localhost"] }, { O: ["Salotto"] }],
    // A clock somewhere else may be a little slow.
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { certificate: certificate.toString("pem"), key: x509.PemConverter.encode(pkcs8, "PRIVATE KEY") };
}

/** Whether it should be renewed: it ends soon, or this computer has got another name or address. */
export function isDue(certificate: X509Certificate, further: readonly string[], now: Date): boolean {
  if (certificate.validToDate.getTime() - now.getTime() < RENEWED_DAYS * DAY_MS) return true;
  return namesOf(further).some(({ type, value }) =>
    type === "ip" ? certificate.checkIP(value) === undefined : certificate.checkHost(value) === undefined,
  );
}

async function keyPair(key: KeyObject | undefined): Promise<CryptoKeyPair> {
  const { subtle } = crypto;
  if (!key) return subtle.generateKey(algorithm, true, ["sign", "verify"]);
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new TlsError("it is due for renewal, but its key is not one that this program makes");
  }
  const pkcs8 = new Uint8Array(key.export({ type: "pkcs8", format: "der" }));
  const spki = new Uint8Array(createPublicKey(key).export({ type: "spki", format: "der" }));
  return {
    privateKey: await subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]),
    publicKey: await subtle.importKey("spki", spki, algorithm, true, ["verify"]),
  };
}

/** What this computer is called, by itself and by others. */
function namesOf(further: readonly string[]): AlternativeName[] {
  const host = hostname().toLowerCase();
  const isHost = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host) && host.length <= 253;
  const local = isHost && !host.includes(".") ? [`${host}.local`] : [];
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const ips = ["127.0.0.1", "::1", ...addresses.map(({ address }) => address)].filter((ip) => !ip.includes("%"));
  const all = [...further, ...(isHost ? [host] : []), ...local, "localhost", ...ips];
  return [...new Set(all)]
    .map((value) => ({ type: isIP(value) ? ("ip" as const) : ("dns" as const), value }))
    .slice(0, NAMES_MAX);
}
