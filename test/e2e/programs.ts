/** The server and the bridge as separate processes, which can be stopped, killed and restarted. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Program } from "../support/program.ts";

/** A folder for the server's data; it is removed after the test. */
export async function dataDirectory(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), "salotto-data-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  return data;
}

/** @param port 0 for any free port */
export async function startServer(data: string, port = 0): Promise<{ server: Program; port: number }> {
  const server = new Program("server/main.ts", ["--port", String(port), "--data", data]);
  const [, listening] = await server.until(/:(\d+)/);
  return { server, port: Number(listening) };
}

/** @param webPort where the page is served */
export async function startBridge(port: number, webPort: number): Promise<Program> {
  const bridge = new Program("bridge/main.ts", ["--port", String(port), "--web-port", String(webPort)]);
  await bridge.until(/http:\/\/localhost:\d+/);
  return bridge;
}

/** Kills a program the way the system does when it must, and waits until it is gone. */
export async function kill(program: Program): Promise<void> {
  program.process.kill("SIGKILL");
  await program.exit;
}
