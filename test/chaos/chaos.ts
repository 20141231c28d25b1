/**
 * The fault test: json clients and pages post, edit, delete and react all the time while the server and the bridge are killed and restarted,
 * connections are cut in the middle of a line, and readers stop reading. At the end, everything that was answered must
 * be everywhere, once, in one order, every message the same for all, and nothing that anybody was ever told may be missing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { passFor } from "../support/browser-pass.ts";
import { freePort } from "../support/free-port.ts";
import type { ChaosClient } from "./chaos-client.ts";
import { compare, type Kept } from "./compare.ts";
import { type Fault, pickFault, strike, type Testbed } from "./faults.ts";
import { JsonClient } from "./json-client.ts";
import { PageClient } from "./page-client.ts";
import { Victim } from "./processes.ts";
import { seededRandom } from "./random.ts";
import { Wire } from "./wire.ts";

export interface ChaosOptions {
  /** Whether another fault should follow, after that many. */
  goesOn: (faults: number) => boolean;
  seed: number;
  /** How many talk to the server. */
  clients: number;
  /** How many talk to the bridge. */
  pages: number;
}

export interface ChaosReport {
  /** What happened, in figures. */
  figures: Record<
    | "answers to clients"
    | "answers to pages"
    | "changes of clients"
    | "changes of pages"
    | "messages in the database"
    | "changes in the database"
    | "kills of the server"
    | "replacements of the database"
    | "kills of the bridge"
    | "cuts of clients"
    | "cuts of pages"
    | "cuts between bridge and server"
    | "stalls of clients"
    | "stalls of pages"
    | "pages away for a while"
    | "readers thrown out as too slow"
    | "reconnections of clients"
    | "reconnections of pages"
    | "entries that pages had to load",
    number
  >;
  /** What is not as it should be; empty when all is well. */
  violations: string[];
}

const ROOMS = ["lobby", "dev"];
/**
 * The time for everyone to get their answers, and then to know everything. Anybody who needs longer is waiting in vain.
 */
const REST_MS = 30_000;
/**
 * After this many faults, nothing goes wrong until everybody has had an answer: on a slow computer, programs that are
 * killed again as soon as they have started would never be of use.
 */
const RESPITE_EVERY = 3;

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), "salotto-chaos-"));
  const stops: (() => unknown)[] = [];
  try {
    const testbed = await buildTestbed(options, folder, (stop) => stops.push(stop));
    const everyone: readonly ChaosClient[] = [...testbed.clients, ...testbed.pages];
    const struck = await strikeAgainAndAgain(options, testbed, everyone);
    // A bridge that has often found no server would wait long before it looks again; a new one does not.
    await testbed.bridge.kill();
    const restless = await rest(everyone, (client) => client.finish());
    // Once more from the very beginning: what is missing now was lost.
    await Promise.all([testbed.server.kill(), testbed.bridge.kill()]);
    restless.push(...(await rest(everyone, (client) => client.catchUp())));
    const { kept, violations } = compare(everyone, ROOMS, join(testbed.data, "salotto.db"));
    return {
      figures: figuresOf(testbed, struck, kept),
      violations: [
        ...[testbed.server, testbed.bridge].flatMap(({ complaints }) => complaints),
        ...everyone.flatMap(({ view }) => view.violations),
        ...restless,
        ...violations,
      ],
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function buildTestbed(
  options: ChaosOptions,
  folder: string,
  toStop: (stop: () => unknown) => void,
): Promise<Testbed> {
  const port = await freePort();
  const webPort = await freePort();
  const data = join(folder, "data");
  const server = await Victim.start("server/main.ts", ["--port", `${port}`, "--data", data], folder, `:${port}.`);
  toStop(() => server.stop());
  const serverWire = await Wire.start(port);
  toStop(() => serverWire.close());
  const bridgeArgs = ["--host", "127.0.0.1", "--port", `${serverWire.port}`, "--web-port", `${webPort}`];
  const bridge = await Victim.start("bridge/main.ts", bridgeArgs, folder, `Open http://localhost:${webPort}/?`);
  toStop(() => bridge.stop());
  // Once for all the lives of the bridge.
  const cookie = await passFor(/http:\S+/.exec(bridge.printed)?.[0] ?? "");
  const pageWire = await Wire.start(webPort);
  toStop(() => pageWire.close());
  const clients = numbered(options.clients, (n) => new JsonClient(`client ${n}`, port, ROOMS));
  const host = `127.0.0.1:${webPort}`;
  const pages = numbered(options.pages, (n) => {
    return new PageClient({ name: `page ${n}`, rooms: ROOMS, port: pageWire.port, host, cookie });
  });
  toStop(() => {
    for (const client of [...clients, ...pages]) client.stop();
  });
  return { server, data, bridge, serverWire, pageWire, clients, pages };
}

function numbered<T>(length: number, make: (n: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index + 1));
}

/** Causes one fault after another. @returns how often each happened */
async function strikeAgainAndAgain(
  { goesOn, seed }: ChaosOptions,
  testbed: Testbed,
  everyone: readonly ChaosClient[],
): Promise<Map<Fault, number>> {
  const random = seededRandom(seed);
  const struck = new Map<Fault, number>();
  for (let turn = 1; goesOn(turn - 1); turn++) {
    await pause(random.between(50, 400));
    const fault = pickFault(random, turn);
    struck.set(fault, (struck.get(fault) ?? 0) + 1);
    await strike(fault, testbed, random);
    // Somebody without an answer in that time may be waiting before they look for the server again.
    if (turn % RESPITE_EVERY === 0) await rest(everyone, (client) => client.answered());
  }
  return struck;
}

/** Waits until everyone has done it. @returns who has not, in time */
async function rest(everyone: readonly ChaosClient[], task: (client: ChaosClient) => Promise<void>): Promise<string[]> {
  const busy = new Set(everyone);
  const all = Promise.all(everyone.map((client) => task(client).then(() => busy.delete(client))));
  await Promise.race([all, pause(REST_MS, undefined, { ref: false })]);
  return [...busy].map(({ name, state }) => `${name} has not come to rest: ${state}`);
}

function figuresOf(
  { server, bridge, clients, pages }: Testbed,
  struck: Map<Fault, number>,
  kept: Kept,
): ChaosReport["figures"] {
  const times = (...faults: Fault[]) => sum(faults.map((fault) => struck.get(fault) ?? 0));
  return {
    "answers to clients": sum(clients.map(({ acts }) => acts.answers)),
    "answers to pages": sum(pages.map(({ acts }) => acts.answers)),
    "changes of clients": sum(clients.map(({ acts }) => acts.changes)),
    "changes of pages": sum(pages.map(({ acts }) => acts.changes)),
    "messages in the database": kept.messages,
    "changes in the database": kept.changes,
    "kills of the server": server.kills,
    "replacements of the database": times("replaceDatabase"),
    "kills of the bridge": bridge.kills,
    "cuts of clients": times("cutClient"),
    "cuts of pages": times("cutPage", "cutPageWire"),
    "cuts between bridge and server": times("cutServerWire"),
    "stalls of clients": times("stallClient", "deafenClient"),
    "stalls of pages": times("stallPage"),
    "pages away for a while": times("awayPage"),
    "readers thrown out as too slow": new Set(clients.flatMap(({ tooSlow }) => [...tooSlow])).size,
    "reconnections of clients": sum(clients.map(({ reconnections }) => reconnections)),
    "reconnections of pages": sum(pages.map(({ reconnections }) => reconnections)),
    "entries that pages had to load": sum(pages.map(({ loaded }) => loaded)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
