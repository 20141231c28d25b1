/**
 * The first and last words of each program, in every combination of what can go wrong. When it cannot start: one clear
 * line, a non-zero exit code, and no goodbye. When it is stopped, at any moment: a goodbye and 0.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { explainListenError as explainWebError } from "../bridge/listen.ts";
import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";
import { explainListenError } from "../server/main-lines.ts";
import { startOldServer } from "./doubles/old-servers.ts";
import { Program } from "./support/program.ts";
import { startTestServer } from "./support/test-server.ts";

const programs = {
  "npm start": "scripts/start.ts",
  "npm run server": "server/main.ts",
  "npm run bridge": "bridge/main.ts",
} as const;
type Name = keyof typeof programs;

/** Something in the way of a program; returns the options that meet it, and what the program should say. */
type Obstacle = () => Promise<{ args: string[]; error: string; exitCode: ExitCode }>;

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "salotto-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const portTaken: Obstacle = async () => {
  const { port } = await startTestServer();
  const error = `127.0.0.1:${port} is in use by another program. Stop it, or choose another port: --port ${port + 1}`;
  return { args: ["--port", `${port}`, "--memory"], error, exitCode: exitCodes.address };
};

const dataLocked: Obstacle = async () => {
  const data = temporaryDirectory();
  await startTestServer({ data });
  const error = `another server is using the database: ${join(data, "salotto.db")}. Choose another directory with --data, or --memory`;
  return { args: ["--port", "0", "--data", data], error, exitCode: exitCodes.dataInUse };
};

/** The same command again: another directory would not help. */
const startedTwice: Obstacle = async () => {
  const data = temporaryDirectory();
  const { port } = await startTestServer({ data });
  const error = `127.0.0.1:${port} is in use by another program. Stop it, or choose another port: --port ${port + 1}`;
  return { args: ["--port", `${port}`, "--data", data], error, exitCode: exitCodes.dataInUse };
};

const notADirectory: Obstacle = async () => {
  const file = join(import.meta.dirname, "start.test.ts");
  const error = `${join(file, "salotto.db")}. Choose another directory with --data, or --memory`;
  return { args: ["--port", "0", "--data", file], error, exitCode: exitCodes.data };
};

const notAnAddress: Obstacle = async () => ({
  args: ["--port", "0", "--memory", "--host", "203.0.113.7"],
  error:
    "203.0.113.7 is not an address of this computer. Use 127.0.0.1, or 0.0.0.0 for all its networks: --host 0.0.0.0",
  exitCode: exitCodes.address,
});

const metricsPortTaken: Obstacle = async () => {
  const { port } = await startTestServer();
  const error = `port ${port} is in use by another program. Choose another for metrics and health: --metrics-port 0`;
  return { args: ["--port", "0", "--memory", "--metrics-port", `${port}`], error, exitCode: exitCodes.address };
};

const optionWrong: Obstacle = async () => ({
  args: ["--port", "70000"],
  error: "A port must be a whole number from 0 to 65535.",
  exitCode: exitCodes.usage,
});

/** No port comes after the last one. If somebody else has it, it is taken as well. */
const webPortTaken: Obstacle = async () => {
  const server = createServer();
  await new Promise((resolve) => server.once("error", resolve).listen(65_535, "127.0.0.1", () => resolve(undefined)));
  onTestFinished(() => void server.close());
  return {
    args: ["--web-port", "65535"],
    error: "port 65535 is in use by other programs. Choose another for the page: --web-port 0",
    exitCode: exitCodes.address,
  };
};

