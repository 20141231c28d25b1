/** The package as people install it: packed, put into an empty folder with what it needs and nothing else, and used. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../cli/exit-codes.ts";
import packageJson from "../package.json" with { type: "json" };
import { passFor } from "./support/browser-pass.ts";
import { Program } from "./support/program.ts";
import { WireClient } from "./support/wire-client.ts";

/** 30 MB as `du -m` counts them. */
const installedBytesMax = 30 * 1_048_576;

/** Plain JavaScript without types, as it is in the package. */
const neededInsteadOf: (version: string) => string | undefined = createRequire(import.meta.url)(
  "../bin/node-version.cjs",
);

const root = dirname(import.meta.dirname);
let folder: string;
let salotto: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "salotto-package-"));
  salotto = join(folder, "node_modules/salotto");
  await npm(root, "pack", "--pack-destination", folder);
  const [packed] = readdirSync(folder);
  await npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", `./${packed}`);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs npm as outside of our scripts: it shall install where we say, and build the page as for everybody. */
async function npm(cwd: string, ...words: string[]): Promise<string> {
  const env = { ...process.env, NODE_ENV: "production", npm_config_local_prefix: undefined };
  const shell = process.platform === "win32";
  const { stdout } = await promisify(execFile)("npm", ["--prefix", cwd, ...words], { cwd, env, shell });
  return stdout;
}

function start(...words: string[]): Program {
  return new Program(relative(root, join(salotto, "bin/salotto.cjs")), words);
}

