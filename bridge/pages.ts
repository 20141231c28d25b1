/**
 * The socket.io side: checks everything a page sends, passes it to the page's session, and answers. A page is a trust
 * boundary: anything may arrive, in any shape. What a request means is up to the session.
 */

import type { IncomingMessage } from "node:http";
import type { Logger } from "pino";
import type { Server, Socket } from "socket.io";
import * as v from "valibot";
import { isLoopback } from "../protocol/address.ts";
import type { BridgeToPage, NumberedEvent, PageHandshake, PageToBridge } from "../protocol/bridge-events.ts";
import type { BridgeInvitation } from "../protocol/bridge-invitation.ts";
import { commands } from "../protocol/commands.ts";
import type { Page } from "./audience.ts";
import { deviceOf } from "./device.ts";
import { credentialsSchema, heardUpToSchema, parsePageCommand } from "./page-command.ts";
import { type Sessions, shortId } from "./sessions.ts";

export type PageServer = Server<PageToBridge, BridgeToPage>;
type PageSocket = Socket<PageToBridge, BridgeToPage>;

/**
 * Events that may queue for a page that does not read. Beyond that it is disconnected, and catches up when it returns.
 */
export const toldWaitingMax = 5_000;
/** The same in characters. Above `replayCharsMax`, so that catching up alone never exceeds it. */
export const toldWaitingCharsMax = 16_777_216;

interface Options {
  sessions: Sessions;
  /** Pages connected at once; further ones are refused. */
  pagesMax: number;
  /** The same for each address of another computer. */
  pagesOfAddressMax: number;
  logger: Logger;
  /** Whether whoever sends this started the bridge. */
  mayInvite(request: IncomingMessage): boolean;
  /** For those who may. */
  invitation: BridgeInvitation;
  opened(): void;
  closed(): void;
}

