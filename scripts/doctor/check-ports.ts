/** Whether the server can have its ports: each is free, or our own server has it already. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { formatAddress } from "../../protocol/address.ts";
import { explainListenError } from "../../server/main-lines.ts";
import type { Finding } from "./finding.ts";

/** Milliseconds that whoever has a port gets to say what it is. */
const ANSWER_MS = 2_000;

/** What is asked of a port, and what only our server answers. */
interface Sign {
  ask: string;
  answer: string;
}

const chat: Sign = { ask: "", answer: "(salotto/1)" };

/** @param port 0 for any free port, which there always is */
export async function checkChatPort(host: string, port: number): Promise<Finding> {
  return checkPort("port", host, port, chat);
}

/** On the port for TLS, our server tells whoever speaks none what the port is. */
export async function checkTlsPort(host: string, port: number): Promise<Finding> {
  return checkPort("port for TLS", host, port, { ask: "doctor\n", answer: "(salotto-tls)" }, "--tls-port");
}

export async function checkMetricsPort(port: number): Promise<Finding> {
  const ask = `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
  return checkPort("metrics port", "127.0.0.1", port, { ask, answer: '"eventLoopLagMs"' });
}

async function checkPort(
  about: string,
  host: string,
  port: number,
  sign: Sign,
  option?: "--tls-port",
): Promise<Finding> {
  const address = formatAddress(host, port);
  if (port === 0) return { health: "ok", about, found: "any free one" };
  const error = await listenError(host, port);
  if (!error) return { health: "ok", about, found: `${address} is free` };
  if (error.code === "EADDRINUSE" && (await answers(host, port, sign))) {
    return { health: "ok", about, found: `a Salotto server is running on ${address}` };
  }
  const [found = "", ...advice] = explainListenError(error, host, port, option).split(/(?<=\.) (?=[A-Z])/);
  return { health: "problem", about, found: found.replace(/\.$/, ""), advice: `${advice.join(" ")}.` };
}

async function listenError(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  const server = createServer();
  try {
    server.listen({ host, port });
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  } finally {
    server.close();
  }
}

/** Whether what listens there answers as our server does. */
async function answers(host: string, port: number, { ask, answer }: Sign): Promise<boolean> {
  const everywhere: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const socket: Socket = connect({ host: everywhere[host] ?? host, port });
  const giveUp = setTimeout(() => socket.destroy(), ANSWER_MS);
  try {
    await once(socket, "connect");
    socket.write(ask);
    // Only the beginning matters; a server that tells more is cut off by the time.
    let told = "";
    for await (const piece of socket.setEncoding("utf8")) {
      told += piece;
      if (told.includes(answer) || told.length > 4_096) break;
    }
    return told.includes(answer);
  } catch {
    return false;
  } finally {
    clearTimeout(giveUp);
    socket.destroy();
  }
}
