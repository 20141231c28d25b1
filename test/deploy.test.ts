/**
 * The examples for systemd and containers work as they are: what they start starts, with settings that exist, is ready,
 * reloads and stops in order. The package that they install is tested in its own place.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../cli/exit-codes.ts";
import { namedSettings } from "../server/settings/server-config.ts";
import { freePort } from "./support/free-port.ts";
import { Program } from "./support/program.ts";

const deploy = join(import.meta.dirname, "..", "deploy");
const unit = readFileSync(join(deploy, "salotto.service"), "utf8");
const containerfile = readFileSync(join(deploy, "Containerfile"), "utf8");

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "salotto-deploy-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** All values of a key of the unit, in order. */
const valuesOf = (key: string) => [...unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map(([, value = ""]) => value);

/** An instruction of the container file, with its continued lines. */
function instruction(word: string): string {
  const joined = containerfile.replace(/\\\n\s*/g, "");
  return new RegExp(`^${word} (.*)$`, "m").exec(joined)?.[1] ?? "";
}

const unitEnvironment = () =>
  Object.fromEntries(valuesOf("Environment").map((each) => each.split("=") as [string, string]));
const containerEnvironment = () =>
  Object.fromEntries(
    [...instruction("ENV").matchAll(/(\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]),
  );

/** Starts what an example starts, as it says; only where its data and ports are is up to the test. */
async function started(environment: Record<string, string>): Promise<{ server: Program; env: NodeJS.ProcessEnv }> {
  const ours = { SALOTTO_DATA: folder(), SALOTTO_PORT: "0", SALOTTO_METRICS_PORT: String(await freePort()) };
  const env = { ...process.env, ...environment, SALOTTO_HOST: "127.0.0.1", ...ours };
  const server = new Program("server/main.ts", [], env);
  await server.until(/"msg":"listening"/);
  return { server, env };
}

const isReady = async (env: NodeJS.ProcessEnv) =>
  (await fetch(`http://127.0.0.1:${env.SALOTTO_METRICS_PORT}/readyz`)).ok;

test.each([
  ["the unit", unitEnvironment],
  ["the container file", containerEnvironment],
])("%s sets only what can be set", (_what, environment) => {
  const known = namedSettings.map(({ variable }) => variable);
  const set = Object.keys(environment()).filter((name) => name.startsWith("SALOTTO_"));
  expect(set.length).toBeGreaterThan(2);
  expect(set.filter((name) => !known.includes(name))).toEqual([]);
});

test("the unit's server is ready, reads its settings again when told to, and stops in order", async () => {
  expect(valuesOf("ExecStart")).toEqual(["/usr/local/bin/salotto server"]);
  const { server, env } = await started(unitEnvironment());
  expect(await isReady(env)).toBe(true);
  expect(valuesOf("ExecReload")).toEqual(["/bin/kill -HUP $MAINPID"]);
  server.process.kill("SIGHUP");
  await server.until(/the configuration was read again/);
  expect(await isReady(env)).toBe(true);
  server.process.kill(valuesOf("KillSignal")[0] as NodeJS.Signals);
  expect(await server.exit).toBe(exitCodes.ok);
});

test("the unit starts again after anything but what stays wrong", () => {
  expect(valuesOf("Restart")).toEqual(["on-failure"]);
  expect(valuesOf("RestartPreventExitStatus")).toEqual([`${exitCodes.usage} ${exitCodes.data}`]);
});

test("the container's health check knows a server that is ready from one that is not", async () => {
  const [, command = "[]"] = /CMD (\[.*\])$/.exec(instruction("HEALTHCHECK")) ?? [];
  const [program, ...args] = JSON.parse(command) as string[];
  expect(program).toBe("node");
  const { server, env } = await started(containerEnvironment());
  expect(spawnSync(process.execPath, args, { env }).status).toBe(0);
  server.process.kill(instruction("STOPSIGNAL") as NodeJS.Signals);
  expect(await server.exit).toBe(exitCodes.ok);
  expect(spawnSync(process.execPath, args, { env }).status).toBe(1);
});

const analyze = (...args: string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });
const hasSystemd = analyze("--version").status === 0;

test.skipIf(!hasSystemd)("systemd finds no mistake in the unit, and little that the server could do", () => {
  const file = join(folder(), "salotto.service");
  // The program that it names is not on this computer.
  writeFileSync(file, unit.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"));
  const verified = analyze("verify", file);
  expect(verified.stderr).not.toContain("salotto.service");
  expect(verified.status).toBe(0);
  const { stdout } = analyze("security", "--offline=yes", file);
  const [, exposure] = /exposure level for salotto\.service: ([\d.]+)/.exec(stdout) ?? [];
  expect(Number(exposure)).toBeLessThan(2);
});
