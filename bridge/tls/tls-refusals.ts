/** Why a bridge does not talk to a server over TLS, in words for people. The page has its own, by their codes. */
import type { Refusal, TlsRefusalCode } from "../../protocol/bridge-events.ts";

/** `about` follows. */
const messages: Record<TlsRefusalCode, string> = {
  "tls-key-changed":
    "the server's key is not the one that it had before: somebody may be pretending to be the server, or it has got a new key. Ask its administrator for the fingerprint; if the new key is right, remove this line:",
  "tls-untrusted":
    "no authority vouches for the server any more, although one did before: somebody may be pretending to be the server. If its administrator says that this is right, remove this line:",
  "tls-fingerprint":
    "the server does not have the fingerprint given with --tls-fingerprint: somebody may be pretending to be the server, or it has got a new key. Its key is",
  "tls-expired":
    "the server's certificate has expired. Its administrator can renew it; or check this computer's clock. It was valid until",
  "tls-too-early": "the server's certificate is not valid yet. Check this computer's clock. It is valid from",
  "tls-wrong-host":
    "the server's certificate is for another name. Give one of its names with --host, or the server's fingerprint with --tls-fingerprint. It is for",
  "tls-known-hosts": "the file of known servers cannot be used, and without it nothing is certain. Check",
  "tls-none":
    "the server speaks no TLS on this port. Give its port for TLS with --port; an old server has none, and can be reached only without --tls. It said",
  "tls-failed": "TLS with the server failed:",
  "tls-needed": "the server speaks TLS on this port. Start the bridge with --tls and --port",
};

export function tlsRefusal(code: TlsRefusalCode, about: string): Refusal {
  return { code, message: `${messages[code]} ${about}`, about };
}
