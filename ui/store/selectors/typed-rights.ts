/** Reads a typed command about rights, as at a terminal: what to ask the server, or which list to open. */
import { splitDuration } from "../../../protocol/duration.ts";
import type { RoomSettings } from "../../../protocol/moderation-events.ts";
import { lobby, parseName } from "../../../protocol/names.ts";
import { splitFirstWord } from "../../../protocol/text.ts";
import { leadingName } from "../model/people.ts";
import type { RightsCommand } from "../model/rights.ts";
import { isPrivate } from "../model/state.ts";

/** Which right each command needs; none where everybody may. */
const needed = {
  kick: "kick",
  mute: "mute",
  unmute: "unmute",
  ban: "ban",
  unban: "bans",
  bans: "bans",
  invite: "invite",
  role: "role",
  set: "room-settings",
  slow: "room-settings",
  remove: "remove-room",
  reports: "reports",
  settle: "reports",
  report: undefined,
  audit: undefined,
  block: undefined,
  unblock: undefined,
  blocked: undefined,
} as const;
export type RightsWord = keyof typeof needed;
export const rightsWords = Object.keys(needed) as RightsWord[];

/** About people and the whole chat, so they make sense in a private conversation, too. */
const everywhere: readonly RightsWord[] = ["block", "unblock", "blocked"];
const notInLobby: readonly RightsWord[] = ["invite", "remove"];

/** Those that need more than their name. */
export const rightsWordsWithMore: readonly RightsWord[] = [
  ...(["kick", "mute", "unmute", "ban", "invite", "role", "set", "slow", "report", "block", "unblock"] as const),
];

export interface RightsContext {
  room: string;
  names: readonly string[];
  /** What the reader may do in the room; undefined where the server knows no rights. */
  may: ((verb: string) => boolean) | undefined;
  nowMs: number;
}

export type RightsLine =
  | { kind: "moderate"; command: RightsCommand }
  | { kind: "open"; overlay: "rules" | "reports" | "audit" | "settings" | "room" }
  /** Of somebody's last message. */
  | { kind: "report"; name: string; reason: string };

export function isRightsWord(word: string): word is RightsWord {
  return word in needed;
}

export function mayType(word: RightsWord, { room, may }: Pick<RightsContext, "room" | "may">): boolean {
  if (!may || (isPrivate(room) && !everywhere.includes(word))) return false;
  if (room === lobby && notInLobby.includes(word)) return false;
  const verb = needed[word];
  return verb === undefined || may(verb);
}

const settingWords: Readonly<Record<string, keyof RoomSettings>> = {
  "invited-only": "invitedOnly",
  "members-history": "membersHistory",
  hidden: "hidden",
  "topic-locked": "topicLocked",
};

/** @returns undefined when something is missing or cannot be understood */
export function parseRights(word: RightsWord, typed: string, context: RightsContext): RightsLine | undefined {
  const { room } = context;
  switch (word) {
    case "unban":
    case "bans":
      return { kind: "open", overlay: "rules" };
    case "reports":
    case "settle":
      return { kind: "open", overlay: "reports" };
    case "audit":
      return { kind: "open", overlay: "audit" };
    case "blocked":
      return { kind: "open", overlay: "settings" };
    // Its dialog asks once more, because nothing brings the room back.
    case "remove":
      return { kind: "open", overlay: "room" };
    case "slow":
      return parseSlow(typed, room);
    case "set":
      return parseSetting(typed, room);
    default:
      return parseAboutPerson(word, typed, context);
  }
}

function parseAboutPerson(
  word: Exclude<RightsWord, "unban" | "bans" | "reports" | "settle" | "audit" | "blocked" | "remove" | "slow" | "set">,
  typed: string,
  context: RightsContext,
): RightsLine | undefined {
  const { room } = context;
  const first = splitFirstWord(typed);
  if (word === "ban" && /[*?]/.test(first.word)) {
    return ask({ type: "ban", room, pattern: first.word, ...limits(first.rest, context) });
  }
  if (word === "ban" && isAddress(first.word)) {
    return ask({ type: "ban", room, address: first.word, ...limits(first.rest, context) });
  }
  const found = leadingName(typed, context.names) ?? { name: first.word, rest: first.rest };
  const { name, rest } = found;
  if (!parseName(name).ok) return undefined;
  const reason = rest === "" ? {} : { reason: rest };
  switch (word) {
    case "kick":
      return ask({ type: "kick", room, name, ...reason });
    case "mute":
    case "ban":
      return ask({ type: word, room, name, ...limits(rest, context) });
    case "unmute":
    case "invite":
      return ask({ type: word, room, name });
    case "block":
    case "unblock":
      return ask({ type: word, name });
    case "report":
      return { kind: "report", name, reason: rest };
    case "role":
      return rest === "owner" || rest === "moderator" || rest === "none"
        ? ask({ type: "role", room, name, role: rest })
        : undefined;
  }
}

function parseSlow(typed: string, room: string): RightsLine | undefined {
  const slowSeconds = typed === "off" ? 0 : Number(typed);
  const isNumber = typed !== "" && Number.isInteger(slowSeconds) && slowSeconds >= 0;
  return isNumber ? ask({ type: "room-settings", room, slowSeconds }) : undefined;
}

function parseSetting(typed: string, room: string): RightsLine | undefined {
  const { word, rest } = splitFirstWord(typed);
  const setting = settingWords[word];
  if (!setting || (rest !== "on" && rest !== "off")) return undefined;
  return ask({ type: "room-settings", room, [setting]: rest === "on" });
}

/** Until when, and why: `2h too loud`. */
function limits(text: string, { nowMs }: RightsContext): { until?: string; reason?: string } {
  const { durationMs, reason } = splitDuration(text);
  return {
    ...(durationMs === undefined ? {} : { until: new Date(nowMs + durationMs).toISOString() }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function ask(command: RightsCommand): RightsLine {
  return { kind: "moderate", command };
}

/** An address or a range of them; no name has a colon, and one of only such digits would be odd. */
function isAddress(word: string): boolean {
  return /^[\da-f:.]+(?:\/\d+)?$/i.test(word) && /\d/.test(word) && /[.:]/.test(word);
}
