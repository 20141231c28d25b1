/** The process that attacks: it takes from the one that measures which attack, and where, and says what it found. */

import type { Scale, Target } from "./attack.ts";
import { attacks } from "./attacks.ts";
import { Client } from "./client.ts";

/** What it is told, once. */
export interface Order {
  attack: string;
  port: number;
  bridgePort: number | undefined;
  data: string;
  scale: Scale;
}

/** What it says: that it is about to begin, and then that it has ended. */
export type Report = { type: "begun" } | { type: "ended"; faults: readonly string[] };

const report = (told: Report) => process.send?.(told);

async function carryOut({ attack: name, port, bridgePort, data, scale }: Order): Promise<void> {
  const attack = attacks.find((each) => each.name === name);
  if (!attack) throw new Error(`no attack is called ${name}`);
  const clients = new Set<Client>();
  const connect = async () => {
    const client = await Client.connect(port);
    clients.add(client);
    client.socket.once("close", () => clients.delete(client));
    return client;
  };
  const join = async (called: string) => {
    const client = await connect();
    await client.ask({ type: "login", name: called });
    return client;
  };
  if (attack.withCrowd) await Promise.all(Array.from({ length: scale.crowd }, (_, index) => join(`guest ${index}`)));
  const endsAtMs = performance.now() + scale.seconds * 1_000;
  const target: Target = { port, bridgePort, data, scale, connect, join, isOver: () => performance.now() >= endsAtMs };
  report({ type: "begun" });
  const faults = await attack.run(target);
  for (const client of clients) client.close();
  report({ type: "ended", faults });
  process.disconnect();
}

process.once("message", (order: Order) => void carryOut(order));