const handshakeSchema = v.object({
  session: v.pipe(v.string(), v.uuid()),
  browser: v.pipe(v.string(), v.uuid()),
  epoch: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  after: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
const attendSchema = v.object({ attentive: v.boolean() });
const joinSchema = v.object({ name: v.string(), ...heardUpToSchema.entries, ...credentialsSchema.entries });

/** Accepts pages from now on. */
export function servePages(io: PageServer, options: Options): void {
  io.use((socket, next) => {
    if (!v.is(handshakeSchema, socket.handshake.auth)) {
      next(new Error("the page did not identify its window: reload it"));
    } else if (io.of("/").sockets.size >= options.pagesMax) {
      next(new Error("too many pages are open: close one and reload this one"));
    } else if (pagesFrom(io, socket.handshake.address) >= options.pagesOfAddressMax) {
      next(new Error("too many pages are open on this device: close one and reload this one"));
    } else next();
  });
  io.on("connection", (socket) => {
    servePage(socket, v.parse(handshakeSchema, socket.handshake.auth), options);
  });
}

/** How many pages there are from an address; on this computer, they are not told apart. */
function pagesFrom(io: PageServer, address: string): number {
  if (isLoopback(address)) return 0;
  return [...io.of("/").sockets.values()].filter(({ handshake }) => handshake.address === address).length;
}

function servePage(socket: PageSocket, handshake: PageHandshake, options: Options) {
  const { sessions, logger, opened, closed } = options;
  const mayInvite = options.mayInvite(socket.request);
  const session = sessions.get(handshake.session);
  const page = pageOn(socket, mayInvite);
  const from = { session: shortId(handshake.session), page: socket.id };
  logger.info(from, "a page connected");
  opened();

  answer(socket, "join", joinSchema, logger, ({ name, after, log, ...credentials }) => {
    const upTo = { ...(after === undefined ? {} : { after }), ...(log === undefined ? {} : { log }) };
    return sessions.join(session, name, upTo, credentials, deviceOf(socket.handshake.headers["user-agent"]));
  });
  answer(socket, "post", commands.post.fields, logger, async (request) => {
    const posted = await session.requests.post(request);
    // The page must have the message before the answer.
    await page.told();
    return posted;
  });
  answer(socket, "ask", v.unknown(), logger, async (sent) => {
    const parsed = parsePageCommand(sent);
    return parsed.ok ? session.requests.ask(parsed.command) : parsed.answer;
  });
  answer(socket, "inspect", undefined, logger, () => session.inspect());
  answer(socket, "invitation", undefined, logger, async () => (mayInvite ? options.invitation : { kind: "not-yours" }));
  answer(socket, "attend", attendSchema, logger, async ({ attentive }) => session.attend(page, attentive));
  answer(socket, "quit", undefined, logger, () => session.quit(true));
  socket.on("disconnect", (reason) => {
    logger.info({ ...from, reason }, "a page disconnected");
    session.detach(page);
    closed();
  });
  session.attach(page, handshake);
}

/** A connected page. `told` is fulfilled once all earlier events have been sent to it. */
export interface ToldPage extends Page {
  told(): Promise<void>;
}

export function pageOn(socket: PageSocket, mayInvite = false): ToldPage {
  let waiting = 0;
  let waitingChars = 0;
  let gathered: NumberedEvent[] = [];
  let waitingToBeTold: (() => void)[] = [];
  socket.conn.on("drain", () => {
    waiting = 0;
    waitingChars = 0;
  });
  const count = (chars = 0) => {
    waiting += 1;
    waitingChars += chars;
    if (waiting > toldWaitingMax || waitingChars > toldWaitingCharsMax) socket.conn.close();
  };
  let turn: NodeJS.Immediate | undefined;
  /** The server has already answered something in this turn of the event loop. */
  let isAnswered = false;
  const flush = () => {
    clearImmediate(turn);
    if (gathered.length > 0) socket.emit("events", gathered);
    gathered = [];
    for (const told of waitingToBeTold) told();
    waitingToBeTold = [];
  };
  const tell: PageSocket["emit"] = (...told) => {
    flush();
    return socket.emit(...told);
  };
  return {
    snapshot: (snapshot) => tell("snapshot", mayInvite ? { ...snapshot, mayInvite } : snapshot),
    connection: (state) => {
      tell("connection", state);
      count();
    },
    name: (name, same) => tell("name", name, same),
    // One packet for each of a thousand messages would cost more than the messages. Answers, which take some promises to come
    // here, come before what was told after them.
    event: (event, chars) => {
      if (gathered.push(event) === 1) turn = setImmediate(flush);
      count(chars);
    },
    // Sends once a turn, at its first answer. Later events wait for all its answers, so that none follows newer events.
    flush: () => {
      if (isAnswered) return;
      flush();
      isAnswered = true;
      setImmediate(() => {
        isAnswered = false;
      });
    },
    told: () => (gathered.length === 0 ? Promise.resolve() : new Promise((resolve) => waitingToBeTold.push(resolve))),
    typing: (event) => {
      tell("typing", event);
      count();
    },
  };
}

/**
 * Answers one kind of request: validates its payload, and always acknowledges. A page that wants no answer, or sends
 * something else in place of the acknowledgement, gets none.
 * @param schema the request's payload; undefined when it has none
 */
function answer<S extends v.GenericSchema>(
  socket: PageSocket,
  event: keyof PageToBridge,
  schema: S | undefined,
  logger: Logger,
  handle: (request: v.InferOutput<S>) => Promise<unknown>,
): void {
  const listener = async (...sent: unknown[]) => {
    const last = sent.at(-1);
    const acknowledge: (result?: unknown) => void = typeof last === "function" ? (result) => last(result) : () => {};
    if (!schema) {
      acknowledge(await handle(undefined as v.InferOutput<S>));
      return;
    }
    const parsed = v.safeParse(schema, sent[0]);
    if (parsed.success) {
      acknowledge(await handle(parsed.output));
      return;
    }
    const field = v.getDotPath(parsed.issues[0]) ?? event;
    acknowledge({ ok: false, code: "invalid", message: `${field}: ${parsed.issues[0].message}` });
  };
  socket.on(event, (...sent: unknown[]) => {
    listener(...sent).catch((error: unknown) => logger.error({ event, err: error }, "a request from the page failed"));
  });
}
