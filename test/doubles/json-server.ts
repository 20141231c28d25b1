/**
 * A scripted peer that greets as Salotto does and then does what a test says, for failures that the real server does
 * not produce. It answers hello and login by itself unless told otherwise; the rest is up to the test.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { isCommandType } from "../../protocol/commands.ts";
import { emptyAnswers } from "./empty-answers.ts";

export type Json = Record<string, unknown>;

export interface JsonConnection {
  /** Every line received, parsed. */
  readonly received: Json[];
  /** Characters received, whole lines or not. */
  readonly charsReceived: number;
  /** False once either side has closed. */
  readonly open: boolean;
  send(event: Json): void;
  sendRaw(bytes: string | Uint8Array): void;
  end(): void;
  cut(): void;
}

/** Handles a command; the returned event is sent with the command's label. Undefined: no answer. */
export type Answer = (command: Json, connection: JsonConnection) => Json | undefined;

export interface JsonServer {
  readonly port: number;
  readonly connections: JsonConnection[];
  answer: Answer;
  greeting: string;
  close(): Promise<void>;
}

/** Messages shown on joining, and entries in one answer to `history`: few, to keep tests short. */
const recentMax = 2;
const historyMax = 3;

/** Lets everybody in, stores nothing, numbers posts from 1. */
export function friendlyAnswer(): Answer {
  let seq = 0;
  return (command, connection) => {
    const { type } = command;
    if (!isCommandType(type)) return { type: "error", code: "unknown-command", message: "unknown" };
    const answer = { type: type === "hello" ? "welcome" : "ok", ...emptyAnswers[type](command) };
    switch (type) {
      case "login":
        setImmediate(() => connection.send({ type: "joined", room: "lobby", members: [{ name: command.name }], seq }));
        return answer;
      case "post":
        seq += 1;
        return { ...answer, msgid: `m${seq}`, seq };
      case "quit":
        setImmediate(() => {
          connection.send({ type: "bye", code: "quit", message: "bye" });
          connection.end();
        });
        return answer;
      default:
        return answer;
    }
  };
}

/** Servers from before messages could change do not tell the type of an entry. */
const isMessage = ({ type = "message" }: Json) => type === "message";

/** The features that a full server lists in its welcome. */
export const allFeatures = ["history", "rooms", "search", "changes", "read", "typing", "conversations"];

/**
 * Like `friendlyAnswer`, but the lobby has a history.
 * @param log its entries as they are now, in order; the test may add more at any time
 */
export function rememberingAnswer(log: readonly Json[], features: readonly string[] = allFeatures): Answer {
  const friendly = friendlyAnswer();
  return (command, connection) => {
    const seq = log.at(-1)?.seq ?? 0;
    switch (command.type) {
      case "hello":
        return { ...friendly(command, connection), features };
      case "login": {
        const recent = log.filter(isMessage).slice(-recentMax);
        const members = [{ name: command.name }];
        setImmediate(() => connection.send({ type: "joined", room: "lobby", members, seq, recent }));
        return { type: "ok", name: command.name };
      }
      case "history": {
        const told = command.changes === true ? log : log.filter(isMessage);
        const found = told.filter(({ seq }) => Number(seq) > Number(command.after));
        return { type: "ok", room: "lobby", messages: found.slice(0, historyMax), more: found.length > historyMax };
      }
      default:
        return friendly(command, connection);
    }
  };
}

/** Adds an echo to another answer: new posts come back as events before their answer, repeated ones do not. */
export function echoingAnswer(answer: Answer): Answer {
  const names = new Map<JsonConnection, unknown>();
  const seqs = new Set<unknown>();
  return (command, connection) => {
    const answered = answer(command, connection);
    if (answered?.type === "welcome") return { ...answered, features: [...(answered.features as string[]), "echo"] };
    if (command.type === "login") names.set(connection, command.name);
    if (command.type === "post" && answered?.type === "ok" && !seqs.has(answered.seq)) {
      seqs.add(answered.seq);
      const { room, text, action, reply, id, label } = command;
      const { msgid, seq, time } = answered;
      const from = names.get(connection);
      connection.send({ type: "message", room, msgid, seq, time, from, text, action, reply, id, label });
    }
    return answered;
  };
}

/** @param port 0, the default, for any free port */
export async function startJsonServer(answer: Answer = friendlyAnswer(), port = 0): Promise<JsonServer> {
  const connections: Connection[] = [];
  const server: Server = createServer((socket) => {
    const connection = new Connection(socket, () => double.answer);
    connections.push(connection);
    connection.sendRaw(double.greeting);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const double: JsonServer = {
    port: (server.address() as AddressInfo).port,
    connections,
    answer,
    greeting: "Welcome to Salotto (salotto/1). Type your name and press Enter.\n",
    async close() {
      for (const connection of connections) connection.cut();
      server.close();
      await once(server, "close");
    },
  };
  return double;
}

class Connection implements JsonConnection {
  readonly received: Json[] = [];
  readonly #socket: Socket;
  charsReceived = 0;
  open = true;

  constructor(socket: Socket, answer: () => Answer) {
    this.#socket = socket;
    let rest = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      this.charsReceived += chunk.length;
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#command(JSON.parse(line), answer());
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.open = false;
    });
  }

  send(event: Json): void {
    this.sendRaw(`${JSON.stringify(event)}\n`);
  }

  sendRaw(bytes: string | Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  end(): void {
    this.#socket.end();
  }

  cut(): void {
    this.#socket.resetAndDestroy();
  }

  #command(command: Json, answer: Answer): void {
    this.received.push(command);
    const event = answer(command, this);
    if (event) this.send({ ...event, label: command.label });
  }
}