function filesBelow(path: string): string[] {
  const found = readdirSync(path, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** What a browser shows of a bridge, given its link. */
async function pageAt(link: string): Promise<string> {
  const response = await fetch(new URL("/", link), { headers: { cookie: await passFor(link) } });
  return response.text();
}

/** One person says something, and finds it again. */
async function converse(port: string | undefined): Promise<void> {
  const anna = await WireClient.connect(Number(port));
  onTestFinished(() => anna.close());
  anna.send("anna\n");
  await anna.until("* 1 here: anna\n");
  anna.send("ciao a tutti\n");
  anna.send("/search ciao\n");
  await anna.until("anna: ciao a tutti\n");
}

test("it contains the programs and the built page, and nothing that only a clone needs", () => {
  const files = filesBelow(salotto).map((file) => relative(salotto, file).replaceAll("\\", "/"));
  const wanted = /^(?:package\.json|README\.md|LICENSE|bin\/[a-z-]+\.cjs|dist\/programs\/.*\.js|dist\/ui\/.*)$/;
  const forDevelopers = /\/(?:test|bench|screenshots)[/.]|scripts\/(?:bootstrap|compile|lint-|chaos|hostile)/;
  expect(files.filter((file) => !wanted.test(file) || forDevelopers.test(file))).toEqual([]);
  expect(files).toContain("dist/ui/index.html");
  expect(files).toContain("dist/programs/server/store/search-worker.js");
});

test("what its programs tell people to type is there", () => {
  const programs = filesBelow(join(salotto, "dist/programs"));
  const code = (file: string) => readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  // Its page is built.
  const telling = programs.filter((file) => /npm start|npm run (?!build)/.test(code(file)));
  expect(telling.map((file) => relative(join(salotto, "dist/programs"), file))).toEqual([join("cli", "package.js")]);
});

test("beside Node it takes less than 30 MB, and runs nothing while it is installed", () => {
  const bytes = filesBelow(join(folder, "node_modules")).map((file) => Math.ceil(statSync(file).size / 4096) * 4096);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(installedBytesMax);
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  expect(Object.keys(packages)).toContain("node_modules/salotto");
  expect(Object.keys(packages).filter((path) => packages[path].hasInstallScript)).toEqual([]);
});

test("without a command it starts a server and a bridge; what was said can be exported, imported and copied", async () => {
  const data = join(folder, "data");
  const both = start("--port", "0", "--web-port", "0", "--data", data);
  const [, page = ""] = await both.until(/In a browser: +(http:\S+)\n/);
  const [, port] = await both.until(/In a terminal: +nc 127\.0\.0\.1 (\d+)\n/);
  await both.until(/npx salotto server --host 0\.0\.0\.0\n.*npx salotto bridge --host/);
  expect(await pageAt(page)).toContain("<title>Salotto</title>");
  await converse(port);

  const exported = await npm(folder, "exec", "--no", "--", "salotto", "export", "--data", data);
  expect(exported).toContain('"from":"anna","text":"ciao a tutti"');
  const backup = start("backup", join(folder, "copy.db"), "--data", data);
  expect(await backup.exit).toBe(0);
  expect((await readFile(join(folder, "copy.db"))).subarray(0, 15).toString()).toBe("SQLite format 3");
  both.process.kill("SIGTERM");
  expect(await both.exit).toBe(0);

  await writeFile(join(folder, "lobby.jsonl"), exported);
  const imported = start("import", join(folder, "lobby.jsonl"), "--data", join(folder, "other"));
  expect(await imported.exit).toBe(0);
  expect(imported.output).toContain("1 new messages");
});

test("the server and the bridge start by themselves, too", async () => {
  const server = start("server", "--port", "0", "--memory");
  const [, port = ""] = await server.until(/listening on 127\.0\.0\.1:(\d+)/);
  await server.until(/npx salotto server --host/);
  const bridge = start("bridge", "--port", port, "--web-port", "0");
  const [, page = ""] = await bridge.until(/Open (http:\S+) in a browser/);
  expect(await pageAt(page)).toContain("<title>Salotto</title>");
  await converse(port);
  for (const program of [bridge, server]) {
    program.process.kill("SIGTERM");
    expect(await program.exit).toBe(0);
    expect(program.stderr).toBe("");
  }
});

test("--help lists the commands, which a clone has as npm scripts, and each explains itself", async () => {
  const help = start("--help");
  expect(await help.exit).toBe(0);
  const [, list = ""] = /Commands:\n([\s\S]*)/.exec(help.output) ?? [];
  const commands = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, command = ""]) => command);
  expect(commands).toEqual(expect.arrayContaining(["start", "server", "bridge", "export", "import", "backup"]));
  expect(commands.filter((command) => !(command in packageJson.scripts))).toEqual([]);
  for (const command of commands) {
    const own = start(command, "--help");
    expect(await own.exit).toBe(0);
    expect(own.output).toMatch(new RegExp(`^Usage: npx salotto ${command} `));
  }
});

test.each([
  [["exprot"], "error: unknown command 'exprot'\n(Did you mean export?)\n"],
  [["--prot", "3"], "error: unknown option '--prot'\n"],
  [["server", "--prot", "3"], "error: unknown option '--prot'\n"],
])("a mistyped word is named: %j", async (words, error) => {
  const program = start(...words);
  expect(await program.exit).toBe(exitCodes.usage);
  expect(program.output).toBe(error);
});

test.each([
  ["v12.22.12", "24.7"],
  ["v22.20.0", "24.7"],
  ["v24.6.1", "24.7"],
  ["v24.7.0", undefined],
  ["v24.21.0", undefined],
  ["v26.0.0", undefined],
])("of Node %s, it asks for %s instead", (version, needed) => {
  expect(neededInsteadOf(version)).toBe(needed);
});

test("an older Node is refused in one line, which says what to do", async () => {
  const older = join(folder, "older.cjs");
  await writeFile(older, 'Object.defineProperty(process, "version", { value: "v20.20.2" });\n');
  const env = { ...process.env, NODE_OPTIONS: `--require=${older}` };
  const program = new Program(relative(root, join(salotto, "bin/salotto.cjs")), [], env);
  expect(await program.exit).toBe(1);
  expect(program.output).toBe(
    "salotto: needs Node 24.7 or newer, and this is v20.20.2. " +
      "Install it from https://nodejs.org, or for this folder only: npm install node@24\n",
  );
});
