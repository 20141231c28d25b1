/** The commands of the json dialect that a page may give. */
import type { CommandType } from "./commands.ts";

/**
 * Which commands of the json dialect a page may give unchanged. The bridge gives the others: for requests that the page
 * makes in another form, or on its own account.
 */
export const isForPages = {
  hello: false,
  login: false,
  rename: true,
  post: false,
  edit: true,
  delete: true,
  react: true,
  reactions: true,
  read: true,
  typing: true,
  conversations: true,
  history: true,
  search: true,
  join: true,
  leave: true,
  rooms: true,
  topic: true,
  who: false,
  away: false,
  people: true,
  ping: false,
  quit: false,
  register: true,
  authenticate: false,
  "change-password": true,
  unregister: true,
  sessions: true,
  "sign-out": true,
  "make-invitation": true,
  invitations: true,
  "drop-invitation": true,
  kick: true,
  ban: true,
  unban: true,
  bans: true,
  mute: true,
  unmute: true,
  "room-settings": true,
  invite: true,
  role: true,
  "remove-room": true,
  report: true,
  reports: true,
  "settle-report": true,
  block: true,
  unblock: true,
  blocked: true,
  audit: true,
} as const satisfies Record<CommandType, boolean>;

export type PageCommandType = { [T in CommandType]: (typeof isForPages)[T] extends true ? T : never }[CommandType];
