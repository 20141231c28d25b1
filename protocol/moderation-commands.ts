/** The commands about rights, as in commands.ts: who may do what in a room, what was reported, who is blocked. */
import * as v from "valibot";
import { boolean, declare, msgid, room, shortString, time } from "./declare.ts";
import { wireLimits } from "./limits.ts";
import { acts, names, reports, roomSettings, rules } from "./moderation-events.ts";
import { word } from "./values.ts";

const name = shortString(wireLimits.nameTypedCharsMax);
/** For people. */
const reason = v.optional(shortString(wireLimits.reasonCharsMax));
const until = v.optional(time);
/** The number of a ban or a report. */
const id = shortString(wireLimits.msgidCharsMax);

/** Rooms to which commands without a room refer are the lobby, and therefore the chat. */
export const moderationCommands = {
  /** Takes somebody out of a room; out of the lobby means out of the chat. */
  kick: declare({ room: v.optional(room), name, reason }, {}),
  /**
   * Keeps out a person, names of a pattern (`*` and `?`), or addresses (`10.0.0.0/8`); exactly one of these. `source`:
   * with a person, everybody who comes from where they come from.
   */
  ban: declare(
    {
      room: v.optional(room),
      name: v.optional(name),
      pattern: v.optional(v.pipe(shortString(wireLimits.patternCharsMax), v.minLength(1, "must not be empty"))),
      address: v.optional(shortString(wireLimits.rangeCharsMax)),
      source: v.optional(boolean),
      until,
      reason,
    },
    { id: word },
  ),
  unban: declare({ room: v.optional(room), id }, {}),
  bans: declare({ room: v.optional(room) }, { room: word, bans: rules, mutes: rules }),
  mute: declare({ room: v.optional(room), name, until, reason }, {}),
  unmute: declare({ room: v.optional(room), name }, {}),
  /** What is absent stays as it is. */
  "room-settings": declare(
    {
      room,
      invitedOnly: v.optional(boolean),
      membersHistory: v.optional(boolean),
      hidden: v.optional(boolean),
      topicLocked: v.optional(boolean),
      slowSeconds: v.optional(
        v.pipe(
          v.number("must be a number"),
          v.integer("must be a whole number"),
          v.minValue(0, "must not be negative"),
          v.maxValue(wireLimits.slowSecondsMax, `must be at most ${wireLimits.slowSecondsMax}`),
        ),
      ),
    },
    { room: word, settings: roomSettings },
  ),
  invite: declare({ room, name }, {}),
  role: declare(
    { room, name, role: v.picklist(["owner", "moderator", "none"], "must be owner, moderator or none") },
    {},
  ),
  "remove-room": declare({ room }, {}),
  /** Tells the moderators of a message; of a private one, the administrators. */
  report: declare({ room, msgid, reason }, { id: word }),
  /** What was reported in a room, newest first. */
  reports: declare({ room: v.optional(room) }, { reports }),
  "settle-report": declare({ id }, {}),
  /** Nothing that somebody says in private arrives any more. */
  block: declare({ name }, { name: word }),
  unblock: declare({ name }, { name: word }),
  blocked: declare({}, { names }),
  /** What was done by those with rights, newest first, as far as it concerns the reader. `before`: the id of an act. */
  audit: declare(
    {
      room: v.optional(room),
      before: v.optional(v.pipe(v.number("must be a number"), v.integer("must be a whole number"))),
    },
    { acts },
  ),
};
