/** `npm run doctor` on real data and ports, well and broken: what it finds, what it advises, and its exit code. */
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../cli/exit-codes.ts";
import { judgeSpace } from "../scripts/doctor/check-directory.ts";
import { checkClock, checkNode, checkOpenFiles, openFilesMax } from "../scripts/doctor/check-system.ts";
import { worst } from "../scripts/doctor/finding.ts";
import { Program } from "./support/program.ts";
import { barrier, startTestServer } from "./support/test-server.ts";

function dataDirectory(): string {
  const data = mkdtempSync(join(tmpdir(), "salotto-doctor-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** A directory that a server has used. */
async function usedDirectory(): Promise<string> {
  const data = dataDirectory();
  const server = await startTestServer({ data });
  const anna = await server.joinJson("anna");
  for (let i = 0; i < 200; i++) {
    anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: `${i} `.repeat(200) });
  }
  await barrier(anna);
  await server.close();
  return data;
}

/** Something else that listens. */
async function foreignPort(): Promise<number> {
  const server = createServer((socket) => socket.end("220 mail.example ESMTP\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

async function examine(...args: string[]): Promise<{ exit: unknown; lines: string[] }> {
  const doctor = new Program("scripts/doctor.ts", ["--port", "0", ...args]);
  const exit = await doctor.exit;
  expect(doctor.stderr).toBe("");
  return { exit, lines: doctor.output.trimEnd().split("\n") };
}

function change(data: string, statement: string): void {
  const database = new DatabaseSync(join(data, "salotto.db"));
  database.exec(statement);
  database.close();
}

test("what is well is one line each, and 0", async () => {
  const { exit, lines } = await examine("--data", await usedDirectory());
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
  expect(lines.join("\n")).toMatch(/database: version \d+, .* MB, undamaged/);
  expect(exit).toBe(exitCodes.ok);
});

test("a server that is running has its ports and its data, and is not disturbed", async () => {
  const data = dataDirectory();
  const server = await startTestServer({ data, metricsPort: 0 });
  const anna = await server.joinJson("anna");
  const ports = ["--port", String(server.port), "--metrics-port", String(server.metricsPort)];
  const { exit, lines } = await examine("--data", data, ...ports);
  expect(lines).toContain(`ok       port: a Salotto server is running on 127.0.0.1:${server.port}`);
  expect(lines).toContain(`ok       metrics port: a Salotto server is running on 127.0.0.1:${server.metricsPort}`);
  expect(exit).toBe(exitCodes.ok);
  anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "still here" });
  expect(await barrier(anna)).toContain("msgid");
});

test("nothing is made by looking, before the first start", async () => {
  const data = join(dataDirectory(), "inner", "deep");
  const { exit, lines } = await examine("--data", data);
  expect(lines).toContain(`ok       data directory: ${data} is made at the first start`);
  expect(statSync(data, { throwIfNoEntry: false })).toBeUndefined();
  expect(exit).toBe(exitCodes.ok);
});

test("messages in memory need no data", async () => {
  const { exit, lines } = await examine("--memory");
  expect(lines).toContain("ok       database: none: messages are kept in memory only");
  expect(exit).toBe(exitCodes.ok);
});

describe("a broken database is a problem, with what to do:", () => {
  test.each<[what: string, damage: (data: string) => void, line: RegExp, exit: number]>([
    [
      "pages overwritten",
      (data) => {
        change(data, "PRAGMA wal_checkpoint(TRUNCATE)");
        const file = join(data, "salotto.db");
        const descriptor = openSync(file, "r+");
        writeSync(descriptor, Buffer.alloc(40_960, 0x5a), 0, 40_960, Math.floor(statSync(file).size / 8_192) * 4_096);
      },
      /^problem {2}database: .*salotto\.db( is damaged: |: the database is damaged)/,
      exitCodes.problem,
    ],
    [
      "something else in its place",
      (data) => writeFileSync(join(data, "salotto.db"), "a text, and no database ".repeat(100)),
      /^problem {2}database: .*damaged or belongs to another program/,
      exitCodes.problem,
    ],
    [
      "a newer program's",
      (data) => change(data, "PRAGMA user_version = 999"),
      /^problem {2}database: version 999, but this program knows versions up to \d+$/,
      exitCodes.problem,
    ],
    [
      "an older program's",
      (data) => change(data, "PRAGMA user_version = 3"),
      /^warning {2}database: version 3, .*; the next start brings it to version \d+$/,
      exitCodes.warning,
    ],
  ])("%s", async (_what, damage, line, code) => {
    const data = await usedDirectory();
    damage(data);
    const before = readFileSync(join(data, "salotto.db"));
    const { exit, lines } = await examine("--data", data);
    const at = lines.findIndex((each) => line.test(each));
    expect([lines, at]).not.toEqual([lines, -1]);
    expect(lines[at + 1]).toMatch(/^ {9}[A-Z].*\.$/);
    expect(exit).toBe(code);
    expect(readFileSync(join(data, "salotto.db")).equals(before)).toBe(true);
  });
});

test("a data directory that others may read is a warning", async () => {
  const data = await usedDirectory();
  chmodSync(data, 0o755);
  const { exit, lines } = await examine("--data", data);
  const found = `warning  data directory: other users of this computer may look into ${data}, which has every message`;
  expect(lines).toContain(found);
  expect(lines).toContain(`         Close it: chmod 700 ${data}`);
  expect(exit).toBe(exitCodes.warning);
});

test.skipIf(process.getuid?.() === 0)("one that cannot be written is a problem", async () => {
  const data = await usedDirectory();
  chmodSync(data, 0o500);
  const { exit, lines } = await examine("--data", data);
  expect(lines.join("\n")).toContain(`problem  data directory: ${data} cannot be written (EACCES)`);
  expect(exit).toBe(exitCodes.problem);
});

test("a file where the data directory should be is a problem", async () => {
  const file = join(dataDirectory(), "file");
  writeFileSync(file, "");
  expect((await examine("--data", file)).exit).toBe(exitCodes.problem);
  const { exit, lines } = await examine("--data", join(file, "inner"));
  expect(lines.join("\n")).toContain("does not exist and cannot be made in");
  expect(exit).toBe(exitCodes.problem);
});

test("a port that something else has is a problem", async () => {
  const port = await foreignPort();
  const { exit, lines } = await examine("--memory", "--port", String(port), "--metrics-port", String(port));
  expect(lines).toContain(`problem  port: 127.0.0.1:${port} is in use by another program`);
  expect(lines).toContain(`         Stop it, or choose another port: --port ${port + 1}.`);
  expect(lines).toContain(`problem  metrics port: 127.0.0.1:${port} is in use by another program`);
  expect(exit).toBe(exitCodes.problem);
});

test("an address of another computer is a problem", async () => {
  const { exit, lines } = await examine("--memory", "--port", "18080", "--host", "203.0.113.7");
  expect(lines).toContain("problem  port: 203.0.113.7 is not an address of this computer");
  expect(exit).toBe(exitCodes.problem);
});

test("wrong settings are wrong here as they are for the server", async () => {
  const doctor = new Program("scripts/doctor.ts", ["--port", "70000"]);
  expect(await doctor.exit).toBe(exitCodes.usage);
});

test.each([
  ["v24.7.0", "ok"],
  ["v24.6.1", "problem"],
  ["v26.1.0", "ok"],
  ["v22.18.0", "problem"],
] as const)("Node %s: %s", (version, health) => {
  expect(checkNode(version).health).toBe(health);
});

test.each([
  ["2026-11-25T10:00:00Z", undefined, "ok"],
  ["2026-11-25T10:00:00Z", "2026-11-25T09:59:59Z", "ok"],
  ["2026-11-25T10:00:00Z", "2026-11-25T10:00:30Z", "ok"],
  ["2026-11-25T10:00:00Z", "2026-11-25T10:02:00Z", "problem"],
  ["2026-11-25T10:00:00Z", "2024-11-25T10:00:00Z", "warning"],
  ["1970-01-01T00:10:00Z", undefined, "problem"],
] as const)("a clock of %s with a newest message of %s: %s", (now, newest, health) => {
  expect(checkClock(Date.parse(now), newest && Date.parse(newest)).health).toBe(health);
});

test.each([
  [undefined, 3_000, "ok"],
  [4_096, 3_000, "ok"],
  [3_064, 3_000, "ok"],
  [3_063, 3_000, "warning"],
] as const)("%s open files for %s connections: %s", (filesMax, connectionsMax, health) => {
  expect(checkOpenFiles(filesMax, connectionsMax).health).toBe(health);
});

test.skipIf(process.platform === "win32")("how many files may be open is what the system says", () => {
  expect(openFilesMax()).toBeGreaterThan(64);
});

test.each([
  [99_000_000, 0, "problem"],
  [150_000_000, 80_000_000, "warning"],
  [160_000_000, 80_000_000, "ok"],
] as const)("%s bytes free for a database of %s: %s", (freeBytes, databaseBytes, health) => {
  expect(judgeSpace(freeBytes, databaseBytes).health).toBe(health);
});

test("the worst of all decides", () => {
  const finding = (health: "ok" | "warning" | "problem") => ({ health, about: "x", found: "y" });
  expect(worst([])).toBe("ok");
  expect(worst([finding("ok"), finding("problem"), finding("warning")])).toBe("problem");
  expect(worst([finding("warning"), finding("ok")])).toBe("warning");
});