const cannotStart: [what: string, name: Name, obstacle: Obstacle, more?: string[]][] = [
  ["the port is taken", "npm start", portTaken, ["--web-port", "0"]],
  ["the port is taken", "npm run server", portTaken],
  ["the data is another server's", "npm start", dataLocked, ["--web-port", "0"]],
  ["the data is another server's", "npm run server", dataLocked],
  ["it runs already", "npm run server", startedTwice],
  ["the data cannot be there", "npm run server", notADirectory],
  ["the address is another computer's", "npm run server", notAnAddress],
  ["the port for metrics is taken", "npm run server", metricsPortTaken],
  ["an option is wrong", "npm start", optionWrong],
  ["an option is wrong", "npm run server", optionWrong],
  ["an option is wrong", "npm run bridge", optionWrong],
  ["the web port is taken", "npm start", webPortTaken, ["--port", "0", "--memory"]],
  ["the web port is taken", "npm run bridge", webPortTaken],
];

describe("a program that cannot start says why in one line, and no more:", () => {
  test.each(cannotStart)("%s, %s", async (_what, name, obstacle, more = []) => {
    const { args, error, exitCode } = await obstacle();
    const program = new Program(programs[name], [...args, ...more, "--log-level", "warn"]);
    expect(await program.exit).toBe(exitCode);
    expect(program.output).toMatch(/^error: [^\n]*\n$/);
    expect(program.output).toContain(error);
  });

  test("no right to open the port", () => {
    const denied = Object.assign(new Error("listen EACCES"), { code: "EACCES" });
    expect(explainListenError(denied, "127.0.0.1", 80)).toBe(
      "127.0.0.1:80 needs administrator rights. Choose a port of 1024 or above: --port 8080",
    );
    expect(explainWebError(denied, 80)).toBe(
      "port 80 needs administrator rights. Choose one of 1024 or above for the page: --web-port 3000",
    );
  });
});

const quiet = ["--log-level", "error"];
const running: [name: Name, args: string[], ready: RegExp, goodbye: string][] = [
  ["npm start", ["--port", "0", "--web-port", "0", "--memory"], /Ctrl\+C stops everything/, "Stopping…"],
  ["npm run server", ["--port", "0", "--memory"], /Ctrl\+C stops it/, "Stopping the server…"],
  ["npm run bridge", ["--port", "9", "--web-port", "0"], /Ctrl\+C stops the bridge/, "Stopping the bridge…"],
];

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  test.each(running)("ends %s with its goodbye and 0", async (name, args, ready, goodbye) => {
    const program = new Program(programs[name], [...args, ...quiet]);
    await program.until(ready);
    program.process.kill(signal);
    expect(await program.exit).toBe(0);
    expect(program.output.trimEnd().split("\n").at(-1)).toBe(goodbye);
    expect(program.stderr).toBe("");
  });
});

test.each(running)(
  "a signal at the first word of %s lets it start, and then ends it",
  async (name, args, _ready, goodbye) => {
    const program = new Program(programs[name], [...args, ...quiet]);
    await program.until(/./);
    program.process.kill("SIGINT");
    expect(await program.exit).toBe(0);
    expect(program.output.trimEnd().split("\n").at(-1)).toBe(goodbye);
    expect(program.stderr).toBe("");
  },
);

test("a signal ends a bridge whose server is gone as quickly as any", async () => {
  const server = await startOldServer("ancestor");
  const program = new Program(programs["npm run bridge"], ["--port", `${server.port}`, "--web-port", "0", ...quiet]);
  await program.until(/Ctrl/);
  await server.close();
  program.process.kill("SIGTERM");
  expect(await program.exit).toBe(0);
  expect(program.output).toContain("Stopping the bridge…");
  expect(program.output).not.toContain("Leaving");
});

test("a signal that comes while a program fails adds nothing to its error", async () => {
  const { args, error } = await portTaken();
  const program = new Program(programs["npm run server"], args);
  const impatience = setInterval(() => program.process.kill("SIGTERM"), 5);
  onTestFinished(() => clearInterval(impatience));
  const ended = await program.exit;
  // Killed before it could say anything, or at the end of its error; never with a goodbye to people who were not there.
  expect(["SIGTERM", exitCodes.address, exitCodes.impatient]).toContain(ended);
  expect(["", `error: ${error}\n`]).toContain(program.output);
});
