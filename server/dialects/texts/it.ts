/** The lines of the plain dialect in Italian. */
import type { ByeCode, LeaveReason } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import type { NameProblem } from "../../../protocol/names.ts";
import type { TextProblem } from "../../../protocol/text.ts";
import type { Texts } from "./en.ts";

const here = (count: number) => (count === 1 ? "1 presente" : `${count} presenti`);

const leaving: Record<LeaveReason, string> = {
  quit: "",
  closed: "",
  lost: ", connessione persa",
  "too-slow": ", leggeva troppo lentamente",
  "line-too-long": ", ha inviato una riga troppo lunga",
  closing: "",
};

const nameProblems: Record<NameProblem, string> = {
  empty: "Scrivi il tuo nome e premi Invio.",
  "too-long": `Un nome può avere al massimo ${wireLimits.nameCharsMax} caratteri. Provane uno più corto:`,
  characters:
    "Un nome comincia con una lettera, una cifra o un'emoji e può contenere spazi e . _ - ' ( ) + & ! Provane un altro:",
  reserved: "Quel nome è riservato. Provane un altro:",
};

const textProblems: Record<TextProblem, string> = {
  empty: "Niente da inviare.",
  "too-long": `Non inviato: un messaggio può avere al massimo ${wireLimits.textBytesMax} byte. Invialo in più parti.`,
  "too-many-lines": `Non inviato: un messaggio può avere al massimo ${wireLimits.textLinesMax} righe. Invialo in più parti.`,
};

const byes: Record<ByeCode, string> = {
  quit: "Ciao!",
  closing: "Il server sta chiudendo. Ciao!",
  "too-slow": "Disconnesso: leggi troppo lentamente.",
  "line-too-long": `Disconnesso: una riga può avere al massimo ${wireLimits.lineBytesMax} byte.`,
  "login-timeout": "Disconnesso: non hai dato un nome in tempo.",
  "server-full": "Il server è pieno. Riprova più tardi.",
};

export const it: Texts = {
  greeting: "Benvenuto in Salotto (salotto/1). Scrivi il tuo nome e premi Invio.",
  welcome: (name) =>
    `Benvenuto, ${name}! Scrivi un messaggio e premi Invio. {quit} per uscire, /help per l'elenco dei comandi.`,
  joined: (name, count) => `${name} è entrato (${here(count)})`,
  left: (name, count, reason) => `${name} è uscito${leaving[reason]} (${here(count)})`,
  renamed: (from, to) => `${from} ora si chiama ${to}`,
  members: (names) => `${here(names.length)}: ${names.join(", ")}`,
  recent: (count) => (count === 1 ? "L'ultimo messaggio:" : `Gli ultimi ${count} messaggi:`),
  noHistory: "Nessuno ha ancora detto niente.",
  privateFrom: (name) => `da ${name}`,
  privateTo: (name) => `a ${name}`,
  nameProblem: (problem) => nameProblems[problem],
  nameTaken: (name) => `${name} è già qui. Prova con un altro nome:`,
  echo: (on) => (on ? "I tuoi messaggi ti vengono mostrati." : "I tuoi messaggi non ti vengono mostrati."),
  textProblem: (problem) => textProblems[problem],
  notUtf8: "Non inviato: non era UTF-8. Imposta il terminale su UTF-8 e riprova.",
  noSuchPerson: "Nessuno qui ha quel nome. /who elenca i presenti.",
  notStored: "Non inviato: il server non è riuscito a salvarlo. Riprova.",
  tooManyConversations: "Non inviato: il server non tiene altre conversazioni private. Riprova più tardi.",
  unknownCommand: (word) => `Il comando ${word} non esiste. /help li elenca; per dirlo, scrivi /${word}`,
  usage: (usage) => `Si usa così: ${usage}`,
  bye: (code) => byes[code],
  help: {
    help: "elenca questi comandi",
    history: "mostra che cosa è stato detto prima",
    who: "dice chi c'è",
    nick: "cambia il tuo nome",
    me: "dice che cosa fai: /me saluta",
    msg: "scrive a una persona sola",
    echo: "ti mostra i tuoi messaggi, o no",
    quit: "esce; {quit} fa lo stesso",
  },
};
