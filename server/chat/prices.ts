/**
 * The price of everything, by the work that it causes for the state and its readers. One unit is about what the
 * smallest line takes, a twentieth of a millisecond. What connections may spend is in `server/limits.ts`.
 */
import { utf8Bytes } from "../../protocol/text.ts";
import type { Room } from "./room.ts";

export const prices = {
  /** For anything that arrives: each piece, each KiB of it, each line. */
  piece: 0.2,
  lineKiB: 1,
  line: 1,
  /** A join and a leave are logged, and the list of people is built for them. */
  login: 10,
  /** A password that is checked or made takes a core beside the loop; few are done at a time. */
  authenticate: 20,
  register: 40,
  sessions: 2,
  join: 5,
  leave: 1,
  rename: 10,
  away: 1,
  typing: 0.5,
  topic: 5,
  post: 1,
  edit: 3,
  delete: 3,
  react: 3,
  read: 2,
  who: 1,
  rooms: 2,
  people: 5,
  /** What somebody with rights does: it is kept and logged. A ban is held against everybody who is here. */
  kick: 5,
  ban: 10,
  mute: 5,
  rule: 5,
  ruleHeld: 0.05,
  roomSettings: 5,
  removeRoom: 30,
  report: 5,
  block: 3,
  /** To work out for somebody in a room what they may do there, and for each mute there that is held against them. */
  may: 0.15,
  muteHeld: 0.004,
  /** For each entry of a list of them. */
  ruleListed: 0.05,
  history: 2,
  reactions: 2,
  conversations: 10,
  search: 10,
  /** For each millisecond that a search has taken, in addition. */
  searchMs: 2,
  /** What is remembered of somebody or of a room, a step of a turn, and a look into the database. */
  note: 1,
  step: 0.1,
  look: 1,
  /** A commit of its own, for what is said after a read in the same turn: about a millisecond until it is on the disk. */
  commit: 20,
  /** For each entry of a list built for one person: people, rooms, messages. */
  listed: 0.02,
  message: 0.15,
  /** For each reader of an event, and for each KiB sent to all of them together. */
  reader: 0.01,
  toldKiB: 0.25,
} as const;

/** Bytes of an event besides its words. */
const ENVELOPE_BYTES = 150;

/** Who says what, in events that have words. */
export interface Words {
  from: string;
  text: string;
}

const silence: Words = { from: "", text: "" };

/** What an event weighs for one reader: on plain text, each line of a message begins with the sender's name. */
export function readBytes({ from, text }: Words = silence): number {
  const lines = text.split("\n").length;
  return ENVELOPE_BYTES + utf8Bytes(text) + lines * (utf8Bytes(from) + 4);
}

/** What it costs to work out for everybody in a room what they may do there. */
export function mayPrice({ members, rules }: Room): number {
  return members.length * (prices.may + rules.mutes.size * prices.muteHeld);
}

/** What it costs to tell an event to that many readers. */
export function tellingPrice(readers: number, words?: Words): number {
  return readers * (prices.reader + (readBytes(words) / 1_024) * prices.toldKiB);
}
