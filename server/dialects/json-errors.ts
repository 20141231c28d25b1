/** The messages of the json dialect's errors, by code, for people who read the wire. */
import { protocolVersion } from "../../protocol/commands.ts";
import type { ErrorCode } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { roomNameMessage } from "../../protocol/names.ts";
import { textProblemMessages } from "../../protocol/text.ts";

export const errorMessages = {
  ...textProblemMessages,
  "no-such-room": "there is no such room",
  "not-in-room": "you are not in that room; join it first",
  "room-invalid": roomNameMessage,
  "too-many-rooms": "the server has too many rooms, or you are in too many; leave one first",
  "too-many-new-names": "too many new names from your address; use one you had before, or try again in a few minutes",
  "too-many-new-rooms": "too many new rooms from your address; join an existing one, or try again in a few minutes",
  "too-many-new-conversations":
    "too many new private conversations from your address; continue one, or try again in a few minutes",
  "no-such-person": "nobody with that name is or was here",
  "no-such-message": "there is no such message here, or it was deleted",
  "not-yours": "only the person who sent a message can change it",
  "too-many-reactions": `a message can have at most ${wireLimits.reactionsMax} reactions`,
  "too-many-conversations": "the server cannot keep any more private conversations; try again later",
  "name-registered": "that name belongs to somebody; authenticate first, or choose another",
  "wrong-password": "that is not the password, or nobody has registered that name",
  "too-many-attempts": "too many attempts; wait for retryInMs milliseconds and try again",
  "password-expired": "the password was given by the administrator; use change-password first",
  "account-required": "this needs an account; authenticate or register first",
  "password-required": "this chat has a password: give it to login as password",
  "invitation-required":
    "this chat is for invited people: give the code of an invitation as invitation, or authenticate",
  "invitation-invalid": "that invitation does not count, or not any more; ask for another",
  "tls-required": "here, a password must not cross a network in clear: connect with TLS, on the port for it",
  "password-invalid": "that is not the password of this chat",
  "not-registered": "your name is not registered; register it first",
  registered: "your name is registered already; use change-password to change its password",
  "too-many-accounts": "the server has too many accounts; tell whoever runs it",
  "token-invalid": "the session has ended; authenticate with the password",
  "not-stored": "it could not be stored; try again",
  "not-read": "the server cannot read its stored messages; its log says why",
  "not-allowed": "you may not do that here; it takes a moderator, an owner or an administrator above whom it concerns",
  banned: "you are banned from there",
  muted: "you are muted in that room; its moderators can lift that",
  "slow-mode": "the room is slow: wait a moment before you say something else",
  "topic-locked": "only moderators change the topic of that room",
  "not-invited": "only invited people enter that room; ask somebody who is in it",
  "members-only": "what is said in that room is only for those who are in it; join it first",
  blocked: "that person does not take private messages from you",
  blocking: "you block that person; unblock them before you write to them",
  "not-here": "they are not here, and without an account they can be given something only while they are",
  "last-owner": "the room has no other owner; make somebody else one first",
  "no-such-rule": "there is no such ban, mute, block, report or invitation",
  "too-many-rules": "that list is full; lift something first",
  "too-many-new-rules": "too many of these from you or your address; try again in a few minutes",
  "too-many-reports": "there are too many reports; try again in a few minutes",
  "not-logged-in": "log in first: send a login command with your name",
  "logged-in": "you are already logged in; use rename to change your name",
  "not-utf8": "the line is not UTF-8 and was ignored",
  version: `this server speaks version ${protocolVersion}`,
} satisfies Partial<Record<ErrorCode, string>>;

export type ExplainedCode = keyof typeof errorMessages;
