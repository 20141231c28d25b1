/**
 * The lines by which the old servers are known (docs/protocol.md, "The old programs"). It is a table: what a line means
 * for a conversation is decided elsewhere.
 */
import type { Lack } from "../../protocol/bridge-events.ts";

export interface LegacyFamily {
  /** Sent before the name. */
  greeting: string;
  /** Sent when the name was accepted. */
  welcome(name: string): string;
  /** It tells a newcomer of their own joining. */
  tellsOwnJoin: boolean;
  /** It refuses a name that somebody has. */
  uniqueNames: boolean;
}

export const legacyFamilies: readonly LegacyFamily[] = [
  {
    greeting: "Benvenuto! Inserisci il tuo nome e premi INVIO!",
    welcome: (name) => `Hey ${name}! Per uscire, digita {quit}`,
    tellsOwnJoin: true,
    uniqueNames: true,
  },
  {
    greeting: "WRITE YOUR NAME TO START!",
    welcome: (name) => `WELCOME ${name}! PRESS BUTTON QUIT TO LEFT THE CHATROOM`,
    tellsOwnJoin: false,
    uniqueNames: false,
  },
  {
    greeting: "Greetings from the cave! Now type your name and press enter!",
    welcome: (name) => `Welcome ${name}! If you ever want to quit, type {quit} to exit.`,
    tellsOwnJoin: false,
    uniqueNames: false,
  },
];

/** The answer of the one family that keeps names unique. */
export const takenLine = "Questo nome è già in uso. Prova con un altro!";

/** What people type to leave. It must be the whole message. */
export const quitText = "{quit}";

/** A line about a person, as what stands before and after the name. */
export interface PresenceLine {
  type: "joined" | "left";
  before: string;
  after: string;
}

export const presenceLines: readonly PresenceLine[] = [
  { type: "joined", before: "SERVER: Utente ", after: " si è unito alla chat." },
  { type: "left", before: "SERVER: Utente ", after: " ha lasciato la chat." },
  { type: "joined", before: "", after: " JOINED THE CHAT!" },
  { type: "left", before: "", after: " LEFT THE CHAT!" },
  { type: "joined", before: "", after: " has joined the chat!" },
  { type: "left", before: "", after: " has left the chat." },
];

/** Recognises a server by what it has said before the name. */
export function legacyFamilyOf(greeting: string): LegacyFamily | undefined {
  return legacyFamilies.find((family) => greeting.includes(family.greeting));
}

/** What no old server can do; a server may lack more than this. */
export const commonLacks: readonly Lack[] = ["delivery", "people", "multiline", "private", "rooms", "memory"];
