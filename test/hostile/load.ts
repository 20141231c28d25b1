/** The attacking process: the measuring process tells it which attack and where, and it reports what it found. */
import { setTimeout as pause } from "node:timers/promises";
import type { Scale, Target } from "./attack.ts";
import { attacks } from "./attacks.ts";
import { Client } from "./client.ts";

/** An order; the next one comes when it has finished the previous one. */
export interface Order {
  attack: string;
  port: number;
  tlsPort: number;
  bridgeUrl: string | undefined;
  ownPort: number | undefined;
  data: string;
  scale: Scale;
}

/** Its reports: that it is about to start, and that it has ended. */
export type Report = { type: "begun" } | { type: "ended"; faults: readonly string[]; notes: readonly string[] };

/** Guests that arrive at once. */
const TOGETHER = 20;
/** Somebody from the previous attack may keep a name a moment longer. */
const TRIES_MAX = 100;
const RETRY_MS = 20;

const report = (told: Report) => process.send?.(told);

async function carryOut({ attack: name, scale, ...where }: Order): Promise<void> {
  const attack = attacks.find((each) => each.name === name);
  if (!attack) throw new Error(`no attack is called ${name}`);
  const clients = new Set<Client>();
  const connect = async (from?: string) => {
    const client = await Client.connect(where.port, from);
    clients.add(client);
    client.socket.once("close", () => clients.delete(client));
    return client;
  };
  const join = async (called: string, from?: string) => {
    const client = await connect(from);
    for (let tries = 1; ; tries++) {
      const answer = await client.ask({ type: "login", name: called });
      if (answer?.type === "ok") return client;
      const mayBeLeft = answer?.code === "name-taken" && tries < TRIES_MAX;
      if (!mayBeLeft) throw new Error(`${called} is not let in: ${answer?.message}`);
      await pause(RETRY_MS);
    }
  };
  // Each of them is told of every arrival: if all came at once, the last would wait long.
  for (let come = 0; attack.withCrowd && come < scale.crowd; come += TOGETHER) {
    await Promise.all(Array.from({ length: TOGETHER }, (_, index) => join(`guest ${come + index}`)));
  }
  const endsAtMs = performance.now() + scale.seconds * 1_000;
  const notes: string[] = [];
  const target: Target = {
    ...{ ...where, scale, connect, join },
    note: (text) => notes.push(text),
    isOver: () => performance.now() >= endsAtMs,
  };
  report({ type: "begun" });
  const faults = await attack.run(target).catch((error: unknown) => [`the attack came to nothing: ${error}`]);
  for (const client of clients) client.close();
  report({ type: "ended", faults, notes });
}

process.on("message", (order: Order) => void carryOut(order));
