/** The lines of the plain dialect in Italian. */
import type { Dropped } from "../../../protocol/characters.ts";
import type { ByeCode, LeaveReason, MemberInfo } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { lobby, type NameProblem } from "../../../protocol/names.ts";
import type { PasswordProblem } from "../../../protocol/password.ts";
import type { TextProblem } from "../../../protocol/text.ts";
import type { Texts } from "./en.ts";
import { rightsIt } from "./rights-it.ts";

const inRoom = (room: string) => (room === lobby ? "" : ` in ${room}`);
const fromRoom = (room: string) => (room === lobby ? "" : ` da ${room}`);
const here = (count: number) => (count === 1 ? "1 presente" : `${count} presenti`);

const shown = ({ name, away }: MemberInfo) => (away ? `${name} (assente)` : name);

const leaving: Record<LeaveReason, string> = {
  quit: "",
  left: "",
  closed: "",
  lost: ", connessione persa",
  "too-slow": ", lettura troppo lenta",
  "line-too-long": ", ha inviato una riga troppo lunga",
  closing: "",
  kicked: ", fatto uscire",
  banned: ", bandito",
};

const nameProblems: Record<NameProblem, string> = {
  empty: "Scrivi il tuo nome e premi Invio.",
  "too-long": `Un nome può avere fino a ${wireLimits.nameCharsMax} caratteri. Provane uno più corto:`,
  characters:
    "Un nome inizia con una lettera, una cifra o un'emoji e può contenere spazi e . _ - ' ( ) + & ! Provane un altro:",
  marks: "Una lettera di quel nome ha troppi accenti o altri segni. Provane un altro:",
  scripts: "Quel nome mescola alfabeti con lettere che si somigliano. Usane uno solo:",
  reserved: "Quel nome è riservato. Provane un altro:",
};

const passwordProblems: Record<PasswordProblem, string> = {
  "too-short": `Una password ha almeno ${wireLimits.passwordCharsMin} caratteri. Scegline una più lunga.`,
  "too-long": `Una password ha al massimo ${wireLimits.passwordCharsMax} caratteri. Scegline una più corta.`,
  characters: "Una password non può avere caratteri di controllo o invisibili. Scegline un'altra.",
};

const dropped: Record<Dropped, string> = {
  controls: "caratteri di controllo",
  invisible: "caratteri invisibili",
  marks: "segni in eccesso sulle lettere",
};

const textProblems: Record<TextProblem, string> = {
  empty: "Niente da inviare.",
  "too-long": `Non inviato: un messaggio può avere fino a ${wireLimits.textBytesMax} byte. Invialo in più parti.`,
  "too-many-lines": `Non inviato: un messaggio può avere fino a ${wireLimits.textLinesMax} righe. Invialo in più parti.`,
};

const byes: Record<ByeCode, string> = {
  quit: "Ciao!",
  closing: "Il server si sta arrestando. Ciao!",
  "too-slow": "Connessione chiusa: leggevi troppo lentamente.",
  "line-too-long": `Connessione chiusa: una riga può avere fino a ${wireLimits.lineBytesMax} byte.`,
  "login-timeout": "Connessione chiusa: non hai dato un nome in tempo.",
  replaced: "Adesso sei qui da un'altra connessione. Ciao!",
  "signed-out": "La tua sessione è stata chiusa. Ciao!",
  "server-full": "Il server è pieno. Riprova più tardi.",
  "too-many-connections": "Ci sono troppe connessioni dal tuo indirizzo. Chiudine una o riprova più tardi.",
  "too-many-unnamed": "Troppe connessioni dal tuo indirizzo non hanno ancora dato un nome. Riprova più tardi.",
  "connecting-too-fast": "Troppe nuove connessioni dal tuo indirizzo. Riprova tra un momento.",
  kicked: "Un moderatore ti ha fatto uscire dalla chat.",
  banned: "Non puoi più entrare in questa chat.",
};

