/** The page's texts about what protects the connection between bridge and server, in Italian. */
import type { enProtection, enTlsRefusals } from "./en-protection.ts";

export const itProtection: typeof enProtection = {
  encrypted: "cifrato",
  notEncrypted: "non cifrato",
  recognised: {
    none: "Non cifrata: chi sta sul percorso può leggere e cambiare tutto",
    authority: "Cifrata; un’autorità di cui questo computer si fida garantisce per il server",
    "known-key": "Cifrata; il server ha la stessa chiave di prima",
    "first-use":
      "Cifrata; la chiave del server era sconosciuta e d’ora in poi sarà ricordata. Per esserne certi, confrontala con quella che il server mostra all’avvio",
    fingerprint: "Cifrata; il server ha l’impronta indicata al bridge",
  },
  serverKey: (version, key) => `${version}, chiave ${key}`,
};

export const itTlsRefusals: typeof enTlsRefusals = {
  "tls-key-changed":
    "La chiave del server non è quella di prima. Forse qualcuno si spaccia per il server, oppure il server ha una chiave nuova. Chiedi l’impronta a chi lo amministra; se la chiave nuova è giusta, togli questa riga:",
  "tls-untrusted":
    "Nessuna autorità garantisce più per il server, mentre prima una lo faceva. Forse qualcuno si spaccia per il server. Se chi lo amministra conferma che va bene così, togli questa riga:",
  "tls-fingerprint":
    "Il server non ha l’impronta indicata al bridge. Forse qualcuno si spaccia per il server, oppure il server ha una chiave nuova:",
  "tls-expired":
    "Il certificato del server è scaduto. Chi lo amministra può rinnovarlo; controlla anche l’orologio di questo computer. Era valido fino al",
  "tls-too-early":
    "Il certificato del server non è ancora valido. Controlla l’orologio di questo computer. Sarà valido dal",
  "tls-wrong-host":
    "Il certificato del server è per un altro nome. Avvia il bridge con uno dei suoi nomi (--host), o con l’impronta del server (--tls-fingerprint). È per",
  "tls-known-hosts": "Il file dei server conosciuti non si può usare, e senza di esso nulla è certo. Controlla",
  "tls-none":
    "Su questa porta il server non parla TLS. Avvia il bridge con la sua porta TLS (--port); un vecchio server non ne ha, e si raggiunge solo senza --tls. Ha detto:",
  "tls-failed": "TLS con il server non è riuscito:",
  "tls-needed": "Su questa porta il server parla TLS. Avvia il bridge con --tls e --port",
};
