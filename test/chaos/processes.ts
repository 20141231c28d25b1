/** Runs one of our programs in a separate process, which is killed without warning and restarted as it was. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The last words of both programs once they have started. */
const started = /Ctrl\+C.*\n/;

export class Victim {
  kills = 0;
  /** What it printed after its first lines, when only errors are logged; and how it ended, if not because of us. */
  readonly complaints: string[] = [];
  readonly #file: string;
  readonly #args: readonly string[];
  readonly #expected: string;
  readonly #home: string;
  /** Its first lines. */
  printed = "";
  #process: ChildProcess | undefined;

  private constructor(file: string, args: readonly string[], home: string, expected: string) {
    this.#file = file;
    this.#args = args;
    this.#home = home;
    this.#expected = expected;
  }

  /**
   * @param file the program, relative to the repository
   * @param home where it keeps what it does not keep elsewhere
   * @param expected what its first lines must say: a program that could not have its port may take another
   */
  static async start(file: string, args: readonly string[], home: string, expected: string): Promise<Victim> {
    const victim = new Victim(file, args, home, expected);
    await victim.#start();
    return victim;
  }

  /** Kills it and starts it again; resolves when it is running. @param meanwhile runs while it is stopped */
  async kill(meanwhile = () => {}): Promise<void> {
    this.kills += 1;
    await this.stop();
    meanwhile();
    await this.#start();
  }

  /** Kills it for good. */
  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    running.kill("SIGKILL");
    await once(running, "exit");
  }

  async #start(): Promise<void> {
    const path = fileURLToPath(new URL(`../../${this.#file}`, import.meta.url));
    const running = spawn(process.execPath, [path, ...this.#args, "--log-level", "error", "--log-format", "pretty"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, HOME: this.#home, XDG_DATA_HOME: this.#home, LOCALAPPDATA: this.#home },
    });
    this.#process = running;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.printed = "";
    let isStarted = false;
    const print = (text: string) => {
      if (isStarted) this.complaints.push(`${this.#file} says: ${text}`);
      this.printed += isStarted ? "" : text;
      if (isStarted || !started.test(this.printed)) return;
      isStarted = true;
      if (this.printed.includes(this.#expected)) resolve();
      else reject(new Error(`${this.#file} does not say ${this.#expected}: ${this.printed}`));
    };
    running.stdout.setEncoding("utf8").on("data", print);
    running.stderr.setEncoding("utf8").on("data", print);
    running.once("exit", (code, signal) => {
      reject(new Error(`${this.#file} did not start: ${this.printed}`));
      if (running === this.#process) this.complaints.push(`${this.#file} ended by itself: ${code ?? signal}`);
    });
    await promise;
  }
}
