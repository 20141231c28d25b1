/** The faults while the clients talk, and how often each of them occurs. */
import { setTimeout as pause } from "node:timers/promises";
import type { JsonClient } from "./json-client.ts";
import type { PageClient } from "./page-client.ts";
import type { Victim } from "./processes.ts";
import type { Random } from "./random.ts";
import { replaceDatabase } from "./replaced-database.ts";
import type { Wire } from "./wire.ts";

/** Everything that can be harmed. */
export interface Testbed {
  server: Victim;
  /** The server's data directory. */
  data: string;
  bridge: Victim;
  /** Between the bridge and the server. */
  serverWire: Wire;
  /** Between the pages and the bridge. */
  pageWire: Wire;
  clients: readonly JsonClient[];
  pages: readonly PageClient[];
}

export type Fault = keyof typeof faults;

/**
 * A reader that takes nothing for this long is disconnected once all buffers are full; meanwhile, the others are left
 * in peace.
 */
const DEAF_MS = 20_000;
/** In a long run, once in this many faults. */
const DEAF_EVERY = 100;

const faults = {
  killServer: ({ server }: Testbed) => server.kill(),
  replaceDatabase: ({ server, data }: Testbed) => server.kill(() => replaceDatabase(data)),
  killBridge: ({ bridge }: Testbed) => bridge.kill(),
  killBoth: ({ server, bridge }: Testbed) => Promise.all([server.kill(), bridge.kill()]),
  cutClient: ({ clients }: Testbed, random: Random) => random.pick(clients).cut(random.pick(["reset", "end"])),
  cutPage: ({ pages }: Testbed, random: Random) => random.pick(pages).cut(),
  cutPageWire: ({ pageWire }: Testbed, random: Random) => pageWire.cut(random.next(), random.pick(["near", "far"])),
  cutServerWire: ({ serverWire }: Testbed, random: Random) =>
    serverWire.cut(random.next(), random.pick(["near", "far"])),
  stallClient: ({ clients }: Testbed, random: Random) => random.pick(clients).stall(random.between(100, 1_000)),
  stallPage: ({ pageWire }: Testbed, random: Random) => pageWire.stall(random.next(), random.between(100, 1_000)),
  // Sometimes long enough for more to be said than the bridge keeps for a page.
  awayPage: ({ pages }: Testbed, random: Random) => random.pick(pages).goAway(random.between(500, 8_000)),
  deafenClient: ({ clients }: Testbed, random: Random) => {
    random.pick(clients).stall(DEAF_MS);
    return pause(DEAF_MS);
  },
};

const likely: readonly Fault[] = [
  ...(["killServer", "killBridge", "killBoth", "replaceDatabase"] as const),
  ...(["cutClient", "cutClient", "cutClient", "cutPage", "cutPage"] as const),
  ...(["cutPageWire", "cutPageWire", "cutServerWire", "cutServerWire"] as const),
  ...(["stallClient", "stallClient", "stallPage", "stallPage", "awayPage"] as const),
];

/** @param turn counts the faults from 1 */
export function pickFault(random: Random, turn: number): Fault {
  return turn % DEAF_EVERY === DEAF_EVERY / 2 ? "deafenClient" : random.pick(likely);
}

/** Resolves when whatever was killed is running again. */
export async function strike(fault: Fault, testbed: Testbed, random: Random): Promise<void> {
  await faults[fault](testbed, random);
}
