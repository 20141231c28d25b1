/** Starting and stopping `npm run bridge` as people do, in a separate process. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { type BridgeOptions, bridgeCommand, serverOf } from "../../bridge/config.ts";
import { exitCodes } from "../../cli/exit-codes.ts";
import { friendlyAnswer, startJsonServer } from "../doubles/json-server.ts";
import { startOldServer } from "../doubles/old-servers.ts";
import { bridgeTo, TestPage, until } from "./page.ts";

const main = fileURLToPath(new URL("../../bridge/main.ts", import.meta.url));

interface Run {
  child: ChildProcess;
  out: string;
  err: string;
  /** The exit code, or the name of the signal that killed it. */
  ended: Promise<number | string | null>;
}

function run(...args: string[]): Run {
  const env = { ...process.env, SALOTTO_LOG_FORMAT: "pretty" };
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"], env });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on("close", (code, signal) => resolve(signal ?? code));
  });
  const started: Run = { child, out: "", err: "", ended };
  child.stdout?.on("data", (chunk) => {
    started.out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    started.err += chunk;
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return started;
}

/** Starts it on any free port, with somebody in the chat. */
async function runWithSomebody(port: number): Promise<Run> {
  const started = run("--port", `${port}`, "--web-port", "0");
  const url = await until(() => /http:\/\/localhost:\d+\/\?token=\S+/.exec(started.out)?.[0]);
  const page = new TestPage({ url });
  await page.join("anna");
  return started;
}

function parse(argv: string): BridgeOptions {
  return bridgeCommand().parse(argv.split(" ").filter(Boolean), { from: "user" }).opts<BridgeOptions>();
}

describe("the bridge's options", () => {
  it("have defaults", () => {
    expect(parse("")).toEqual({
      host: "127.0.0.1",
      tls: false,
      webPort: 3000,
      webSelfSigned: false,
      insecure: false,
      anyUser: false,
      lineEnd: "auto",
      open: false,
      exitWhenUnused: false,
      logLevel: "info",
      logFormat: "auto",
    });
  });

  it("are read", () => {
    const argv =
      "--host chat.example --port 1 --tls --web-port 65535 --any-user --line-end crlf --open --exit-when-unused --log-level debug";
    expect(parse(argv)).toEqual({
      host: "chat.example",
      port: 1,
      tls: true,
      webPort: 65_535,
      webSelfSigned: false,
      insecure: false,
      anyUser: true,
      lineEnd: "crlf",
      open: true,
      exitWhenUnused: true,
      logLevel: "debug",
      logFormat: "auto",
    });
    expect(parse("--host [::1]").host).toBe("::1");
  });

  const hash = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY";
  it.each([
    ["", { port: 8080, tls: undefined }],
    ["--tls", { port: 8443, tls: { fingerprint: undefined } }],
    ["--tls --port 7000", { port: 7000, tls: { fingerprint: undefined } }],
    // Whoever names a fingerprint wants it to be checked.
    [`--tls-fingerprint SHA256:${hash}=`, { port: 8443, tls: { fingerprint: `SHA256:${hash}` } }],
    [`--tls-fingerprint ${"0a".repeat(32)}`, { port: 8443, tls: { fingerprint: Array(32).fill("0A").join(":") } }],
    [
      `--tls --tls-fingerprint ${Array(32).fill("0a").join(":")}`,
      { port: 8443, tls: { fingerprint: Array(32).fill("0A").join(":") } },
    ],
  ])("%j say where the server is, and how it is recognised", (argv, server) => {
    expect(serverOf(parse(argv))).toEqual({ host: "127.0.0.1", ...server });
  });

  it.each([
    [["--frobnicate"], "unknown option '--frobnicate'"],
    [["--port", "0"], "port 0"],
    [["--port", "65536"], "0 to 65535"],
    [["--port", "http"], "0 to 65535"],
    [["--web-port", "-1"], "0 to 65535"],
    [["--tls-fingerprint", "SHA256:short"], "It must be a SHA-256 fingerprint"],
    [["--host", "10.0.0.5:8080"], "without a port"],
    [["--host", "http://x"], "host name"],
    [["--log-level", "loud"], "Allowed choices"],
    [["--line-end", "cr"], "Allowed choices are auto, none, lf, crlf."],
    [["somewhere"], "too many arguments"],
  ])("%j are refused with one line", (args, words) => {
    let err = "";
    const command = bridgeCommand().exitOverride();
    command.configureOutput({
      writeErr: (line) => {
        err += line;
      },
    });
    expect(() => command.parse(args, { from: "user" })).toThrow();
    expect(err).toContain(words);
    expect(err.trimEnd()).not.toContain("\n");
  });

  it("that are wrong end the process with 2 and one line on stderr", async () => {
    const started = run("--frobnicate");
    expect(await started.ended).toBe(exitCodes.usage);
    expect(started).toMatchObject({ out: "", err: "error: unknown option '--frobnicate'\n" });
  });

  it("are explained by --help", async () => {
    const started = run("--help");
    expect(await started.ended).toBe(0);
    for (const option of [
      "--host",
      "--port",
      "--tls",
      "--tls-fingerprint",
      "--web-port",
      "--listen",
      "--public-name",
      "--web-cert",
      "--web-key",
      "--insecure",
      "--any-user",
      "--line-end",
      "--open",
      "--exit-when-unused",
      "--log-level",
    ]) {
      expect(started.out).toContain(option);
    }
  });
});

describe("a running bridge", () => {
  it("says what to open, which server it talks to and how to stop it", async () => {
    const taken = await bridgeTo({ port: 9 });
    const started = run("--host", "10.0.0.5", "--port", "9", "--web-port", `${taken.port}`);
    await until(() => started.out.includes("Ctrl+C"));
    expect(started.out).toMatch(/http:\/\/localhost:\d+\/\?token=[\w-]{32} /);
    expect(started.out).toContain("10.0.0.5:9");
    expect(started.out).toContain(`Port ${taken.port} is in use`);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "says goodbye to the server at %s, even twice at once, and exits 0",
    async (signal) => {
      const server = await startJsonServer();
      onTestFinished(() => server.close());
      const started = await runWithSomebody(server.port);
      started.child.kill(signal);
      started.child.kill(signal);
      expect(await started.ended).toBe(0);
      expect(server.connections[0]?.received.at(-1)).toMatchObject({ type: "quit" });
      expect(started.out).toContain("joined the chat");
    },
  );

  it("that is stopped at once resets its connections: old servers take a bare close for something else", async () => {
    // It is slow to read, so the bridge waits for it to take the goodbye.
    const server = await startOldServer("ancestor", 0, 1_000);
    onTestFinished(() => server.close());
    const started = await runWithSomebody(server.port);
    started.child.kill("SIGINT");
    await until(() => /Stopping/.test(started.out));
    const impatience = setInterval(() => started.child.kill("SIGINT"), 50);
    onTestFinished(() => clearInterval(impatience));
    expect(await started.ended).toBe(130);
    await until(() => server.connections[0]?.ending !== "open");
    expect(server.connections[0]?.ending).toBe("rst");
  });

  it("does not wait for the server at a second SIGINT", async () => {
    const friendly = friendlyAnswer();
    const server = await startJsonServer((command, connection) =>
      command.type === "quit" ? undefined : friendly(command, connection),
    );
    onTestFinished(() => server.close());
    const started = await runWithSomebody(server.port);
    const impatience = setInterval(() => started.child.kill("SIGINT"), 100);
    onTestFinished(() => clearInterval(impatience));
    expect(await started.ended).toBe(130);
  });
});
