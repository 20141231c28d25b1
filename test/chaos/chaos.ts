/**
 * The fault test: several clients talk all the time while the server is killed and started again, wires are cut in the
 * middle of a line, and readers stop reading. At the end everything that was answered must be everywhere, once, in one
 * order.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/free-port.ts";
import { ChaosClient } from "./chaos-client.ts";
import { type Random, seededRandom } from "./random.ts";

export interface ChaosOptions {
  durationMs: number;
  seed: number;
  clients: number;
}

export interface ChaosReport {
  acknowledged: number;
  kills: number;
  cuts: number;
  stalls: number;
  reconnections: number;
  /** What is not as it must be; empty when all is well. */
  violations: string[];
}

const ROOMS = ["lobby", "dev"];
const main = fileURLToPath(new URL("../../server/main.ts", import.meta.url));

export async function runChaos({ durationMs, seed, clients: count }: ChaosOptions): Promise<ChaosReport> {
  const data = mkdtempSync(join(tmpdir(), "salotto-chaos-"));
  const random = seededRandom(seed);
  const port = await freePort();
  let server = await startServer(port, data);
  const clients = Array.from({ length: count }, (_, index) => new ChaosClient(`client ${index}`, port, ROOMS));
  const report = { kills: 0, cuts: 0, stalls: 0 };
  const endMs = performance.now() + durationMs;
  try {
    while (performance.now() < endMs) {
      await pause(random.between(50, 400));
      switch (fault(random)) {
        case "kill":
          report.kills += 1;
          server.kill("SIGKILL");
          await once(server, "exit");
          server = await startServer(port, data);
          break;
        case "cut":
          report.cuts += 1;
          random.pick(clients).cut();
          break;
        case "stall":
          report.stalls += 1;
          random.pick(clients).stall(random.between(100, 1_000));
          break;
      }
    }
    await Promise.all(clients.map((client) => client.settle()));
    const violations = [
      ...clients.flatMap((client) => client.violations),
      ...compare(clients, join(data, "salotto.db")),
    ];
    return {
      ...report,
      acknowledged: sum(clients.map((client) => client.acknowledged.size)),
      reconnections: sum(clients.map((client) => client.reconnections)),
      violations,
    };
  } finally {
    for (const client of clients) client.stop();
    server.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
}

function fault(random: Random): "kill" | "cut" | "stall" {
  return random.pick(["kill", "cut", "cut", "cut", "stall"]);
}

/** What each client knows against what the database holds, and against what was answered. */
function compare(clients: readonly ChaosClient[], file: string): string[] {
  const violations: string[] = [];
  const database = new DatabaseSync(file, { readOnly: true });
  for (const room of ROOMS) {
    const rows = database
      .prepare(
        `SELECT seq, msgid, sender, text FROM messages JOIN conversations ON conversations.id = conversation
         WHERE conversations.name = ? ORDER BY seq`,
      )
      .all(room);
    const kept = rows.map(({ seq, msgid, sender, text }) => `${seq} ${msgid} ${sender} ${text}`);
    rows.forEach(({ seq }, index) => {
      if (seq !== index + 1) violations.push(`${room}: seq ${seq} stands at place ${index + 1}`);
    });
    const texts = new Set(rows.map(({ text }) => text));
    if (texts.size !== rows.length) violations.push(`${room}: ${rows.length - texts.size} messages are there twice`);
    for (const client of clients) {
      const known = [...(client.rooms.get(room) ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([seq, { msgid, from, text }]) => `${seq} ${msgid} ${from} ${text}`);
      violations.push(...difference(`${client.name} in ${room}`, known, kept));
    }
    const msgids = new Set(rows.map(({ msgid }) => msgid));
    for (const { acknowledged, name } of clients) {
      for (const [id, answer] of acknowledged) {
        if (answer.room === room && !msgids.has(answer.msgid))
          violations.push(`${name}: ${id} was answered and is gone`);
      }
    }
  }
  database.close();
  return violations;
}

function difference(what: string, known: readonly string[], kept: readonly string[]): string[] {
  const at = kept.findIndex((line, index) => line !== known[index]);
  if (at === -1 && known.length === kept.length) return [];
  const first = at === -1 ? kept.length : at;
  return [`${what} knows ${known.length} of ${kept.length}; first difference: ${known[first]} for ${kept[first]}`];
}

async function startServer(port: number, data: string): Promise<ChildProcess> {
  const args = [main, "--port", String(port), "--data", data, "--log-level", "error"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  for await (const chunk of server.stdout) {
    printed += chunk;
    if (printed.includes("Ctrl+C")) break;
  }
  return server;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
