/** Runs one of our programs as a separate process, as people do, so that it shares no thread with the measurement. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The bridge's link in its output. */
export const bridgeLink = /http:\/\/localhost:(\d+)\/\?token=\S+/;

export class Program {
  /** What says where it listens. */
  readonly address: string;
  /** The port it listens on. */
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, address: string, port: number) {
    this.#process = process;
    this.address = address;
    this.port = port;
  }

  /**
   * @param file the program, relative to the repository
   * @param listening finds the address in the program's output, and in it the port
   */
  static async start(file: string, args: readonly string[], listening: RegExp): Promise<Program> {
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    const env = { ...process.env, SALOTTO_LOG_FORMAT: "pretty" };
    const running = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"], env });
    let printed = "";
    for await (const text of running.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      printed += text;
      const [address = "", port] = listening.exec(printed) ?? [];
      if (port === undefined) continue;
      // Later output is of no use, but must be drained.
      running.stdout.resume();
      return new Program(running, address, Number(port));
    }
    throw new Error(`${file} did not start: ${printed}`);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
  }
}
