/** The lines about rights in Italian. */
import type { RoomSettings } from "../../../protocol/moderation-events.ts";
import type { RightsProblem, rightsEn } from "./rights-en.ts";

const problems: Record<RightsProblem, string> = {
  "not-allowed":
    "Qui non puoi farlo. Serve un moderatore, un proprietario o un amministratore, di rango superiore alla persona interessata.",
  banned: "È bandito da questa stanza. Prima revoca il bando con /unban.",
  muted: "Non inviato: in questa stanza non puoi parlare. I moderatori possono revocarlo.",
  "slow-mode": "Non inviato: questa stanza è lenta. Aspetta un momento e riprova.",
  "topic-locked": "Solo i moderatori cambiano l'argomento di questa stanza.",
  "not-invited": "In quella stanza entra solo chi è invitato. Chiedi a qualcuno che è dentro.",
  "members-only": "Quello che si dice in quella stanza è solo per chi è dentro. Prima entra con /join.",
  blocked: "Non inviato: quella persona non accetta messaggi privati da te.",
  blocking: "Non inviato: hai bloccato quella persona. Prima sbloccala con /unblock.",
  "not-here": "Non è qui. Senza un account si può fare solo finché è presente.",
  "last-owner": "La stanza non ha altri proprietari. Prima nominane un altro: /role <nome> owner",
  "no-such-rule": "Non c'è niente del genere da revocare o chiudere.",
  "too-many-rules": "L'elenco è pieno. Prima revoca qualcosa.",
  "too-many-new-rules": "Troppe richieste di questo tipo da te o dal tuo indirizzo. Riprova tra qualche minuto.",
  "too-many-reports": "Ci sono troppe segnalazioni. Riprova tra qualche minuto.",
};

const until = (time: string) => (time === "" ? "" : ` fino al ${time}`);
const people = (count: number) => (count === 1 ? "una persona" : `${count} persone`);
const because = (reason: string) => (reason === "" ? "" : `: ${reason}`);

const settingsOn = ({ invitedOnly, membersHistory, hidden, topicLocked, slowSeconds }: RoomSettings) => [
  ...(invitedOnly ? ["solo per invitati"] : []),
  ...(membersHistory ? ["messaggi precedenti solo per chi è dentro"] : []),
  ...(hidden ? ["non in elenco"] : []),
  ...(topicLocked ? ["argomento bloccato"] : []),
  ...(slowSeconds ? [`un messaggio ogni ${slowSeconds} s`] : []),
];

export const rightsIt: typeof rightsEn = {
  rightsProblem: (code) => problems[code],
  wrongField: (field) =>
    field === "until"
      ? "Quel momento è già passato."
      : "Escluderebbe anche te, o non è possibile. Bandisci un nome, uno schema come *spam* o un indirizzo come 192.0.2.0/24.",
  banned: (time, reason) => `Non puoi entrare: sei bandito${until(time)}${because(reason)}.`,
  youAreMuted: (room, time) => `In ${room} non puoi parlare${until(time)}.`,
  settingsChanged: (from, room, settings) =>
    `${from} ha cambiato le regole di ${room}: ${settingsOn(settings).join(", ") || "aperta a tutti"}.`,
  roleChanged: (from, name, role, room) =>
    role === "none"
      ? `${from} ha tolto a ${name} il ruolo in ${room}.`
      : `${from} ha nominato ${name} ${role === "owner" ? "proprietario" : "moderatore"} di ${room}.`,
  roomRemoved: (from, room) => `${from} ha eliminato la stanza ${room} e tutto quello che vi è stato detto.`,
  invited: (from, room) => `${from} ti invita in ${room}. /join ${room} ti ci porta.`,
  reported: (by, room, reason) => `${by} ha segnalato un messaggio in ${room}${because(reason)}. /reports lo mostra.`,
  reportedNow: "I moderatori sono stati avvisati.",
  muted: (name) => `${name} qui non può più parlare.`,
  unmuted: (name) => `${name} qui può parlare di nuovo.`,
  bannedNow: (whom) => `${whom} è bandito da qui. /bans elenca tutti i bandi.`,
  unbanned: (whom) => `${whom} non è più bandito da qui.`,
  invitedNow: (name) => `${name} è tra gli invitati.`,
  settled: (id) => `La segnalazione ${id} è chiusa.`,
  blockedNow: (name) => `Non ricevi più messaggi privati da ${name}.`,
  unblocked: (name) => `Ricevi di nuovo i messaggi privati di ${name}.`,
  invitationMade: (id, code, uses, time) =>
    `L'invito ${id} fa entrare ${people(uses)} fino al ${time}. Il suo codice, che si vede solo adesso: ${code}`,
  invitation: (id, by, uses, time) => `${id} di ${by}, per ${people(uses)}, fino al ${time}`,
  revoked: (id) => `L'invito ${id} non fa più entrare nessuno.`,
  none: "Non c'è niente.",
  ruleKinds: { ban: "bandito", mute: "silenziato" },
  rule: ({ id, kind, whom, until: end, reason, by, time }) =>
    `${id} ${whom} ${kind}${until(end)}, da ${by} il ${time}${because(reason)}`,
  report: ({ id, by, from, text, reason, time }) =>
    `${id} da ${by} il ${time}${because(reason)} – ${from === "" ? "non c'è più" : `${from}: ${text}`}`,
  rightsArguments: {
    block: "<nome>",
    unblock: "<nome>",
    blocked: "",
    report: "<nome> [motivo]",
    invite: "<nome>",
    kick: "<nome> [motivo]",
    mute: "<nome> [10m|2h|1d] [motivo]",
    unmute: "<nome>",
    ban: "<nome|schema|indirizzo> [10m|2h|1d] [motivo]",
    unban: "<id|nome>",
    bans: "",
    reports: "",
    settle: "<id>",
    slow: "<secondi>|off",
    set: "invited-only|members-history|hidden|topic-locked on|off",
    role: "<nome> owner|moderator|none",
    remove: "<stanza>",
    audit: "",
    invitation: "[persone] [giorni]",
    invitations: "",
    revoke: "<id>",
  },
  rightsHelp: {
    block: "non riceve più messaggi privati da qualcuno",
    unblock: "li riceve di nuovo",
    blocked: "elenca chi hai bloccato",
    report: "segnala ai moderatori l'ultimo messaggio di qualcuno qui",
    invite: "fa entrare qualcuno in questa stanza quando è solo per invitati",
    kick: "fa uscire qualcuno da questa stanza; nella lobby, dalla chat",
    mute: "toglie la parola a qualcuno in questa stanza, se vuoi per un po'",
    unmute: "gliela restituisce",
    ban: "tiene qualcuno fuori da questa stanza; nella lobby, dalla chat",
    unban: "revoca un bando",
    bans: "elenca i bandi di questa stanza e chi non può parlare",
    reports: "elenca le segnalazioni di questa stanza",
    settle: "chiude una segnalazione",
    slow: "permette a ciascuno un messaggio ogni tanti secondi",
    set: "stabilisce le regole di questa stanza",
    role: "nomina qualcuno proprietario o moderatore di questa stanza, o nessuno dei due",
    remove: "elimina questa stanza e tutto quello che vi è stato detto; riscrivi il suo nome",
    audit: "elenca gli interventi di chi ha dei poteri, per quanto ti riguardano",
    invitation: "crea un invito alla chat: per quante persone, e per quanti giorni",
    invitations: "elenca gli inviti che fanno ancora entrare qualcuno",
    revoke: "ritira un invito",
  },
};
