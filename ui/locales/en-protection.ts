/** The page's texts about what protects the connection between bridge and server, in English. */

/** What protects the connection, and how the server was recognised. */
export const enProtection = {
  encrypted: "encrypted",
  notEncrypted: "not encrypted",
  recognised: {
    none: "Not encrypted: whoever is on the way to the server can read and change everything",
    authority: "Encrypted; an authority that this computer trusts vouches for the server",
    "known-key": "Encrypted; the server has the same key as before",
    "first-use":
      "Encrypted; the server’s key was not known and is remembered from now on. To be certain, compare it with what the server prints when it starts",
    fingerprint: "Encrypted; the server has the fingerprint that the bridge was given",
  },
  serverKey: (version: string, key: string) => `${version}, key ${key}`,
};

/** Why a server is not talked to, by the code of the refusal. What it is about follows. */
export const enTlsRefusals = {
  "tls-key-changed":
    "The server’s key is not the one it had before. Somebody may be pretending to be the server, or it has a new key. Ask its administrator for the fingerprint; if the new key is right, remove this line:",
  "tls-untrusted":
    "No authority vouches for the server any more, although one did before. Somebody may be pretending to be the server. If its administrator says that this is right, remove this line:",
  "tls-fingerprint":
    "The server does not have the fingerprint that the bridge was given. Somebody may be pretending to be the server, or it has a new key:",
  "tls-expired":
    "The server’s certificate has expired. Its administrator can renew it; check this computer’s clock, too. It was valid until",
  "tls-too-early": "The server’s certificate is not valid yet. Check this computer’s clock. It is valid from",
  "tls-wrong-host":
    "The server’s certificate is for another name. Start the bridge with one of its names (--host), or with the server’s fingerprint (--tls-fingerprint). It is for",
  "tls-known-hosts": "The file of known servers cannot be used, and without it nothing is certain. Check",
  "tls-none":
    "The server speaks no TLS on this port. Start the bridge with its port for TLS (--port); an old server has none, and can be reached only without --tls. It said:",
  "tls-failed": "TLS with the server failed:",
  "tls-needed": "The server speaks TLS on this port. Start the bridge with --tls and --port",
};
