/** Runs one of our programs in a separate process, for tests of command lines, signals and exit codes. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export class Program {
  readonly process: ChildProcess;
  /** What it has printed so far, both streams in order of arrival. */
  output = "";
  stderr = "";
  /** Resolves with the exit code, or the name of the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals | null>;
  readonly #watchers = new Set<() => void>();

  /**
   * @param file the program, relative to the repository; it is killed after the test
   * @param fileBlocksMax the size that no file may exceed, in blocks of 512 bytes: to the program, the disk is then
   * full
   */
  constructor(file: string, args: readonly string[] = [], env = process.env, fileBlocksMax?: number) {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
    const limit = ["/bin/sh", "-c", `trap "" XFSZ; ulimit -f ${fileBlocksMax}; exec "$0" "$@"`];
    const [command = "", ...rest] = [...(fileBlocksMax === undefined ? [] : limit), process.execPath, path, ...args];
    // Its output is a pipe, but most tests read what people read.
    const forPeople = { SALOTTO_LOG_FORMAT: "pretty", ...env };
    this.process = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"], env: forPeople });
    this.process.stdout?.setEncoding("utf8").on("data", (text: string) => this.#print(text));
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
      this.#print(text);
    });
    this.exit = new Promise((resolve) => this.process.once("close", (code, signal) => resolve(code ?? signal)));
    onTestFinished(() => {
      this.process.kill("SIGKILL");
    });
  }

  /** Waits until the output matches. @returns the match */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const watcher = () => {
      const match = pattern.exec(this.output);
      if (match) resolve(match);
    };
    const giveUp = setTimeout(
      () => reject(new Error(`waited in vain for ${pattern}; printed: ${this.output}`)),
      15_000,
    );
    this.#watchers.add(watcher);
    watcher();
    return promise.finally(() => {
      clearTimeout(giveUp);
      this.#watchers.delete(watcher);
    });
  }

  #print(text: string): void {
    this.output += text;
    for (const watcher of this.#watchers) watcher();
  }
}
