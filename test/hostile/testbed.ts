/**
 * The target of an attack: the server is a separate process, and so are the attackers. From here, bystanders observe
 * how fast they are answered before and during the attack, whether they stay connected, and whether everything they say
 * arrives.
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
import { bridgeLink, Program } from "../../bench/program.ts";
import type { MessageDraft } from "../../server/chat/ports.ts";
import { serverLimits } from "../../server/limits.ts";
import { by, draft, openSqlite, personCalled, TestLog } from "../contract/logs.ts";
import { freePort } from "../support/free-port.ts";
import type { Attack, Needs, Scale } from "./attack.ts";
import { Bystanders } from "./bystanders.ts";
import type { Order, Report } from "./load.ts";

export interface Damage {
  /** The least that the slowest hundredth of the answers took, before and during the attack, in milliseconds. */
  idleMs: number;
  busyMs: number;
  /** The most memory that the server or the bridge ever had, in MB; undefined where the system does not tell. */
  rssMb: number | undefined;
  /** Bystanders that were disconnected, or not let in. */
  kicked: readonly string[];
  undelivered: readonly string[];
  /** What should not have been possible. */
  faults: readonly string[];
  /** Figures of the attack's own. */
  notes: readonly string[];
}

export class Testbed {
  readonly #scale: Scale;
  readonly #data: string;
  readonly #server: Program;
  readonly #tlsPort: number;
  readonly #bridge: Program | undefined;
  readonly #ownPort: number | undefined;
  readonly #bystanders: Bystanders;
  readonly #load = fork(fileURLToPath(new URL("./load.ts", import.meta.url)));

  private constructor(
    scale: Scale,
    data: string,
    programs: { server: Program; tlsPort: number; bridge: Program | undefined; ownPort: number | undefined },
    bystanders: Bystanders,
  ) {
    this.#scale = scale;
    this.#data = data;
    this.#server = programs.server;
    this.#tlsPort = programs.tlsPort;
    this.#bridge = programs.bridge;
    this.#ownPort = programs.ownPort;
    this.#bystanders = bystanders;
  }

  static async open(scale: Scale, { withBridge, withMessages, asServer }: Needs): Promise<Testbed> {
    const data = await mkdtemp(join(tmpdir(), "salotto-hostile-"));
    if (withMessages) await fill(data, scale.messages);
    const tlsPort = await freePort();
    const tls = ["--tls-port", String(tlsPort), "--tls-self-signed"];
    const args = ["--port", "0", "--data", data, "--log-level", "error", ...tls];
    const server = await Program.start("server/main.ts", args, /:(\d+)/);
    const ownPort = asServer ? await freePort() : undefined;
    const bridgeArgs = ["--port", String(ownPort ?? server.port), "--web-port", "0", "--log-level", "error"];
    const bridge = withBridge || asServer ? await Program.start("bridge/main.ts", bridgeArgs, bridgeLink) : undefined;
    const bystanders = await Bystanders.enter(server.port, bridge?.address);
    return new Testbed(scale, data, { server, tlsPort, bridge, ownPort }, bystanders);
  }

  /** Suffers an attack. @param idleSeconds how long the bystanders are watched before, for comparison */
  async suffer(attack: Attack, idleSeconds = 0): Promise<Damage> {
    const bystanders = this.#bystanders;
    bystanders.takeAnswersMs();
    await pause(idleSeconds * 1_000);
    const idle = bystanders.takeAnswersMs();
    const order: Order = {
      ...{ attack: attack.name, port: this.#server.port, tlsPort: this.#tlsPort },
      ...{ bridgeUrl: this.#bridge?.address, ownPort: this.#ownPort },
      ...{ data: this.#data, scale: this.#scale },
    };
    this.#load.send(order);
    const begun = await next(this.#load);
    if (begun.type !== "begun") throw new Error("the attack ended before it began");
    bystanders.takeAnswersMs();
    const ended = await next(this.#load);
    const busy = bystanders.takeAnswersMs();
    const undelivered = await bystanders.undelivered();
    const { faults, notes } = ended.type === "ended" ? ended : { faults: [], notes: [] };
    return {
      idleMs: quantile(idle, 0.99),
      busyMs: quantile(busy, 0.99),
      rssMb: peakMb(this.#server.pid, this.#bridge?.pid),
      kicked: bystanders.kicked,
      undelivered,
      ...{ faults, notes },
    };
  }

  async close(): Promise<void> {
    this.#load.kill();
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

/** Linux tells a process's peak memory. @returns that of the largest */
function peakMb(...pids: readonly (number | undefined)[]): number | undefined {
  try {
    const peaks = pids
      .filter((pid) => pid !== undefined)
      .map((pid) => /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
    return Math.round(Math.max(...peaks.map(Number)) / 1_024);
  } catch {
    return undefined;
  }
}

/** Observers and attackers also need places among the people remembered. */
const PLACES_LEFT = 500;

/**
 * Writes a database with that many messages in the lobby; `person 0` said the first, and was seen before everybody
 * else.
 */
async function fill(data: string, messages: number): Promise<void> {
  const { peopleMax } = serverLimits;
  const store = new TestLog(openSqlite({ file: join(data, "salotto.db") }), () => new Date());
  const nameOf = (index: number) => `person ${index % (peopleMax - PLACES_LEFT)}`;
  const seen = new Date(0).toISOString();
  await store.note(
    Array.from({ length: Math.min(messages, peopleMax - PLACES_LEFT) }, (_, index) => {
      const name = nameOf(index);
      const names = [{ spelled: name, isUsed: true }];
      return { type: "person", person: personCalled(name), name, seen, tookPart: true, names };
    }),
  );
  const draftOf = (index: number): MessageDraft =>
    draft(`m${index}`, {
      ...by(nameOf(index)),
      text: `message ${index} about a matter that many people have much to say of`,
    });
  for (let from = 0; from < messages; from += 10_000) {
    await store.append(Array.from({ length: Math.min(10_000, messages - from) }, (_, index) => draftOf(from + index)));
  }
  await store.log.close();
}
