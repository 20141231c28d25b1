/** One of our programs as a process of its own, as people run it: it shares no thread with who measures. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export class Program {
  /** Where it listens. */
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
  }

  /**
   * @param file the program, from the top of the repository
   * @param listening finds the port in what it prints
   */
  static async start(file: string, args: readonly string[], listening: RegExp): Promise<Program> {
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    const running = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    for await (const text of running.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      printed += text;
      const [, port] = listening.exec(printed) ?? [];
      if (port === undefined) continue;
      // What it prints from now on is of no use, but it must be able to.
      running.stdout.resume();
      return new Program(running, Number(port));
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
