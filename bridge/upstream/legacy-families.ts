/**
 * The old servers, as one table: the lines that identify each family, and what it expects (docs/protocol.md, "The old
 * programs"). A new family is a new row; what a line means is decided elsewhere.
 */
import type { Lack } from "../../protocol/lacks.ts";

/** How a family talks. In its lines, `{name}` stands for a person's name. */
export interface LegacyFamily {
  /**
   * Sent before the name. A single word must be everything the server says; longer greetings may stand among other
   * words.
   */
  greeting?: string;
  /** The line ending it expects; "" where each write is a text. */
  ending: "" | "\n";
  /** Sent when the name is accepted. */
  welcome?: string;
  /** Some servers of this family send no welcome. In other families, one that does not send it hangs. */
  mayNotWelcome?: boolean;
  /** Sent when the name is taken. */
  taken?: string;
  /** What it puts before everything that people say and do. */
  prefix?: string;
  joined: readonly string[];
  left: readonly string[];
  /** Newcomers are told of their own join. */
  tellsOwnJoin: boolean;
  /** Everybody always gets their own texts back. */
  echoes: boolean;
  /** It relays texts as they are, so each must be signed: `name: text`. */
  signed: boolean;
  /** The text that leaves, on its own. Without one, people leave by closing the connection. */
  leavingWord?: string;
}

/** What most of them have in common. */
const usual = { ending: "", tellsOwnJoin: false, echoes: true, signed: false } as const;

export const legacyFamilies: readonly LegacyFamily[] = [
  {
    ...usual,
    greeting: "Benvenuto! Inserisci il tuo nome e premi INVIO!",
    welcome: "Hey {name}! Per uscire, digita {quit}",
    taken: "Questo nome è già in uso. Prova con un altro!",
    joined: ["SERVER: Utente {name} si è unito alla chat."],
    left: ["SERVER: Utente {name} ha lasciato la chat."],
    tellsOwnJoin: true,
    leavingWord: "{quit}",
  },
  {
    ...usual,
    greeting: "WRITE YOUR NAME TO START!",
    welcome: "WELCOME {name}! PRESS BUTTON QUIT TO LEFT THE CHATROOM",
    joined: ["{name} JOINED THE CHAT!"],
    left: ["{name} LEFT THE CHAT!"],
    leavingWord: "{quit}",
  },
  {
    ...usual,
    greeting: "Greetings from the cave! Now type your name and press enter!",
    welcome: "Welcome {name}! If you ever want to quit, type {quit} to exit.",
    joined: ["{name} has joined the chat!"],
    left: ["{name} has left the chat."],
    leavingWord: "{quit}",
  },
  // It relays whatever it gets, and takes a FIN for endless empty texts.
  {
    ...usual,
    greeting: "NICK",
    joined: ["{name} joined!"],
    left: ["{name} left!"],
    tellsOwnJoin: true,
    echoes: false,
    signed: true,
  },
  // Written in Java: it reads lines, and asks again when a name is taken.
  {
    ...usual,
    greeting: "SUBMITNAME",
    ending: "\n",
    welcome: "NAMEACCEPTED {name}",
    mayNotWelcome: true,
    taken: "SUBMITNAME",
    prefix: "MESSAGE ",
    joined: ["{name} has joined"],
    left: ["{name} has left"],
    tellsOwnJoin: true,
    leavingWord: "/quit",
  },
  { ...usual, greeting: "[ENTER YOUR NAME]", ending: "\n", joined: [], left: [], echoes: false },
  // Translations and variants of these, with their own greetings.
  {
    ...usual,
    joined: [
      "{name} si è unito alla chat!",
      "{name} si è unito alla chat.",
      "{name} si è unita alla chat!",
      "{name} è entrato nella chat!",
      "{name} è entrato nella chat.",
      "{name} joined the chat!",
      "{name} joined the chat.",
      "{name} has joined the chat.",
      "{name} has joined the chatroom!",
      "{name} joined the chatroom!",
    ],
    left: [
      "{name} ha abbandonato la chat.",
      "{name} ha abbandonato la chat!",
      "{name} ha lasciato la chat.",
      "{name} ha lasciato la chat!",
      "{name} è uscito dalla chat!",
      "{name} è uscito dalla chat.",
      "{name} left the chat!",
      "{name} left the chat.",
      "{name} has left the chat!",
      "{name} has left the chatroom!",
      "{name} left the chatroom!",
    ],
    echoes: false,
  },
];

/** Every word that leaves some server. */
export const leavingWords: ReadonlySet<string> = new Set(
  legacyFamilies.flatMap(({ leavingWord }) => (leavingWord === undefined ? [] : [leavingWord])),
);

/** A line with a person's name in it. */
export function named(line: string, name: string): string {
  return line.replace("{name}", () => name);
}

/** Recognises a server by what it has said before the name. */
export function legacyFamilyOf(said: string): LegacyFamily | undefined {
  return legacyFamilies.find(
    ({ greeting }) =>
      greeting !== undefined && (greeting.includes(" ") ? said.includes(greeting) : said.trim() === greeting),
  );
}

/** The word that leaves, when an unknown server names one on a line of its own: `Type {quit} to exit`. */
export function leavingWordIn(line: string): string | undefined {
  return [...leavingWords].find((word) => line.includes(word));
}

/** What no old server can do. A server may lack more than this. */
export const commonLacks: readonly Lack[] = [
  "delivery",
  "people",
  "multiline",
  "private",
  "rooms",
  "memory",
  "accounts",
];
