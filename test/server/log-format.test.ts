/** The log of a program as its readers get it: a terminal, a supervisor, or somebody who has stopped reading. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../../cli/exit-codes.ts";
import { type LogOutput, openLog } from "../../cli/log.ts";
import { Program } from "../support/program.ts";
import { WireClient } from "../support/wire-client.ts";

const json = { ...process.env, SALOTTO_LOG_FORMAT: "auto" };

/** Standard output that a test reads, or does not. */
class Output implements LogOutput {
  lines: string[] = [];
  writableLength = 0;
  isTTY: boolean;
  fail: (error: Error) => void = () => {};

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: unknown, then?: unknown): boolean {
    this.lines.push(String(text));
    if (typeof then === "function") then();
    return true;
  }

  on(_event: string, listener: (...args: never[]) => void): never {
    this.fail = listener as (error: Error) => void;
    return this as never;
  }
}

test("without a terminal, everything on standard output is one JSON object a line", async () => {
  const server = new Program("server/main.ts", ["--port", "0", "--metrics-port", "0", "--memory"], json);
  const [, port] = await server.until(/"address":"127\.0\.0\.1:(\d+)"/);
  const client = await WireClient.connect(Number(port));
  onTestFinished(() => client.close());
  await client.until("(salotto/1)");
  const from = client.address;
  client.send("anna\nthis is a secret text\n/msg anna another one\n");
  await client.until("another one");
  server.process.kill("SIGTERM");
  expect(await server.exit).toBe(exitCodes.ok);
  const events = server.output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(["listening", "connected", "joined", "stopping", "left", "disconnected"]),
  );
  for (const { time, level, msg } of events) {
    expect(new Date(time).toISOString()).toBe(time);
    expect(level).toBe("info");
    expect(msg).not.toBe("");
  }
  expect(events.find(({ msg }) => msg === "joined")).toMatchObject({ person: "anna", from, count: 1 });
  expect(events[0]).toMatchObject({ msg: "listening", metricsPort: expect.any(Number) });
  expect(server.output).not.toMatch(/secret text|another one/);
  expect(server.stderr).toBe("");
});

test.each([
  ["auto on a terminal", "auto", true, false],
  ["auto elsewhere", "auto", false, true],
  ["json on a terminal", "json", true, true],
  ["pretty elsewhere", "pretty", false, false],
] as const)("%s", (_what, format, isTTY, isJson) => {
  const output = new Output(isTTY);
  const log = openLog("info", format, output);
  log.logger.warn({ count: 3 }, "something");
  log.tell("listening", { address: "here" }, ["Listening here.", "Try it."]);
  expect(output.lines.every((line) => line.endsWith("\n"))).toBe(true);
  if (isJson) {
    expect(output.lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "warn", count: 3, msg: "something" },
      { level: "info", address: "here", msg: "listening" },
    ]);
  } else {
    expect(output.lines[0]).toMatch(/^\[\d{4}-.*WARN.*: .*something.* \{"count":3\}/);
    expect(output.lines[1]).toBe("Listening here.\nTry it.\n");
  }
});

test("an error with several lines is one line in JSON", () => {
  const output = new Output();
  openLog("info", "json", output).logger.error({ err: new Error("one\ntwo") }, "failed");
  expect(output.lines.join("").trimEnd()).not.toContain("\n");
  expect(JSON.parse(output.lines.join("")).err.message).toBe("one\ntwo");
});

test("of what nobody reads, lines are left out, and the next one that is read says how many", () => {
  const output = new Output();
  const { logger } = openLog("info", "json", output);
  output.writableLength = 2_000_000;
  for (let i = 0; i < 5; i++) logger.info("unread");
  expect(output.lines).toEqual([]);
  output.writableLength = 0;
  logger.info("read");
  expect(output.lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: "warn", msg: "lines of the log were left out: nobody read it", count: 5 },
    { level: "info", msg: "read" },
  ]);
});

test("a reader of the log who is gone ends nothing", () => {
  const output = new Output();
  const { logger } = openLog("info", "json", output);
  output.fail(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  logger.info("unread");
  expect(output.lines).toEqual([]);
});

test("a log that nobody reads holds up neither the chat nor the end of the server", async () => {
  const main = fileURLToPath(new URL("../../server/main.ts", import.meta.url));
  const args = [main, "--port", "0", "--memory", "--log-level", "trace"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env: json });
  onTestFinished(() => void server.kill("SIGKILL"));
  // Whoever reads this stops after the first piece.
  const [piece] = await once(server.stdout, "data");
  server.stdout.pause();
  const [, port] = /"address":"127\.0\.0\.1:(\d+)"/.exec(String(piece)) ?? [];
  // Each takes two lines of some 100 bytes in the log: far more than a pipe holds.
  for (let round = 0; round < 40; round++) {
    const clients = await Promise.all(Array.from({ length: 50 }, () => WireClient.connect(Number(port))));
    await Promise.all(clients.map((client) => client.until("(salotto/1)")));
    for (const client of clients) client.close();
  }
  const client = await WireClient.connect(Number(port));
  onTestFinished(() => client.close());
  await client.until("(salotto/1)");
  client.send("anna\nciao\n/nick annina\n");
  await client.until("annina");
  server.kill("SIGTERM");
  await client.until("shutting down");
  const [code] = await once(server, "exit");
  expect(code).toBe(exitCodes.ok);
});
