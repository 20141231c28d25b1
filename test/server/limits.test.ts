/** The limits as settings: each can be set in every way, within its range, and while the server runs where it says so. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { putLimits, serverLimits } from "../../server/limits.ts";
import { limitSettings, limitsOf } from "../../server/settings/limit-settings.ts";
import { loadSettings } from "../../server/settings/load-settings.ts";
import { namedSettings, serverConfig } from "../../server/settings/server-config.ts";
import { Program } from "../support/program.ts";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";

function configFile(content: string): string {
  const directory = mkdtempSync(join(tmpdir(), "salotto-limits-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "salotto.toml");
  writeFileSync(file, content);
  return file;
}

async function read(given: { flags?: [string, string][]; environment?: Record<string, string>; file?: string }) {
  const { flags = [], environment = {}, file } = given;
  return loadSettings(namedSettings, file, { flags: new Map(flags), environment });
}

async function limitsFrom(given: Parameters<typeof read>[0]) {
  const reading = await read(given);
  if (!reading.ok) throw new Error(reading.problems.join("; "));
  return serverConfig(reading.found).config.limits;
}

test("the table in docs/limits.md has each limit, its default, its range and when a change takes effect", () => {
  const table = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");
  const rows = [...table.matchAll(/^\| `(\S+)` \| (\d+) \| (\d+) to (\d+) \| (\w+) \| (.+) \|$/gm)];
  const documented = rows.map(([, name, ...columns]) => [name, ...columns.slice(0, 4)].join(" "));
  const declared = limitSettings.map(({ name, setting }) => {
    const [, min, max] = /from (\d+) to (\d+)/.exec(setting.kind.allowed) ?? [];
    return [name, setting.default, min, max, setting.isLive ? "reload" : "restart"].join(" ");
  });
  expect(documented.sort()).toEqual(declared.sort());
});

test("each limit can be set in the file, the environment and on the command line, and without them has its default", async () => {
  expect(await limitsFrom({})).toEqual(serverLimits);
  // Some other value that is allowed, for each.
  const others = new Map(
    limitSettings.map(({ key, setting }, index) => {
      const [, min = "", max = ""] = /from (\d+) to (\d+)/.exec(setting.kind.allowed) ?? [];
      const inside = Math.min(Number(min) + index, Number(max) - 1);
      return [key, inside === setting.default ? inside + 1 : inside];
    }),
  );
  const expected = limitsOf(new Map([...others].map(([key, value]) => [key, { value, place: "default", where: "" }])));
  for (const [name, limit] of Object.entries(serverLimits)) {
    expect(expected[name as keyof typeof expected], name).not.toEqual(limit);
  }
  const lines = [...others].map(([key, value]) => `${key} = ${value}`);
  expect(await limitsFrom({ file: configFile(lines.join("\n")) })).toEqual(expected);
  const variables = limitSettings.map(({ key, variable }) => [variable, String(others.get(key))]);
  expect(await limitsFrom({ environment: Object.fromEntries(variables) })).toEqual(expected);
  const flags = [...others].map(([key, value]): [string, string] => [key, String(value)]);
  expect(await limitsFrom({ flags })).toEqual(expected);
});

test("the bounds of each range are allowed, and one beyond them is not", async () => {
  for (const { key, setting } of limitSettings) {
    const [, min, max] = (/from (\d+) to (\d+)/.exec(setting.kind.allowed) ?? []).map(Number);
    for (const [value, isAllowed] of [
      [min, true],
      [max, true],
      [Number(min) - 1, false],
      [Number(max) + 1, false],
    ]) {
      expect((await read({ file: configFile(`${key} = ${value}`) })).ok, `${key} = ${value}`).toBe(isAllowed);
    }
    const { default: usual } = setting;
    expect(Number(usual) >= Number(min) && Number(usual) <= Number(max), key).toBe(true);
  }
});

test("a limit that is put into force reaches whoever holds the limits, or a part of them", () => {
  const inForce = structuredClone(serverLimits);
  const { newRoomsOfMember } = inForce;
  const limits = { ...serverLimits, roomsMax: 7, newRoomsOfMember: { atOnce: 3, perHour: 2 } };
  putLimits(inForce, limits);
  expect(inForce).toEqual(limits);
  expect(newRoomsOfMember).toEqual({ atOnce: 3, perHour: 2 });
});

test("a running server follows its limits", async () => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  const join = async (room: string) => {
    anna.sendJson({ type: "join", room, label: room });
    await anna.until(`"label":"${room}"`);
    return anna.line();
  };
  expect(await join("one")).toContain('"room":"one"');
  const limits = { ...serverLimits, roomsMax: 2, newRoomsOfMember: { atOnce: 1, perHour: 0 } };
  server.reconfigure({ limits, exempt: [] });
  expect(await join("two")).toContain("too-many-rooms");
  server.reconfigure({ limits: { ...limits, roomsMax: 100 }, exempt: [] });
  expect(await join("three")).toContain('"room":"three"');
  expect(await join("four")).toContain("too-many-new-rooms");
});

test("--limit, repeated, comes before the file", async () => {
  const file = configFile("[limits]\nroomsMax = 5\nloginMs = 1000");
  const args = ["--config", file, "--limit", "roomsMax=6", "--limit", "newRoomsOfSource.atOnce=0", "--check-config"];
  const server = new Program("server/main.ts", args);
  expect(await server.exit).toBe(0);
  const lines = server.output.split("\n");
  expect(lines).toContain("limits.roomsMax = 6  # command line");
  expect(lines).toContain("limits.newRoomsOfSource.atOnce = 0  # command line");
  expect(lines).toContain(`limits.loginMs = 1000  # ${file}`);
});

test.each([
  ["roomMax=5", "It must be the name of a limit, = and a number; docs/limits.md lists them."],
  ["roomsMax", "It must be the name of a limit, = and a number; docs/limits.md lists them."],
  ["newRoomsOfSource=5", "It must be the name of a limit, = and a number; docs/limits.md lists them."],
  ["roomsMax=", "It must be a whole number from 1 to 100000."],
  ["roomsMax=0", "It must be a whole number from 1 to 100000."],
  ["roomsMax=1e3", "It must be a whole number from 1 to 100000."],
])("--limit %s is refused", async (typed, reason) => {
  const server = new Program("server/main.ts", ["--limit", typed, "--check-config"]);
  expect(await server.exit).toBe(2);
  expect(server.output).toContain(reason);
  expect(server.output.trim().split("\n")).toHaveLength(1);
});

test("SIGHUP: what can change does, the log says what did and what needs a restart; a broken file changes nothing", async () => {
  const file = configFile("[limits]\nconnectionsMax = 10\n");
  const server = new Program("server/main.ts", ["--config", file, "--port", "0", "--memory", "--log-level", "info"]);
  const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
  const change = async (content: string, said: RegExp) => {
    writeFileSync(file, content);
    server.process.kill("SIGHUP");
    await server.until(said);
  };
  const greeted = async () => {
    const client = await WireClient.connect(Number(port));
    onTestFinished(() => client.close());
    await client.until("(salotto/1)");
    return client;
  };
  await change("[limits]\nconnectionsMax = many\n", /not reloaded: nothing has changed .*line 2, column 18/);
  await change("[limits]\nconnectionsMax = 0\n", /not reloaded: .*connectionsMax = 0 is invalid\. It must be a whole/);
  const anna = await greeted();
  anna.send("anna\n");
  await anna.until("Welcome, anna!");
  await change(
    'lang = "it"\n[limits]\nconnectionsMax = 1\nturnUnits = 10\n',
    /read again .*limits.connectionsMax: 10 → 1"\]/,
  );
  await server.until(/these need a restart .*"lang: \\"en\\" → \\"it\\"","limits.turnUnits: 50 → 10"/);
  await (await greeted()).until("* The server is full. Try again later.\n");
  await change('lang = "en"\nlog-level = "warn"\n[limits]\nconnectionsMax = 2\n', /limits.connectionsMax: 1 → 2/);
  expect(server.output.match(/these need a restart/g)).toHaveLength(1);
  // Not on the command line, where it cannot change.
  expect(server.output).not.toContain("log-level");
  anna.send("/who\n");
  await anna.until("* 1 here: anna\n");
});

test("SIGHUP: the log level follows the file", async () => {
  const file = configFile('log-level = "warn"\n');
  const server = new Program("server/main.ts", ["--config", file, "--port", "0", "--memory"]);
  const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
  const connect = async () => {
    const client = await WireClient.connect(Number(port));
    onTestFinished(() => client.close());
    await client.until("(salotto/1)");
  };
  await connect();
  expect(server.output).not.toContain("connected");
  writeFileSync(file, "");
  server.process.kill("SIGHUP");
  await server.until(/log-level: \\"warn\\" → \\"info\\"/);
  await connect();
  await server.until(/connected/);
});
