/** Why the server or the bridge said no, in Italian. */

import type { enFailures } from "./en-failures.ts";
import { itTlsRefusals } from "./it-protection.ts";

export const itFailures = {
  "name-taken": "Qualcuno ha già quel nome o uno che gli somiglia; scegline un altro",
  "no-such-person": "qui nessuno ha quel nome",
  "not-in-room": "non sei in quella stanza",
  "too-many-rooms": "troppe stanze; prima lasciane una",
  "too-many-new-names": "Troppi nomi nuovi da questo indirizzo; usane uno che avevi già o riprova tra qualche minuto",
  "too-many-new-rooms":
    "troppe stanze nuove da questo indirizzo; entra in una che c’è già o riprova tra qualche minuto",
  "too-many-new-conversations": "troppe nuove conversazioni private da questo indirizzo; riprova tra qualche minuto",
  "no-such-message": "quel messaggio non è più disponibile",
  "not-yours": "il messaggio è di qualcun altro",
  "too-many-reactions": "il messaggio ha già tutte le reazioni che può avere",
  "not-read": "il server non è riuscito a leggere i suoi messaggi",
  ...itTlsRefusals,
  offline: "connessione assente",
  "too-long": "è troppo lungo",
  "too-many-lines": "ha troppe righe",
  "too-many-conversations": "il server ha troppe conversazioni private",
  "not-a-chat": "Quello non è un server di chat",
  "too-many-sessions": "Ci sono troppe finestre della chat aperte; chiudine una",
  "not-stored": "il server non è riuscito a conservarlo",
  lost: "la connessione si è persa; potrebbe essere arrivato oppure no",
  busy: "troppi messaggi insieme",
  "name-registered": "Quel nome è di qualcuno; se è tuo, scrivi la password",
  "wrong-password": "Nome o password sbagliati",
  "too-many-attempts": "Troppi tentativi; riprova tra un po’",
  "password-required": "Questa chat chiede la sua password",
  "password-invalid": "Una password ha almeno 8 caratteri, senza spazi all’inizio e alla fine",
  "password-expired": "La password è stata data dall’amministratore; scegline una tua",
  "account-required": "In questa chat entra solo chi ha un account",
  "invitation-required": "In questa chat entra solo chi è invitato",
  "invitation-invalid": "Quell’invito non vale, o non vale più",
  "token-invalid": "Qui non hai più l’accesso; scrivi di nuovo la password",
  "tls-required": "Questo server di chat vuole una connessione cifrata per le password",
  "clear-password": "La connessione al server di chat non è cifrata: altri sulla rete potrebbero leggere la password",
  "no-accounts": "Questo server di chat non ha account",
  "server-unproved": "Il server di chat non conosce la tua password: forse non è quello che sembra",
} satisfies typeof enFailures;
