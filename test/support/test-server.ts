/** A real server for one test: port 0, a silent log, and everything closed when the test is over. */
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { defaultConfig, type ServerConfig } from "../../server/config.ts";
import type { ServerLimits } from "../../server/limits.ts";
import { type RunningServer, type ServerEvents, startServer } from "../../server/server.ts";
import { openTls } from "./tls.ts";
import { type ConnectOptions, WireClient } from "./wire-client.ts";

export interface TestServer extends RunningServer {
  /** Opens a raw connection; it is closed after the test. */
  connect(options?: ConnectOptions): Promise<WireClient>;
  /** Connects in line mode and logs in. @returns the client, its own welcome and the list of members read */
  join(name: string): Promise<WireClient>;
  /** Connects in the json dialect and logs in. @returns the client, up to its own `joined` read */
  joinJson(name: string): Promise<WireClient>;
}

export interface TestServerOptions extends Partial<Omit<ServerConfig, "limits">> {
  limits?: Partial<ServerLimits>;
  events?: ServerEvents;
  /** Clients use the port for TLS; unless told otherwise, with a certificate that the server makes for itself. */
  overTls?: boolean;
}

/** What tests hash with: a real hash needs memory and a tenth of a second. */
const cheapHashes: Partial<ServerLimits> = { hashMemoryKiB: 64, hashPasses: 1, scramIterations: 10 };

export async function startTestServer({
  limits,
  events,
  overTls = false,
  ...config
}: TestServerOptions = {}): Promise<TestServer> {
  const server = await startServer(
    {
      ...defaultConfig,
      port: 0,
      data: undefined,
      tls: overTls ? { port: 0, certificate: { kind: "self-signed" } } : undefined,
      logger: pino({ level: "silent" }),
      ...config,
      limits: { ...defaultConfig.limits, closeGraceMs: 200, ...cheapHashes, ...limits },
    },
    events,
  );
  const clients: WireClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) client.close();
    await server.close();
  });
  const connect: TestServer["connect"] = async (options) => {
    const port = overTls ? (server.tls?.port ?? 0) : server.port;
    const client = await WireClient.connect(port, { ...(overTls ? { open: openTls } : {}), ...options });
    clients.push(client);
    return client;
  };
  return {
    ...server,
    connect,
    join: async (name) => {
      const client = await connect();
      client.send(`${name}\n`);
      await client.until(`Welcome, ${name}!`);
      await client.until(" here: ");
      await client.line();
      return client;
    },
    joinJson: async (name) => {
      const client = await connect();
      client.sendJson({ type: "login", name });
      await client.until('"type":"joined"');
      await client.line();
      return client;
    },
  };
}

/** The name of its log, as in `welcome`. */
export async function logOf(server: Pick<TestServer, "connect">): Promise<string> {
  const client = await server.connect();
  client.sendJson({ type: "hello", version: 1 });
  await client.until("\n");
  const { log } = (await client.json()) as { log: string };
  client.close();
  return log;
}

/** Waits until the server has done everything that this json client has asked for. @returns what it told meanwhile */
export async function barrier(client: WireClient): Promise<string> {
  const label = crypto.randomUUID();
  client.sendJson({ type: "ping", label });
  const told = await client.until(`"label":"${label}"`);
  await client.line();
  return told;
}