export const it: Texts = {
  greeting: "Ti diamo il benvenuto in Salotto (salotto/1). Scrivi il tuo nome e premi Invio.",
  speaksTls: (plainPort: number) =>
    `Questa porta parla TLS (salotto-tls). Collegati con un programma che lo fa, come ncat --ssl o openssl s_client -quiet -connect. La porta ${plainPort} funziona senza, ma non è cifrata.`,
  welcome: (name) =>
    `Ciao, ${name}! Scrivi un messaggio e premi Invio. {quit} per uscire, /help per l'elenco dei comandi.`,
  signed: (name) => `Firmi i tuoi messaggi come ${name}, quindi qui il tuo nome è questo.`,
  joined: (name, room, count) => `Entra ${name}${inRoom(room)} (${here(count)})`,
  left: (name, room, count, reason, { by, why }) =>
    `Esce ${name}${fromRoom(room)}${leaving[reason]}${by === "" ? "" : ` da ${by}`}${why === "" ? "" : `: ${why}`} (${here(count)})`,
  renamed: (from, to) => `${from} ora si chiama ${to}`,
  members: (members) => `${here(members.length)}: ${members.map(shown).join(", ")}`,
  youTalkTo: (name) => `Ora parli in privato con ${name}. Con /leave torni nella lobby.`,
  noTopicHere: "Una conversazione privata non ha argomento.",
  youAreIn: (room) => `Ora sei in ${room}.`,
  stayInLobby: "Non puoi lasciare la lobby. {quit} per uscire dalla chat.",
  notInRoom: (room) => `Non sei in ${room}. Per entrare: /join ${room}`,
  roomInvalid: `Il nome di una stanza può avere fino a ${wireLimits.nameCharsMax} caratteri: lettere, cifre e . _ -`,
  tooManyNewRooms:
    "Troppe stanze nuove dal tuo indirizzo. Entra con /join in una che c'è già (/rooms le elenca) o riprova tra qualche minuto.",
  tooManyRooms: "Il server ha troppe stanze, o tu sei in troppe. Prima lasciane una con /leave.",
  room: (room, count, topic) => `${room} (${here(count)})${topic === "" ? "" : `: ${topic}`}`,
  topic: (room, topic) => (topic === "" ? `${room} non ha un argomento.` : `L'argomento di ${room}: ${topic}`),
  topicChanged: (from, room, topic) =>
    topic === ""
      ? `${from} ha rimosso l'argomento di ${room}.`
      : `${from} ha cambiato l'argomento di ${room}: ${topic}`,
  topicTooLong: `Un argomento può avere fino a ${wireLimits.topicCharsMax} caratteri.`,
  recent: (count) => (count === 1 ? "L'ultimo messaggio:" : `Gli ultimi ${count} messaggi:`),
  nothingFound: "Nessun risultato.",
  longSearch: (charactersMax) => `La ricerca è troppo lunga. Usa al massimo ${charactersMax} caratteri.`,
  badSearch: (problem) => `La ricerca non è comprensibile: ${problem}. Scrivi un giorno così: 2026-11-21.`,
  noHistory: "Ancora nessun messaggio.",
  privateFrom: (name) => `da ${name}`,
  privateTo: (name) => `a ${name}`,
  nameProblem: (problem) => nameProblems[problem],
  nameTaken: (name) => `${name} è già qui. Prova un altro nome:`,
  tooManyNewNames: "Troppi nomi nuovi dal tuo indirizzo. Usane uno che avevi già o riprova tra qualche minuto.",
  nameRegistered: (name: string) =>
    `${name} è il nome di qualcuno. Se è il tuo, scrivi adesso la password; altrimenti /nick e un altro nome:`,
  passwordExpired: "Quella password te l'ha data l'amministratore. Scegline una nuova e scrivila adesso:",
  nameProtected: (name: string, seconds: number) =>
    `Il tuo nome somiglia a ${name}, che adesso è di qualcuno. Con /nick ne scegli un altro; tra ${seconds} secondi te ne viene dato uno nuovo.`,
  wrongPassword: "Non è la password di questo nome.",
  wrongPasswordAsked:
    "Non è la password. Riscrivila, oppure /nick e un altro nome, o solo /nick per lasciar perdere. Nessuno ha visto niente.",
  tooManyAttempts: (seconds: number) => `Troppi tentativi. Riprova tra ${seconds} s.`,
  passwordProblem: (problem: PasswordProblem) => passwordProblems[problem],
  notRegistered: (name: string) => `${name} non è registrato. /register e una password lo rendono tuo.`,
  registered: (name: string) => `Da adesso ${name} è tuo. A chi dà quel nome viene chiesta la password.`,
  alreadyRegistered: "Il tuo nome è già registrato. /password cambia la password.",
  tooManyAccounts: "Il server ha troppi account. Dillo a chi lo gestisce.",
  accountNotStored: "Il server non ha potuto salvarlo. Riprova.",
  askOld: "Scrivi adesso la password attuale; non la vedrà nessuno:",
  askNew: "Scrivi adesso la nuova password; non la vedrà nessuno:",
  passwordChanged: "La password è cambiata. Chi altro era entrato con il tuo nome è stato fatto uscire.",
  askChatPassword: "Questa chat ha una password. Scrivila adesso; non la vedrà nessuno:",
  tlsRequired: "Qui una password non può viaggiare in chiaro. Collegati con TLS, sulla porta apposita.",
  wrongChatPassword: "Non è la password di questa chat. Riscrivila:",
  askInvitation:
    "In questa chat entra solo chi è invitato. Scrivi adesso il codice del tuo invito; non lo vedrà nessuno:",
  wrongInvitation: "Quell'invito non vale, o non vale più. Scrivi un altro codice:",
  askAccount:
    "Qui entra solo chi ha un nome registrato. Scegli una password per il tuo e scrivila adesso, oppure /nick e un altro nome:",
  asBefore: "Tieni il nome che hai.",
  heldBack:
    "Non inviato: sembra una password. Per entrare con il tuo account scrivi /login e la password. Per dirlo lo stesso, comincia con un'altra parola.",
  nameFirst: "Sembra una password. Scrivi prima il tuo nome; la password te la chiede il server:",
  nameLike: (name, other, isHere) =>
    `${name} somiglia a ${other}, che ${isHere ? "è già qui" : "era già qui prima"}. Prova un altro nome:`,
  roomLike: (room) => `Quel nome somiglia alla stanza ${room}. Entra in quella o scegli un altro nome.`,
  dropped: (what) => `Rimossi da ciò che hai inviato: ${what.map((each) => dropped[each]).join(", ")}.`,
  echo: (on) => (on ? "I tuoi messaggi ti vengono mostrati." : "I tuoi messaggi non ti vengono mostrati."),
  textProblem: (problem) => textProblems[problem],
  leftOut: (count) =>
    count === 1
      ? "1 riga omessa: troppo veloce per questo programma."
      : `${count} righe omesse: troppo veloci per questo programma.`,
  slow: "Stai inviando molto in fretta. Tutto verrà letto, ma lentamente.",
  notUtf8: "Non inviato: la riga non era in UTF-8. Imposta il terminale su UTF-8 e riprova.",
  noSuchPerson: "Nessuno con quel nome è o è stato qui. /who elenca i presenti.",
  notStored: "Non inviato: il server non è riuscito a salvarlo. Riprova.",
  notRead: "Il server non riesce a leggere i messaggi precedenti. Dillo a chi lo gestisce.",
  noSuchMessage: "Quel messaggio non è più disponibile.",
  notYours: "Solo chi ha inviato un messaggio può modificarlo.",
  tooManyReactions: `Un messaggio può avere al massimo ${wireLimits.reactionsMax} reazioni.`,
  nothingToChange: "Qui non hai messaggi che si possano modificare.",
  nothingFrom: (name) => (name === "" ? "Qui nessun altro ha detto niente." : `Qui ${name} non ha detto niente.`),
  edited: "modificato",
  deleted: "eliminato",
  changed: (from) => `${from} ha modificato: `,
  removed: (from, time, author) =>
    `${from} ha eliminato un messaggio${author === "" ? "" : ` di ${author}`}${time === "" ? "" : ` del ${time}`}.`,
  reacted: (from, emoji, on, quote) =>
    on ? `${from} ha reagito con ${emoji} a ${quote}` : `${from} ha rimosso ${emoji} da ${quote}`,
  answers: (from, quote) => `${from} risponde a ${quote}`,
  aMessage: "un messaggio",
  away: (name) => `${name} non è qui adesso e lo vedrà più tardi.`,
  missedMore: (room) => `C'è dell'altro: /join ${room}, poi /history.`,
  missed: "Mentre non c'eri:",
  tooManyNewConversations:
    "Non inviato: troppe nuove conversazioni private dal tuo indirizzo. Continuane una o riprova tra qualche minuto.",
  tooManyConversations: "Non inviato: il server non può conservare altre conversazioni private. Riprova più tardi.",
  unknownCommand: (word) =>
    `Il comando ${word} non esiste. /help li elenca tutti; per inviarlo come testo, scrivi /${word}`,
  usage: (usage) => `Uso: ${usage}`,
  bye: (code) => byes[code],
  ...rightsIt,
  /** The arguments of each command. */
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
    register: "<password>",
    login: "<password>",
    password: "",
    me: "<testo>",
    msg: "<nome> <testo>",
    reply: "<nome> <testo>",
    react: "<emoji> [nome]",
    edit: "<testo>",
    delete: "[nome]",
    echo: "on|off",
    quit: "",
    ...rightsIt.rightsArguments,
  },
  help: {
    help: "elenca questi comandi",
    history: "mostra i messaggi precedenti",
    search: "cerca nei messaggi: parole, from:nome, in:stanza, after: e before: un giorno",
    who: "elenca chi c'è in questa stanza",
    join: "entra in una stanza o la crea; con @nome, parla in privato con una persona",
    leave: "lascia questa stanza e torna nella lobby",
    rooms: "elenca le stanze",
    topic: "mostra l'argomento di questa stanza, o lo cambia",
    nick: "cambia il tuo nome",
    register: "rende tuo il nome: nessun altro può averlo",
    login: "dimostra che un nome registrato è tuo",
    password: "cambia la tua password",
    me: "descrive cosa fai: /me saluta",
    msg: "invia un messaggio privato",
    reply: "risponde all'ultimo messaggio di qualcuno",
    react: "reagisce all'ultimo messaggio, o all'ultimo di qualcuno; ripetilo per annullare",
    edit: "modifica il tuo ultimo messaggio qui",
    delete: "elimina il tuo ultimo messaggio qui; i moderatori, l'ultimo di qualcuno",
    echo: "mostra o nasconde i tuoi messaggi",
    quit: "esce dalla chat; {quit} fa lo stesso",
    ...rightsIt.rightsHelp,
  },
};
