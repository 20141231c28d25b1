/**
 * Every way to stand to a room, set up over real connections, and every command to try from there: for the test that walks
 * the table of rights.
 */
import type { Question } from "../../protocol/commands.ts";
import type { TestServer } from "./test-server.ts";
import type { WireClient } from "./wire-client.ts";

/** A room with people in it, and somebody who is about to try something. */
export interface Scene {
  room: string;
  /** Owns the room, unless the actor does. */
  keeper: WireClient;
  /** In the room, with no role. */
  other: string;
  actor: WireClient;
  actorName: string;
  /** A message of the other person in the room, and one of the actor's, where they can have said something. */
  msgid: string;
  ownMsgid?: string;
  banId: string;
  reportId: string;
}

/** Asks, and returns the answer. */
export async function ask(client: WireClient, command: object): Promise<Record<string, unknown>> {
  const label = crypto.randomUUID();
  client.sendJson({ ...command, label });
  for (;;) {
    const told = await client.json();
    if (told.label === label && told.type !== "message") return told;
  }
}

export const password = "correct horse battery staple";

const post = (room: string, text: string) => ({ type: "post", room, id: crypto.randomUUID(), text });

/** How the actor speaks. */
export interface Tongue {
  arrive(server: TestServer, stand: string, name: string): Promise<WireClient>;
  join(actor: WireClient, room: string): Promise<unknown>;
  /** @returns the msgid, where one is told */
  say(actor: WireClient, room: string): Promise<string | undefined>;
  register(actor: WireClient): Promise<unknown>;
}

export const json: Tongue = {
  arrive: async (server, stand, name) => {
    if (stand !== "nameless") return server.joinJson(name);
    const actor = await server.connect();
    await actor.line();
    return actor;
  },
  join: (actor, room) => ask(actor, { type: "join", room }),
  say: async (actor, room) => String((await ask(actor, post(room, "mine"))).msgid),
  register: (actor) => ask(actor, { type: "register", password }),
};

/** At a terminal, a barrier is a command whose answer is known. */
export async function terminalBarrier(actor: WireClient): Promise<string> {
  actor.send("/echo off\n");
  const told = await actor.until("Your own messages are not shown to you.");
  await actor.line();
  return told;
}

export const terminal: Tongue = {
  arrive: (server, _, name) => server.join(name),
  join: (actor, room) => {
    actor.send(`/join ${room}\n`);
    return terminalBarrier(actor);
  },
  say: async (actor) => {
    actor.send("mine\n");
    await terminalBarrier(actor);
    return undefined;
  },
  register: (actor) => {
    actor.send(`/register ${password}\n`);
    return terminalBarrier(actor);
  },
};

/** Makes the actor stand there, once everybody else is in place. @returns the msgid of what they said, if anything */
type Arrange = (
  scene: Pick<Scene, "room" | "keeper" | "actor" | "actorName"> & { tongue: Tongue },
) => Promise<string | undefined>;

/** What the keeper does about somebody. */
type Order = (scene: { room: string; actorName: string }) => object;

const nothing: Arrange = async () => undefined;

/** They enter and say something, and then the keeper does something. */
const inside =
  (order?: Order): Arrange =>
  async (scene) => {
    await scene.tongue.join(scene.actor, scene.room);
    const own = await scene.tongue.say(scene.actor, scene.room);
    if (order) await ask(scene.keeper, order(scene));
    return own;
  };
const outside =
  (order: Order): Arrange =>
  async (scene) => {
    await ask(scene.keeper, order(scene));
    return undefined;
  };

/** By the heading of the table's column. */
export const stands: Readonly<Record<string, Arrange>> = {
  nameless: nothing,
  outside: nothing,
  banned: outside(({ room, actorName: name }) => ({ type: "ban", room, name })),
  uninvited: outside(({ room }) => ({ type: "room-settings", room, invitedOnly: true })),
  "members' history": outside(({ room }) => ({ type: "room-settings", room, membersHistory: true })),
  inside: inside(),
  muted: inside(({ room, actorName: name }) => ({ type: "mute", room, name })),
  "slow and locked": async (scene) => {
    await ask(scene.keeper, { type: "room-settings", room: scene.room, slowSeconds: 60, topicLocked: true });
    return inside()(scene);
  },
  moderator: inside(({ room, actorName: name }) => ({ type: "role", room, name, role: "moderator" })),
  owner: inside(({ room, actorName: name }) => ({ type: "role", room, name, role: "owner" })),
  administrator: async ({ actor, tongue }) => {
    await tongue.register(actor);
    return undefined;
  },
};

