/**
 * The commands about accounts, sessions and invitations, as in commands.ts. What is secret in them is named in
 * `secretFields`: it is never logged, echoed or told.
 */
import * as v from "valibot";
import { declare, shortString, string } from "./declare.ts";
import { eventLimits, wireLimits } from "./limits.ts";
import { list, time, word } from "./values.ts";

/** Fields of commands and answers that nobody else may ever read, also not in a log. */
export const secretFields = ["password", "old", "new", "token", "data", "invitation"] as const;

const password = shortString(wireLimits.passwordCharsMax);
const token = shortString(wireLimits.tokenCharsMax);
/** Asks for a session token; the text is for people, who recognise their devices by it. */
const device = v.optional(shortString(wireLimits.deviceCharsMax));
const invitation = v.optional(shortString(wireLimits.invitationCharsMax));
const wholeNumber = (max: number) =>
  v.pipe(
    v.number("must be a number"),
    v.integer("must be a whole number"),
    v.minValue(1, "must be at least 1"),
    v.maxValue(max, `must be at most ${max}`),
  );
const tokenTold = v.optional(word);

/** A login on one device. `current` is the one that asks. */
const session = v.object({ id: word, device: word, made: time, seen: time, current: v.optional(v.boolean()) });
export type SessionInfo = v.InferOutput<typeof session>;
const sessions = list(session, eventLimits.entriesMax);

/** Of an invitation into the chat. Its code is told only once, to whoever makes it. */
const invitationTold = v.object({ id: word, by: word, uses: v.number(), until: time, time });
export type InvitationInfo = v.InferOutput<typeof invitationTold>;

export const accountCommands = {
  /** The name becomes the account's. Before `login`, with a name; after it, for the present one. */
  register: declare({ password, name: v.optional(string), invitation, device }, { name: word, token: tokenTold }),
  /**
   * Proves an account in one of three ways: name and password, a session token, or SCRAM-SHA-256 in two messages, whose
   * `data` is base64 of what RFC 5802 says. The `ok` to the first SCRAM message has only `data`.
   */
  authenticate: declare(
    {
      name: v.optional(string),
      password: v.optional(password),
      token: v.optional(token),
      mechanism: v.optional(v.literal("SCRAM-SHA-256", "must be SCRAM-SHA-256")),
      data: v.optional(shortString(wireLimits.scramCharsMax)),
      device,
    },
    {
      name: v.optional(word),
      token: tokenTold,
      data: v.optional(v.pipe(v.string(), v.maxLength(wireLimits.scramCharsMax))),
      /** The password was given by the administrator: nothing else works before `change-password`. */
      mustChange: v.optional(v.boolean()),
    },
  ),
  "change-password": declare({ old: password, new: password }, {}),
  /** The name is free again, and what was said in private under it is nobody's any more. */
  unregister: declare({ password }, {}),
  sessions: declare({}, { sessions }),
  /** Ends a session and its connections; without an id, this one. */
  "sign-out": declare({ id: v.optional(token) }, {}),
};

export type AccountCommandType = keyof typeof accountCommands;

/** For administrators of a chat that lets in those who are invited. `uses`: those left. */
export const invitationCommands = {
  /** For one person and a week, unless told otherwise. `invitation` is the code. */
  "make-invitation": declare(
    {
      uses: v.optional(wholeNumber(wireLimits.invitationUsesMax)),
      days: v.optional(wholeNumber(wireLimits.invitationDaysMax)),
    },
    { id: word, invitation: word, uses: v.number(), until: time },
  ),
  invitations: declare({}, { invitations: list(invitationTold, wireLimits.rulesToldMax) }),
  "drop-invitation": declare({ id: shortString(wireLimits.invitationCharsMax) }, {}),
};
