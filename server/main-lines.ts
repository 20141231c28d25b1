/** The lines that the server prints for whoever starts it. */
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";
import { commandLine } from "../cli/package.ts";
import { defaultPorts, formatAddress, isLoopback } from "../protocol/address.ts";
import { TlsError } from "../tls/tls-error.ts";
import type { ServerConfig } from "./config.ts";
import { MetricsPortError } from "./operations/open-operations.ts";
import type { RunningServer } from "./server.ts";
import { StoreError } from "./store/open-store.ts";

const everywhere = new Set(["0.0.0.0", "::"]);

/** What to print once the server listens: where, what is kept, how to try it, and who can reach it. */
export function startLines(
  host: string,
  { port, address, tls, metricsPort }: Pick<RunningServer, "port" | "address" | "tls" | "metricsPort">,
  data: string | undefined,
): string[] {
  const reachable = everywhere.has(host) ? lanAddress() : host;
  const lines = [`Salotto is listening on ${address}.`, `  Try it:   nc ${reachable} ${port}`];
  if (tls) {
    const given = tls.port === defaultPorts.tls ? "" : ` --port ${tls.port}`;
    const bridge = commandLine("bridge", `--host ${reachable} --tls${given}`);
    lines.push(
      `  With TLS: ${bridge}, or: ncat --ssl ${reachable} ${tls.port}`,
      `            The key's fingerprint is ${tls.fingerprint}`,
    );
  }
  if (isLoopback(host)) {
    lines.push(`  Only this computer can reach it. To let your network in: ${commandLine("server", "--host 0.0.0.0")}`);
  } else {
    const bridge = commandLine("bridge", `--host ${reachable} --port ${port}`);
    lines.push(`  Others:   nc ${reachable} ${port}, or: ${bridge}`);
  }
  lines.push(`  ${dataLine(data)}`);
  if (metricsPort !== undefined) lines.push(`  Metrics and health: http://127.0.0.1:${metricsPort}/metrics`);
  lines.push("  Ctrl+C stops it.");
  return lines;
}

/** Where messages are kept. @param data the data directory; undefined for none */
export function dataLine(data: string | undefined): string {
  return data === undefined ? "Messages are kept in memory only." : `Messages are kept in ${data}`;
}

/** Why the server cannot start, and what to do, in one line. */
export async function explainStartError(
  error: NodeJS.ErrnoException & { port?: number },
  { host, port, tls }: Pick<ServerConfig, "host" | "port" | "tls">,
): Promise<string> {
  if (error instanceof StoreError) {
    // Another directory is no help to somebody who starts a server twice.
    const inUse = await listenError(host, port);
    return inUse?.code === "EADDRINUSE" ? explainListenError(inUse, host, port) : error.message;
  }
  if (!isListenError(error)) return error.message;
  const isTls = tls !== undefined && error.port === tls.port;
  return isTls ? explainListenError(error, host, tls.port, "--tls-port") : explainListenError(error, host, port);
}

/** The exit code for it. */
export function exitCodeOf(error: NodeJS.ErrnoException): ExitCode {
  if (error instanceof TlsError) return exitCodes.usage;
  if (error instanceof StoreError) return error.isInUse ? exitCodes.dataInUse : exitCodes.data;
  const isAddress = error instanceof MetricsPortError || isListenError(error);
  return isAddress ? exitCodes.address : exitCodes.failed;
}

function isListenError({ syscall }: NodeJS.ErrnoException): boolean {
  return syscall === "listen" || syscall === "getaddrinfo";
}

/** The error that keeps a program from listening there, if any. */
function listenError(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen({ host, port }, () => probe.close(() => resolve(undefined)));
  });
}

export function explainListenError(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  option: "--port" | "--tls-port" = "--port",
): string {
  const address = formatAddress(host, port);
  switch (error.code) {
    case "EADDRINUSE":
      return `${address} is in use by another program. Stop it, or choose another port: ${option} ${port < 65_535 ? port + 1 : 8_080}`;
    case "EACCES":
      return `${address} needs administrator rights. Choose a port of 1024 or above: ${option} ${option === "--port" ? defaultPorts.plain : defaultPorts.tls}`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is not an address of this computer. Use 127.0.0.1, or 0.0.0.0 for all its networks: --host 0.0.0.0`;
    default:
      return `cannot listen on ${address}: ${error.message}`;
  }
}

/** This computer's address on its network, as others would type it. */
function lanAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
