/** The answers of a server that has nothing to tell, with all the fields that they must have. */
import type { Answer, CommandType } from "../../protocol/commands.ts";

export const emptyAnswers: { [T in CommandType]: (command: Record<string, unknown>) => Answer<T> } = {
  hello: () => ({
    version: 1,
    server: "json double",
    limits: { textBytesMax: 8_192, nameCharsMax: 32, lineBytesMax: 65_536 },
    features: [],
  }),
  login: ({ name }) => ({ name: String(name) }),
  rename: ({ name }) => ({ name: String(name) }),
  post: () => ({ msgid: "m1", seq: 1, time: "2026-01-01T00:00:00.000Z" }),
  edit: () => ({}),
  delete: () => ({}),
  react: () => ({}),
  reactions: ({ room, msgid }) => ({ room: String(room), msgid: String(msgid), reactions: [] }),
  read: () => ({}),
  typing: () => ({}),
  conversations: () => ({ conversations: [] }),
  history: ({ room }) => ({ room: String(room), messages: [], more: false }),
  search: () => ({ found: [], more: false }),
  join: ({ room }) => ({ room: String(room) }),
  leave: ({ room }) => ({ room: String(room) }),
  rooms: () => ({ rooms: [] }),
  topic: ({ room }) => ({ room: String(room) }),
  who: ({ room = "lobby" }) => ({ room: String(room), members: [] }),
  away: () => ({}),
  people: () => ({ people: [] }),
  ping: () => ({ time: "2026-01-01T00:00:00.000Z" }),
  quit: () => ({}),
};