/** What is tried, by the first cell of the table's row. */
export const tries: Readonly<Record<string, (scene: Scene) => Question>> = {
  hello: () => ({ type: "hello", version: 1 }),
  login: ({ actorName: name }) => ({ type: "login", name: `${name}x` }),
  ping: () => ({ type: "ping" }),
  rename: ({ actorName }) => ({ type: "rename", name: `${actorName}y` }),
  away: () => ({ type: "away", on: true }),
  people: () => ({ type: "people" }),
  rooms: () => ({ type: "rooms" }),
  search: () => ({ type: "search", query: "word" }),
  conversations: () => ({ type: "conversations" }),
  join: ({ room }) => ({ type: "join", room }),
  who: ({ room }) => ({ type: "who", room }),
  history: ({ room }) => ({ type: "history", room }),
  "history around a message": ({ room, msgid }) => ({ type: "history", room, around: msgid }),
  reactions: ({ room, msgid }) => ({ type: "reactions", room, msgid }),
  read: ({ room }) => ({ type: "read", room, seq: 1 }),
  report: ({ room, msgid }) => ({ type: "report", room, msgid }),
  block: ({ other: name }) => ({ type: "block", name }),
  unblock: () => ({ type: "unblock", name: "keeper" }),
  blocked: () => ({ type: "blocked" }),
  audit: ({ room }) => ({ type: "audit", room }),
  post: ({ room }) => post(room, "again") as Question<"post">,
  "post in private": ({ other }) => post(`@${other}`, "again") as Question<"post">,
  "edit another's message": ({ room, msgid }) => ({ type: "edit", room, id: crypto.randomUUID(), msgid, text: "no" }),
  "edit one's own": ({ room, ownMsgid = crypto.randomUUID() }) => ({
    type: "edit",
    room,
    id: crypto.randomUUID(),
    msgid: ownMsgid,
    text: "better",
  }),
  "delete another's message": ({ room, msgid }) => ({ type: "delete", room, id: crypto.randomUUID(), msgid }),
  "delete one's own": ({ room, ownMsgid = crypto.randomUUID() }) => ({
    type: "delete",
    room,
    id: crypto.randomUUID(),
    msgid: ownMsgid,
  }),
  react: ({ room, msgid }) => ({ type: "react", room, id: crypto.randomUUID(), msgid, emoji: "👍" }),
  typing: ({ room }) => ({ type: "typing", room }),
  topic: ({ room }) => ({ type: "topic", room, topic: "tea" }),
  leave: ({ room }) => ({ type: "leave", room }),
  kick: ({ room, other: name }) => ({ type: "kick", room, name }),
  ban: ({ room, other: name }) => ({ type: "ban", room, name }),
  unban: ({ room, banId: id }) => ({ type: "unban", room, id }),
  bans: ({ room }) => ({ type: "bans", room }),
  mute: ({ room, other: name }) => ({ type: "mute", room, name }),
  unmute: ({ room, other: name }) => ({ type: "unmute", room, name }),
  invite: ({ room, other: name }) => ({ type: "invite", room, name }),
  reports: ({ room }) => ({ type: "reports", room }),
  "settle-report": ({ reportId: id }) => ({ type: "settle-report", id }),
  "make-invitation": () => ({ type: "make-invitation" }),
  invitations: () => ({ type: "invitations" }),
  "drop-invitation": () => ({ type: "drop-invitation", id: "nothing" }),
  "room-settings": ({ room }) => ({ type: "room-settings", room, hidden: true }),
  role: ({ room, other: name }) => ({ type: "role", room, name, role: "moderator" }),
  "remove-room": ({ room }) => ({ type: "remove-room", room }),
  register: ({ actorName: name }) => ({ type: "register", password, name }),
  authenticate: () => ({ type: "authenticate", name: "nobody", password }),
  "change-password": () => ({ type: "change-password", old: password, new: `${password}!` }),
  unregister: () => ({ type: "unregister", password }),
  sessions: () => ({ type: "sessions" }),
  "sign-out": () => ({ type: "sign-out" }),
  quit: () => ({ type: "quit" }),
};

/** Sets a scene in a room of its own. @param keeper may make as many rooms as they like */
export async function setScene(
  server: TestServer,
  stand: string,
  { room, keeper, other, tongue = json }: { room: string; keeper: WireClient; other: WireClient; tongue?: Tongue },
): Promise<Scene> {
  const actorName = `actor ${room}`;
  for (const client of [keeper, other]) await ask(client, { type: "join", room });
  const { msgid } = await ask(other, post(room, "word"));
  const { id: banId } = await ask(keeper, { type: "ban", room, pattern: "nobody*" });
  const { id: reportId } = await ask(keeper, { type: "report", room, msgid });
  await ask(keeper, { type: "mute", room, name: "other" });
  const actor = await tongue.arrive(server, stand, actorName);
  if (tongue === json && stand !== "nameless") await ask(actor, { type: "block", name: "keeper" });
  const place = { room, keeper, other: "other", actor, actorName };
  const ownMsgid = await stands[stand]?.({ ...place, tongue });
  return {
    ...place,
    msgid: String(msgid),
    banId: String(banId),
    reportId: String(reportId),
    ...(ownMsgid ? { ownMsgid } : {}),
  };
}
