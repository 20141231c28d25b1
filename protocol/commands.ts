/**
 * All commands that a program may give the server, declared once: the fields of each, and the fields of its answer.
 * Parser, server, bridge and page take their types from here: if one of them fails to handle a command, nothing
 * compiles.
 */
import * as v from "valibot";
import { accountCommands, invitationCommands } from "./account-commands.ts";
import { boolean, declare, msgid, room, shortString, string, time } from "./declare.ts";
import { foundMessages, pastEntries, reactions } from "./entries.ts";
import { absentees, conversations, members, roomInfos, welcome } from "./events.ts";
import { eventLimits, wireLimits } from "./limits.ts";
import { moderationCommands } from "./moderation-commands.ts";
import { asEmoji, isEmoji } from "./text.ts";
import { list, seq as seqTold, time as timeTold, word } from "./values.ts";

/** The version of the json dialect that this code speaks. */
export const protocolVersion = 1;

/** Any command may have one; its answer has the same. */
export const label = v.optional(
  v.pipe(
    v.string("must be a string"),
    v.maxLength(wireLimits.labelCharsMax, `must have at most ${wireLimits.labelCharsMax} characters`),
  ),
);
const seq = v.pipe(
  v.number("must be a number"),
  v.integer("must be a whole number"),
  v.minValue(0, "must not be negative"),
  v.safeInteger("must not be that large"),
);

/** The sender's own id: a command sent twice under it counts once. */
const id = v.pipe(string, v.uuid("must be a UUID"));
const secret = v.optional(shortString(wireLimits.passwordCharsMax));

/** What was removed from the text that was sent. */
const dropped = v.optional(list(word, eventLimits.featuresMax));
/** The list was cut: there is more in the requested direction. */
const more = v.boolean();

const { type: _type, label: _label, ...welcomed } = welcome.entries;

export const commands = {
  hello: declare(
    {
      version: v.number("must be a number"),
      client: v.optional(
        v.pipe(
          string,
          v.maxLength(wireLimits.clientCharsMax, `must have at most ${wireLimits.clientCharsMax} characters`),
        ),
      ),
      /** The client's own posts come back as events. */
      echo: v.optional(boolean),
    },
    welcomed,
  ),
  /**
   * Answered with the name as the server writes it. With `device`, also with a session token, if there is somebody whom
   * it can stand for.
   */
  login: declare(
    { name: string, password: secret, invitation: secret, device: secret },
    { name: word, token: v.optional(word), dropped },
  ),
  /** `same`: it is the same person as before, not somebody else whose name they took. */
  rename: declare({ name: string }, { name: word, same: v.optional(v.boolean()), dropped }),
  /** Where the message stands. `away`: the person it is for is not here, and is told when they come. */
  post: declare(
    { room, id, text: string, action: v.optional(boolean), reply: v.optional(msgid) },
    { msgid: word, seq: seqTold, time: timeTold, away: v.optional(v.boolean()), dropped },
  ),
  edit: declare({ room, id, msgid, text: string }, { dropped }),
  delete: declare({ room, id, msgid }, {}),
  react: declare(
    {
      room,
      id,
      msgid,
      emoji: v.pipe(string, v.transform(asEmoji), v.check(isEmoji, "must be one emoji")),
      on: v.optional(boolean),
    },
    {},
  ),
  /** All reactions to a message, with everybody's name. */
  reactions: declare({ room, msgid }, { room: word, msgid: word, reactions }),
  read: declare({ room, seq }, {}),
  typing: declare({ room }, {}),
  /** The reader's private conversations, newest first. */
  conversations: declare({}, { conversations }),
  /** Messages, and changes if asked for, oldest first. */
  history: declare(
    {
      room,
      before: v.optional(seq),
      after: v.optional(seq),
      around: v.optional(v.union([seq, msgid], "must be a seq or a msgid")),
      since: v.optional(time),
      changes: v.optional(boolean),
      limit: v.optional(
        v.pipe(
          v.number("must be a number"),
          v.integer("must be a whole number"),
          v.minValue(1, "must be at least 1"),
          v.maxValue(wireLimits.historyMessagesMax, `must be at most ${wireLimits.historyMessagesMax}`),
        ),
      ),
    },
    { room: word, messages: pastEntries, more },
  ),
  /** The messages found, newest first. */
  search: declare(
    {
      query: v.pipe(
        string,
        v.maxLength(wireLimits.searchCharsMax, `must have at most ${wireLimits.searchCharsMax} characters`),
      ),
      skip: v.optional(seq),
    },
    { found: foundMessages, more },
  ),
  /** Answered with the server's name for the room. */
  join: declare({ room }, { room: word }),
  leave: declare({ room }, { room: word }),
  /** Every room, the lobby first. */
  rooms: declare({}, { rooms: roomInfos }),
  topic: declare({ room, topic: string }, { room: word, dropped }),
  /** The room and everyone in it. */
  who: declare({ room: v.optional(room) }, { room: word, members }),
  away: declare({ on: boolean }, {}),
  /** People who were here before and are gone, the latest first. */
  people: declare({}, { people: absentees }),
  ping: declare({}, { time: timeTold }),
  quit: declare({}, {}),
  ...accountCommands,
  ...invitationCommands,
  ...moderationCommands,
};

type Commands = typeof commands;
export type CommandType = keyof Commands;

/** A command before it gets its label. For a union of types, any of them. */
export type Question<T extends CommandType = CommandType> = {
  [K in T]: { type: K } & v.InferOutput<Commands[K]["fields"]>;
}[T];

/** A command as the server receives it. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { type: K; label?: string | undefined } & v.InferOutput<Commands[K]["fields"]>;
}[T];

/** The fields of the positive answer to a command. */
export type Answer<T extends CommandType> = v.InferOutput<Commands[T]["answer"]>;

export function isCommandType(type: unknown): type is CommandType {
  return typeof type === "string" && Object.hasOwn(commands, type);
}
