/** The server's command line, as a person or a script sees it. */
import { spawnSync } from "node:child_process";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../../cli/exit-codes.ts";
import { OldClient } from "../doubles/old-clients.ts";
import { Program } from "../support/program.ts";
import { WireClient } from "../support/wire-client.ts";

async function start(...args: string[]): Promise<{ server: Program; port: number }> {
  const server = new Program("server/main.ts", ["--port", "0", "--memory", ...args]);
  const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
  return { server, port: Number(port) };
}

/**
 * Connects and waits for the greeting: only then is it certain that the program, and not just its system, has accepted.
 */
async function greeted(port: number, options: { allowHalfOpen?: boolean } = {}): Promise<WireClient> {
  const client = await WireClient.connect(port, options);
  onTestFinished(() => client.close());
  await client.until("(salotto/1)");
  return client;
}

async function join(port: number, name: string): Promise<WireClient> {
  const client = await greeted(port);
  client.send(`${name}\n`);
  await client.until(" here: ");
  await client.line();
  return client;
}

test("the first lines say where it listens, how to try it and how to open it to the network", async () => {
  const { server, port } = await start();
  await server.until(/Ctrl\+C/);
  expect(server.output).toContain(`Salotto is listening on 127.0.0.1:${port}.`);
  expect(server.output).toContain(`nc 127.0.0.1 ${port}`);
  expect(server.output).toContain("npm run server -- --host 0.0.0.0");
});

test("--help names every option", async () => {
  const server = new Program("server/main.ts", ["--help"]);
  expect(await server.exit).toBe(0);
  for (const option of [
    "--host",
    "--port",
    "--tls-port",
    "--tls-cert",
    "--tls-key",
    "--tls-self-signed",
    "--invited-only",
    "--tls-required",
    "--data",
    "--memory",
    "--keep-days",
    "--keep-messages",
    "--exit-when-empty",
    "--echo",
    "--lang",
    "--log-level",
    "--log-format",
    "--metrics-port",
  ]) {
    expect(server.output).toContain(option);
  }
});

describe("a mistake on the command line is one clear line and a non-zero exit", () => {
  test.each([
    [["--prot", "8080"], "error: unknown option '--prot'"],
    [["--port", "70000"], "A port must be a whole number from 0 to 65535."],
    [["--port", "http"], "A port must be a whole number from 0 to 65535."],
    [["--lang", "fr"], "Allowed choices are en, it."],
    [["--keep-days", "0"], "It must be a whole number of 1 or more."],
    [["--log-level", "loud"], "Allowed choices are trace, debug, info, warn, error, fatal, silent."],
    [["--memory", "--invited-only"], "invited-only needs data: without, nobody could ever be invited."],
    [["--port", "0", "--invited-only"], "invited-only needs data"],
    [["8080"], "error: too many arguments"],
    [["--host", ""], "It must be an address or a name, such as 127.0.0.1."],
  ])("%j", async (args, message) => {
    const server = new Program("server/main.ts", args);
    expect(await server.exit).toBe(exitCodes.usage);
    expect(server.stderr).toContain(message);
    expect(server.stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  test("tells everyone that the server is closing, closes every connection and exits 0", async () => {
    const { server, port } = await start();
    const anna = await join(port, "anna");
    const nameless = await greeted(port);
    server.process.kill(signal);
    await anna.until("* The server is shutting down. Bye!\n");
    await nameless.until("* The server is shutting down. Bye!\n");
    expect(await anna.ended()).toBe("fin");
    // It may be an old client that has not been given its name.
    expect(await nameless.ended()).toBe("reset");
    expect(await server.exit).toBe(0);
    expect(anna.unseen).toBe("");
  });

  test.each(["b", "ancestor"] as const)("leaves no client %s spinning", async (kind) => {
    const { server, port } = await start();
    const old = await OldClient.open(kind, port);
    old.enter("carlo");
    await old.row("* 1 here: carlo");
    server.process.kill(signal);
    await old.row("* The server is shutting down. Bye!");
    await old.becomes("ended");
    expect(await server.exit).toBe(0);
  });
});

test("a second SIGINT exits at once, although somebody does not close", async () => {
  const { server, port } = await start();
  const stubborn = await greeted(port, { allowHalfOpen: true });
  const old = await OldClient.open("b", port);
  old.enter("carlo");
  await old.row("* 1 here: carlo");
  server.process.kill("SIGINT");
  await stubborn.until("* The server is shutting down. Bye!\n");
  const impatience = setInterval(() => server.process.kill("SIGINT"), 20);
  onTestFinished(() => clearInterval(impatience));
  expect(await server.exit).toBe(130);
  // The end of a process is a FIN to everyone, unless it does something about it: an old client would spin on it.
  await old.becomes("ended");
});

test("two SIGINTs that come together, as from npm and the terminal, are one", async () => {
  const { server, port } = await start();
  const anna = await join(port, "anna");
  server.process.kill("SIGINT");
  server.process.kill("SIGINT");
  await anna.until("* The server is shutting down. Bye!\n");
  expect(await server.exit).toBe(0);
});

/** Starts a program in a terminal, waits for its last line, and closes the terminal. Node has no terminals of its own. */
const closedTerminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
said = b""
while b"Ctrl+C" not in said: said += os.read(terminal, 4096)
os.close(terminal)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

test.skipIf(spawnSync("python3", ["-c", "import pty"]).status !== 0)("a closed terminal ends it in good order", () => {
  const server = [process.execPath, "server/main.ts", "--port", "0", "--memory"];
  const ended = spawnSync("python3", ["-c", closedTerminal, ...server], { timeout: 15_000 });
  expect(ended.stderr.toString()).toBe("");
  expect(ended.status).toBe(0);
});

test("--exit-when-empty waits for the first person, and ends when the last has left", async () => {
  const { server, port } = await start("--exit-when-empty");
  const nameless = await greeted(port);
  nameless.close();
  const anna = await join(port, "anna");
  const bruno = await join(port, "bruno");
  anna.send("{quit}\n");
  await bruno.until("* anna left (1 here)\n");
  bruno.send("{quit}\n");
  expect(await server.exit).toBe(0);
  expect(server.output).toContain("The last person has left. Goodbye!");
});

test("--echo and --lang it", async () => {
  const { port } = await start("--echo", "--lang", "it");
  const client = await WireClient.connect(port);
  onTestFinished(() => client.close());
  expect(await client.line()).toBe("Ti diamo il benvenuto in Salotto (salotto/1). Scrivi il tuo nome e premi Invio.");
  client.send("carla\nciao\n");
  await client.until("Ciao, carla!");
  await client.until("carla: ciao\n");
});

test("the log tells who connects from where, joins, leaves and why, and how many are here", async () => {
  const { server, port } = await start();
  const anna = await join(port, "anna");
  const { address } = anna;
  anna.send("/nick annina\n");
  await anna.until("annina");
  anna.socket.resetAndDestroy();
  await server.until(/disconnected/);
  const log = server.output.split("\n").filter((line) => line.includes(address));
  expect(log.map((line) => line.replace(/^.*INFO: /, ""))).toEqual([
    `connected {"from":"${address}"}`,
    `joined {"person":"anna","from":"${address}","count":1}`,
    `renamed {"person":"anna","from":"${address}","to":"annina"}`,
    `left {"person":"annina","from":"${address}","reason":"lost","count":0}`,
    `disconnected {"from":"${address}"}`,
  ]);
});
