/** The server and the bridge as separate processes, which can be stopped, killed and restarted. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
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

let home: Promise<string> | undefined;

afterAll(async () => {
  if (home) await rm(await home, { recursive: true, force: true });
  home = undefined;
});

/**
 * All bridges of a file belong to one person, so whoever came by the link of one is known to the next.
 * @param webPort where the page is served
 */
export async function startBridge(port: number, webPort: number): Promise<Program> {
  home ??= mkdtemp(join(tmpdir(), "salotto-home-"));
  const own = { HOME: await home, XDG_DATA_HOME: await home, LOCALAPPDATA: await home };
  const args = ["--port", String(port), "--web-port", String(webPort)];
  const bridge = new Program("bridge/main.ts", args, { ...process.env, ...own });
  await bridge.until(link);
  return bridge;
}

const link = /http:\/\/localhost:\d+\/\?token=\S+/;

/** What a person opens first. */
export function linkOf(bridge: Program): string {
  return link.exec(bridge.output)?.[0] ?? "";
}

/** Kills a program the way the system does when it must, and waits until it is gone. */
export async function kill(program: Program): Promise<void> {
  program.process.kill("SIGKILL");
  await program.exit;
}
