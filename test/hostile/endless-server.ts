/** A chat server that never comes to an end: whatever it tells and whatever it is asked for, there is always more. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { isCommandType } from "../../protocol/commands.ts";
import { eventLimits, wireLimits } from "../../protocol/limits.ts";
import { LineSplitter } from "../../protocol/line-splitter.ts";
import { emptyAnswers } from "../doubles/empty-answers.ts";
import { allFeatures } from "../doubles/json-server.ts";
import type { Json } from "./client.ts";

const time = "2026-01-01T00:00:00.000Z";
const long = "é".repeat(eventLimits.textCharsMax);
/** So many messages were missed that nobody can ever catch up. */
const lastSeq = Number.MAX_SAFE_INTEGER;

const messageAt = (seq: number) => ({ msgid: `m${seq}`, seq, time, from: `somebody ${seq}`, text: long });
const members = (room: number) => Array.from({ length: 2_000 }, (_, index) => ({ name: `guest ${room} ${index}` }));

/** What it tells everybody in the chat, one after another, for ever. */
const endless: readonly ((n: number) => Json)[] = [
  (n) => ({ type: "joined", room: `room${n}`, topic: long, members: members(n), seq: lastSeq, recent: [] }),
  (n) => ({ type: "message", room: "lobby", ...messageAt(n) }),
  (n) => ({ type: "message", room: `@friend${n}`, ...messageAt(n) }),
  (n) => ({ type: "member-joined", room: "lobby", name: `passer-by ${n}`, count: n, time }),
  (n) => ({ type: "edit", room: "lobby", ...messageAt(n) }),
  () => ({ type: "notice", text: long, time }),
];

/** @returns its answer to a command; each answer about history has one message, and more to come */
function answerTo(command: Json): Json {
  const { type, after = 0 } = command;
  if (type === "hello")
    return { type: "welcome", version: 1, server: "endless", limits: wireLimits, features: allFeatures };
  const answer = { type: "ok", ...(isCommandType(type) ? emptyAnswers[type](command) : {}) };
  if (type !== "history") return answer;
  return { ...answer, messages: [{ type: "message", ...messageAt(Number(after) + 1) }], more: true };
}

export interface EndlessServer {
  /** How many there were. */
  readonly connections: number;
  close(): void;
}

export async function startEndlessServer(port = 0): Promise<EndlessServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    const splitter = new LineSplitter(wireLimits.lineBytesMax);
    // Resolves when the other side has taken it, or is gone.
    const say = (event: Json) => new Promise((taken) => socket.write(`${JSON.stringify(event)}\n`, taken));
    socket.write("Welcome (salotto/1).\n");
    socket.on("data", (chunk) => {
      for (const line of splitter.push(chunk)) {
        const command: Json = JSON.parse(Buffer.from(line).toString("utf8"));
        void say({ ...answerTo(command), label: command.label });
        if (command.type === "login") void talk(socket, say);
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    get connections() {
      return connections;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** As fast as the other side takes it. */
async function talk(socket: Socket, say: (event: Json) => Promise<unknown>): Promise<void> {
  await say({ type: "joined", room: "lobby", topic: "", members: [], seq: lastSeq, recent: [] });
  for (let n = 0; !socket.destroyed; n++) for (const event of endless) await say(event(n));
}
