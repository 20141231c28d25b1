/** The lines of the plain dialect in Italian. */
import type { Dropped } from "../../../protocol/characters.ts";
import type { ByeCode, LeaveReason, MemberInfo } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { lobby, type NameProblem } from "../../../protocol/names.ts";
import type { TextProblem } from "../../../protocol/text.ts";
import type { Texts } from "./en.ts";

const inRoom = (room: string) => (room === lobby ? "" : ` in ${room}`);
const fromRoom = (room: string) => (room === lobby ? "" : ` da ${room}`);
const here = (count: number) => (count === 1 ? "1 presente" : `${count} presenti`);

const shown = ({ name, away }: MemberInfo) => (away ? `${name} (assente)` : name);

const leaving: Record<LeaveReason, string> = {
  quit: "",
  left: "",
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
  marks: "Una lettera di quel nome ha troppi segni sopra o sotto. Provane un altro:",
  scripts: "Quel nome mescola alfabeti con lettere che si somigliano. Usane uno solo:",
  reserved: "Quel nome è riservato. Provane un altro:",
};

const dropped: Record<Dropped, string> = {
  controls: "caratteri di controllo",
  invisible: "caratteri che non si vedono",
  marks: "più segni di quanti servano a una lettera",
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
  signed: (name) => `I tuoi testi sono firmati ${name}: ecco il tuo nome qui.`,
  joined: (name, room, count) => `${name} è entrato${inRoom(room)} (${here(count)})`,
  left: (name, room, count, reason) => `${name} è uscito${fromRoom(room)}${leaving[reason]} (${here(count)})`,
  renamed: (from, to) => `${from} ora si chiama ${to}`,
  members: (members) => `${here(members.length)}: ${members.map(shown).join(", ")}`,
  youTalkTo: (name) => `Ora parli in privato con ${name}. /leave torna nella lobby.`,
  noTopicHere: "Una conversazione privata non ha argomento.",
  youAreIn: (room) => `Ora sei in ${room}.`,
  stayInLobby: "Tutti restano nella lobby. {quit} esce dalla chat.",
  notInRoom: (room) => `Non sei in ${room}. /join ${room} ti ci porta.`,
  roomInvalid: `Il nome di una stanza ha al massimo ${wireLimits.nameCharsMax} lettere, cifre e . _ -`,
  tooManyNewRooms:
    "Tu, o altri dal tuo stesso indirizzo, avete creato troppe stanze. Entra con /join in una che c'è già (/rooms le elenca), o riprova tra qualche minuto.",
  tooManyRooms: "Ci sono già tutte le stanze possibili, o tu sei già in troppe. Prima lasciane una con /leave.",
  room: (room, count, topic) => `${room} (${here(count)})${topic === "" ? "" : `: ${topic}`}`,
  topic: (room, topic) => (topic === "" ? `${room} non ha un argomento.` : `L'argomento di ${room}: ${topic}`),
  topicChanged: (from, room, topic) =>
    topic === "" ? `${from} ha tolto l'argomento di ${room}.` : `${from} ha cambiato l'argomento di ${room}: ${topic}`,
  topicTooLong: `Un argomento ha al massimo ${wireLimits.topicCharsMax} caratteri.`,
  recent: (count) => (count === 1 ? "L'ultimo messaggio:" : `Gli ultimi ${count} messaggi:`),
  nothingFound: "Non è stato trovato niente.",
  longSearch: (charactersMax) => `È troppo lungo da cercare: al massimo ${charactersMax} caratteri.`,
  badSearch: (problem) => `Questo non si può cercare: ${problem}. Un giorno si scrive 2026-11-21.`,
  noHistory: "Nessuno ha ancora detto niente.",
  privateFrom: (name) => `da ${name}`,
  privateTo: (name) => `a ${name}`,
  nameProblem: (problem) => nameProblems[problem],
  nameTaken: (name) => `${name} è già qui. Prova con un altro nome:`,
  tooManyNewNames:
    "Dal tuo indirizzo sono arrivati troppi nomi nuovi. Usane uno che avevi già, o riprova tra qualche minuto.",
  nameLike: (name, other, isHere) =>
    `${name} somiglia a ${other}, che ${isHere ? "è già qui" : "è già stato qui"}. Prova con un altro nome:`,
  roomLike: (room) => `Somiglia al nome della stanza ${room}. Entra in quella, o scegli un altro nome.`,
  dropped: (what) => `Tolto da ciò che hai inviato: ${what.map((each) => dropped[each]).join(", ")}.`,
  echo: (on) => (on ? "I tuoi messaggi ti vengono mostrati." : "I tuoi messaggi non ti vengono mostrati."),
  textProblem: (problem) => textProblems[problem],
  leftOut: (count) =>
    count === 1
      ? "1 riga omessa: troppo veloce per questo programma."
      : `${count} righe omesse: troppo veloci per questo programma.`,
  slow: "Stai inviando molto in fretta. Tutto viene letto, ma lentamente.",
  notUtf8: "Non inviato: non era UTF-8. Imposta il terminale su UTF-8 e riprova.",
  noSuchPerson: "Nessuno che è o è stato qui ha quel nome. /who elenca i presenti.",
  notStored: "Non inviato: il server non è riuscito a salvarlo. Riprova.",
  notRead: "Il server non riesce a leggere ciò che è stato detto prima. Dillo a chi lo gestisce.",
  noSuchMessage: "Quel messaggio qui non c'è più.",
  notYours: "Un messaggio lo può cambiare solo chi l'ha inviato.",
  tooManyReactions: `Un messaggio ha al massimo ${wireLimits.reactionsMax} reazioni.`,
  nothingToChange: "Qui non hai detto niente che si possa cambiare.",
  nothingFrom: (name) => (name === "" ? "Qui nessun altro ha detto niente." : `${name} qui non ha detto niente.`),
  edited: "modificato",
  deleted: "eliminato",
  changed: (from) => `${from} ha modificato: `,
  removed: (from, time) => `${from} ha eliminato un messaggio${time === "" ? "" : ` del ${time}`}.`,
  reacted: (from, emoji, on, quote) =>
    on ? `${from} ha reagito con ${emoji} a ${quote}` : `${from} ha tolto ${emoji} da ${quote}`,
  answers: (from, quote) => `${from} risponde a ${quote}`,
  aMessage: "un messaggio",
  away: (name) => `${name} non è qui, e lo vedrà al suo ritorno.`,
  missedMore: (room) => `C'è dell'altro: /join ${room} e /history lo mostrano.`,
  missed: "Mentre non c'eri:",
  tooManyNewConversations:
    "Non inviato: tu, o altri dal tuo stesso indirizzo, avete iniziato troppe conversazioni private. Continuane una, o riprova tra qualche minuto.",
  tooManyConversations: "Non inviato: il server non tiene altre conversazioni private. Riprova più tardi.",
  unknownCommand: (word) => `Il comando ${word} non esiste. /help li elenca; per dirlo, scrivi /${word}`,
  usage: (usage) => `Si usa così: ${usage}`,
  bye: (code) => byes[code],
  /** What follows the word of each command. */
  arguments: {
    help: "",
    who: "",
    join: "<stanza o @nome>",
    leave: "",
    rooms: "",
    topic: "[testo]",
    history: "[n]",
    search: "<parole>",
    nick: "<nome>",
    me: "<testo>",
    msg: "<nome> <testo>",
    reply: "<nome> <testo>",
    react: "<emoji> [nome]",
    edit: "<testo>",
    delete: "",
    echo: "on|off",
    quit: "",
  },
  help: {
    help: "elenca questi comandi",
    history: "mostra che cosa è stato detto prima",
    search: "cerca ciò che è stato detto: parole, from:nome, in:stanza, after: e before: un giorno",
    who: "dice chi c'è in questa stanza",
    join: "entra in una stanza, o la crea, e parla lì; con @nome in privato con una persona",
    leave: "lascia questa stanza e torna nella lobby",
    rooms: "elenca le stanze",
    topic: "dice di che cosa parla questa stanza, o lo cambia",
    nick: "cambia il tuo nome",
    me: "dice che cosa fai: /me saluta",
    msg: "scrive a una persona sola",
    reply: "risponde all'ultimo messaggio di qualcuno",
    react: "reagisce all'ultimo messaggio, o all'ultimo di qualcuno; di nuovo, lo toglie",
    edit: "cambia il tuo ultimo messaggio qui",
    delete: "elimina il tuo ultimo messaggio qui",
    echo: "ti mostra i tuoi messaggi, o no",
    quit: "esce; {quit} fa lo stesso",
  },
};
