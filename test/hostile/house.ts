/**
 * What is attacked: the server is a process of its own, so are those who attack, and bystanders watch from here how
 * quickly they are answered before and meanwhile, whether they stay, and whether all that they say arrives.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { quantile } from "../../bench/figures.ts";
import { Program } from "../../bench/program.ts";
import type { MessageDraft } from "../../server/chat/ports.ts";
import { draft, openSqlite } from "../contract/logs.ts";
import type { Attack, Scale } from "./attack.ts";
import { Bystanders } from "./bystanders.ts";
import type { Order, Report } from "./load.ts";

export interface Outcome {
  /** What the slowest hundredth of the answers took at least, before the attack and meanwhile, in milliseconds. */
  idleMs: number;
  busyMs: number;
  /** The most memory that the server ever had, in MB; undefined where the system does not tell. */
  rssMb: number | undefined;
  /** Bystanders that were thrown out. */
  kicked: readonly string[];
  undelivered: readonly string[];
  /** What should not have been possible. */
  faults: readonly string[];
}

export interface HouseOptions {
  scale: Scale;
  withBridge?: boolean | undefined;
  withMessages?: boolean | undefined;
}

export class House {
  readonly #scale: Scale;
  readonly #data: string;
  readonly #server: Program;
  readonly #bridge: Program | undefined;
  readonly #bystanders: Bystanders;

  private constructor(scale: Scale, data: string, server: Program, bridge: Program | undefined, people: Bystanders) {
    this.#scale = scale;
    this.#data = data;
    this.#server = server;
    this.#bridge = bridge;
    this.#bystanders = people;
  }

  static async open({ scale, withBridge = false, withMessages = false }: HouseOptions): Promise<House> {
    const data = await mkdtemp(join(tmpdir(), "salotto-hostile-"));
    if (withMessages) fill(data, scale.messages);
    const args = ["--port", "0", "--data", data, "--log-level", "error"];
    const server = await Program.start("server/main.ts", args, /:(\d+)/);
    const bridgeArgs = ["--port", String(server.port), "--web-port", "0", "--log-level", "error"];
    const bridge = withBridge ? await Program.start("bridge/main.ts", bridgeArgs, /localhost:(\d+)/) : undefined;
    return new House(scale, data, server, bridge, await Bystanders.enter(server.port));
  }

  /** Is attacked. @param idleSeconds for how long the bystanders are watched before, to compare with */
  async suffer(attack: Attack, idleSeconds = 0): Promise<Outcome> {
    const bystanders = this.#bystanders;
    const load = fork(fileURLToPath(new URL("./load.ts", import.meta.url)));
    try {
      bystanders.pings = [];
      await pause(idleSeconds * 1_000);
      const idle = bystanders.pings;
      const order: Order = {
        ...{ attack: attack.name, port: this.#server.port, bridgePort: this.#bridge?.port },
        ...{ data: this.#data, scale: this.#scale },
      };
      load.send(order);
      const begun = await next(load);
      if (begun.type !== "begun") throw new Error("the attack ended before it began");
      bystanders.pings = [];
      const ended = await next(load);
      const busy = bystanders.pings;
      const undelivered = await bystanders.undelivered();
      return {
        idleMs: quantile(idle, 0.99),
        busyMs: quantile(busy, 0.99),
        rssMb: peakMb(this.#server.pid),
        kicked: bystanders.kicked,
        undelivered,
        faults: ended.type === "ended" ? ended.faults : [],
      };
    } finally {
      load.kill();
    }
  }

  async close(): Promise<void> {
    this.#bystanders.leave();
    await this.#bridge?.stop();
    await this.#server.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** @throws when the attackers end without a word */
async function next(load: ReturnType<typeof fork>): Promise<Report> {
  const ended = new AbortController();
  try {
    const [report] = await Promise.race([
      once(load, "message", { signal: ended.signal }),
      once(load, "exit", { signal: ended.signal }).then(() => {
        throw new Error("the attackers have ended without a word");
      }),
    ]);
    return report;
  } finally {
    ended.abort();
  }
}

/** Linux tells how much memory a process has had at most. */
function peakMb(pid: number | undefined): number | undefined {
  try {
    const [, kib] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kib === undefined ? undefined : Math.round(Number(kib) / 1_024);
  } catch {
    return undefined;
  }
}

/** Writes a database with so many messages in the lobby. */
function fill(data: string, messages: number): void {
  const store = openSqlite({ file: join(data, "salotto.db"), now: () => new Date(), peopleMax: 100 });
  const draftOf = (index: number): MessageDraft =>
    draft(`m${index}`, {
      from: `person ${index % 50}`,
      text: `message ${index} about a matter that many people have much to say of`,
    });
  for (let from = 0; from < messages; from += 10_000) {
    store.append(Array.from({ length: Math.min(10_000, messages - from) }, (_, index) => draftOf(from + index)));
  }
  store.close();
}
