/** Why the server ends a connection: what the person is told, and what the others are told about them. */
import type { ByeCode, LeaveReason } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";

export const byeReasons: Record<ByeCode, { message: string; leaving: LeaveReason }> = {
  quit: { message: "bye", leaving: "quit" },
  closing: { message: "the server is shutting down", leaving: "closing" },
  "too-slow": { message: "you were disconnected: you read too slowly", leaving: "too-slow" },
  "line-too-long": {
    message: `you were disconnected: a line can have up to ${wireLimits.lineBytesMax} bytes`,
    leaving: "line-too-long",
  },
  "login-timeout": { message: "you were disconnected: you did not give a name in time", leaving: "closed" },
  replaced: { message: "you are here on another connection now", leaving: "lost" },
  "signed-out": { message: "you were signed out", leaving: "closed" },
  "server-full": { message: "the server is full; try again later", leaving: "closed" },
  "too-many-connections": {
    message: "there are too many connections from your address; end one, or try again later",
    leaving: "closed",
  },
  "too-many-unnamed": {
    message: "too many connections from your address have not given a name yet; try again later",
    leaving: "closed",
  },
  "connecting-too-fast": {
    message: "too many new connections from your address; try again in a moment",
    leaving: "closed",
  },
  kicked: { message: "a moderator has taken you out of the chat", leaving: "kicked" },
  banned: { message: "you are banned from this chat", leaving: "banned" },
};
