/** Settings from the command line, the environment and the config file: which counts, and what is wrong with them. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes } from "../../cli/exit-codes.ts";
import { showSettings } from "../../server/settings/check-config.ts";
import { choice, count, path, secretText, toggle } from "../../server/settings/kinds.ts";
import { loadSettings } from "../../server/settings/load-settings.ts";
import { valuesOf } from "../../server/settings/read-settings.ts";
import { namedSettings } from "../../server/settings/server-config.ts";
import { named, optional, setting } from "../../server/settings/setting.ts";
import { Program } from "../support/program.ts";
import { WireClient } from "../support/wire-client.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "salotto-settings-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A config file with this content. */
function configFile(content: string | Uint8Array, directory = folder()): string {
  const file = join(directory, "salotto.toml");
  writeFileSync(file, content);
  return file;
}

const declared = {
  keepDays: setting({ kind: count, default: 7, help: "days" }),
  echo: setting({ kind: toggle, default: false, help: "echo" }),
  lang: setting<"en" | "it">({ kind: choice("<language>", ["en", "it"]), default: "en", help: "language" }),
  data: optional({ kind: path("<directory>"), help: "directory" }),
  password: optional({ kind: secretText, isSecret: true, help: "password" }),
};
const settings = named(declared);

interface Given {
  flags?: Record<string, string | boolean>;
  environment?: Record<string, string>;
  file?: string;
}

async function read({ flags = {}, environment = {}, file }: Given) {
  const read = await loadSettings(settings, file, { flags: new Map(Object.entries(flags)), environment });
  return read.ok ? { values: valuesOf<typeof declared>(settings, read.found), found: read.found } : read;
}

async function valuesFrom(given: Given) {
  const found = await read(given);
  if (!("values" in found)) throw new Error(found.problems.join("; "));
  return found.values;
}

async function problemsFrom(given: Given): Promise<readonly string[]> {
  const found = await read(given);
  return "problems" in found ? found.problems : [];
}

describe("the command line comes before the environment, then the config file, then the default:", () => {
  const flag = { flags: { "keep-days": "1" } };
  const variable = { environment: { SALOTTO_KEEP_DAYS: "2" } };
  const file = () => ({ file: configFile("keep-days = 3") });
  test.each<[given: () => Given, value: number]>([
    [() => ({}), 7],
    [file, 3],
    [() => variable, 2],
    [() => ({ ...variable, ...file() }), 2],
    [() => flag, 1],
    [() => ({ ...flag, ...file() }), 1],
    [() => ({ ...flag, ...variable }), 1],
    [() => ({ ...flag, ...variable, ...file() }), 1],
  ])("%s: %i", async (given, value) => {
    expect((await valuesFrom(given())).keepDays).toBe(value);
  });

  test("a switch can be switched off again", async () => {
    const on = configFile("echo = true");
    expect((await valuesFrom({ file: on })).echo).toBe(true);
    expect((await valuesFrom({ file: on, environment: { SALOTTO_ECHO: "false" } })).echo).toBe(false);
    expect((await valuesFrom({ file: on, environment: { SALOTTO_ECHO: "0" }, flags: { echo: true } })).echo).toBe(true);
  });

  test("an empty variable is none, and the file may be named by one", async () => {
    const environment = { SALOTTO_KEEP_DAYS: "", SALOTTO_CONFIG: configFile("keep-days = 3") };
    expect((await valuesFrom({ environment })).keepDays).toBe(3);
    expect((await valuesFrom({ environment, file: configFile("keep-days = 4") })).keepDays).toBe(4);
  });
});

test("a relative path in the config file counts from the file, any other from the current directory", async () => {
  const file = configFile('data = "messages"');
  expect((await valuesFrom({ file })).data).toBe(join(file, "..", "messages"));
  expect((await valuesFrom({ file, environment: { SALOTTO_DATA: "here" } })).data).toBe(join(process.cwd(), "here"));
});

test("the file may have a byte order mark, Windows line ends and comments", async () => {
  const file = configFile('\ufeff# ours\r\nkeep-days = 3 # days\r\nlang = "it"\r\n');
  expect(await valuesFrom({ file })).toMatchObject({ keepDays: 3, lang: "it" });
});

describe("what is wrong is said with the file, the key, the value and what is allowed:", () => {
  const whole = "It must be a whole number of 1 or more.";
  test.each<[content: string, problem: string]>([
    ["keep-days = 0", `keep-days = 0 is invalid. ${whole}`],
    ["keep-days = -1", `keep-days = -1 is invalid. ${whole}`],
    ["keep-days = 1.5", `keep-days = 1.5 is invalid. ${whole}`],
    ["keep-days = nan", `keep-days = NaN is invalid. ${whole}`],
    ['keep-days = "3"', `keep-days = "3" is invalid. ${whole}`],
    ["keep-days = 1000000000", `keep-days = 1000000000 is invalid. ${whole}`],
    ["keep-days = 99999999999999999999", `keep-days = 100000000000000000000 is invalid. ${whole}`],
    ["keep-days = [3]", `keep-days = [3] is invalid. ${whole}`],
    ["keep-days = {a = 3}", `keep-days = {…} is invalid. ${whole}`],
    ["[keep-days]\na = 3", `keep-days = {…} is invalid. ${whole}`],
    ["keep-days = 2026-11-25", `keep-days = "2026-11-25" is invalid. ${whole}`],
    ['echo = "true"', 'echo = "true" is invalid. It must be true or false.'],
    ['lang = "fr"', 'lang = "fr" is invalid. Allowed choices are en, it.'],
    ['data = ""', 'data = "" is invalid. It must be a path.'],
    [`data = "${"\\u0000".repeat(70)}"`, `data = "${"\\u0000".repeat(9)}\\u000… is invalid. It must be a path.`],
    ["prot = 1", "prot is not a setting. --help lists them all."],
    ["keepDays = 1", "keepDays is not a setting. Did you mean keep-days, above the first [table]?"],
    ["[mine]\nlang = 1", "mine is not a setting. --help lists them all."],
    ["__proto__ = 1", "line 1, column 1: "],
    ["keep-days = 1\nkeep-days = 2", "line 2, column 1: "],
    ["keep-days =", "line 1, column 12: "],
    ["lang = en", "line 1, column 8: "],
  ])("%j", async (content, problem) => {
    const file = configFile(content);
    const problems = await problemsFrom({ file });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${file}: ${problem}`);
    expect(problems[0]).not.toContain("\n");
  });

  test("everything at once, also what something else overrides", async () => {
    const file = configFile("keep-days = 0\nprot = 1");
    const problems = await problemsFrom({
      flags: { "keep-days": "x\ny", lang: "en" },
      environment: { SALOTTO_LANG: "fr" },
      file,
    });
    expect(problems).toEqual([
      `${file}: prot is not a setting. --help lists them all.`,
      `option '--keep-days <number>' argument 'x�y' is invalid. ${whole}`,
      `${file}: keep-days = 0 is invalid. ${whole}`,
      "SALOTTO_LANG 'fr' is invalid. Allowed choices are en, it.",
    ]);
  });

  test.each<[what: string, content: () => string, problem: string]>([
    ["no file", () => join(folder(), "none.toml"), " cannot be read: there is no such file"],
    ["a directory", folder, " cannot be read: it is a directory"],
    ["not text", () => configFile(Uint8Array.of(0xff, 0x61)), " cannot be read: it is not text in UTF-8"],
    ["without end", () => "/dev/zero", " is larger than 1048576 bytes"],
    ["nested without end", () => configFile(`data = ${"[".repeat(100_000)}`), "line 1, column 18: "],
  ])("the file is %s", async (_what, make, problem) => {
    const file = make();
    const problems = await problemsFrom({ file });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(file);
    expect(problems[0]).toContain(problem);
  });
});

describe("a secret", () => {
  const secret = "tre vaudeville";

  test("comes from the environment, the config file, or a file of its own that either of them or an option names", async () => {
    const directory = folder();
    const own = join(directory, "password");
    writeFileSync(own, `${secret}\r\n`);
    for (const given of [
      { environment: { SALOTTO_PASSWORD: secret } },
      { file: configFile(`password = "${secret}"`) },
      { file: configFile('password-file = "password"', directory) },
      { environment: { SALOTTO_PASSWORD_FILE: own } },
      { flags: { "password-file": own } },
      { flags: { "password-file": own }, environment: { SALOTTO_PASSWORD: "other" } },
      { environment: { SALOTTO_PASSWORD: secret }, file: configFile('password-file = "/nowhere"') },
    ]) {
      expect((await valuesFrom(given)).password, JSON.stringify(given)).toBe(secret);
    }
  });

  test.each<[given: () => Given, problem: string]>([
    [() => ({ file: configFile(`password = ["${secret}"]`) }), "password is invalid. It must be text of 1 to 1000"],
    [() => ({ file: configFile(`password = "${secret}\\n"`) }), "password is invalid. It must be text of 1 to 1000"],
    [() => ({ file: configFile(`password = "${secret}\n`) }), "line 1, column "],
    [() => ({ environment: { SALOTTO_PASSWORD: `${secret}\n` } }), "SALOTTO_PASSWORD is invalid."],
    [() => ({ file: configFile(`password = "${secret}"\npassword-file = "x"`) }), "are both given in the config file"],
    [() => ({ flags: { "password-file": "/nowhere" } }), "password-file: /nowhere cannot be read: there is no such"],
    [() => ({ flags: { "password-file": configFile(`${secret}\nx\n`) } }), " contains is invalid. It must be text of"],
    [() => ({ flags: { "password-file": configFile("\n") } }), " contains is invalid. It must be text of 1 to 1000"],
  ])("is in no error: %#", async (given, problem) => {
    const problems = await problemsFrom(given());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
    expect(problems[0]).not.toContain("vaudeville");
  });
});

test("a secret is not shown, and everything else is", async () => {
  const shown = async (given: Given) => {
    const reading = await read(given);
    return "found" in reading ? showSettings(settings, reading.found) : "";
  };
  const file = configFile('password = "tre vaudeville"');
  expect(await shown({ file })).toContain(`# password is set  # ${file}`);
  expect(await shown({ file, flags: { echo: true } })).not.toContain("vaudeville");
  expect(await shown({})).not.toContain("password");
});

test("each setting has names of its own everywhere", () => {
  for (const names of [namedSettings.map(({ key }) => key), namedSettings.map(({ variable }) => variable)]) {
    expect(new Set(names).size).toBe(names.length);
  }
});

describe("npm run server", () => {
  test("takes its settings from the file, the environment and the command line", async () => {
    const file = configFile('port = 1\nmemory = true\necho = true\nlang = "it"\n');
    const environment = { ...process.env, SALOTTO_CONFIG: file, SALOTTO_PORT: "2", SALOTTO_LANG: "en" };
    const server = new Program("server/main.ts", ["--port", "0"], environment);
    const [, port] = await server.until(/listening on .*:(\d+)\.\n/);
    await server.until(/kept in memory only/);
    const client = await WireClient.connect(Number(port));
    onTestFinished(() => client.close());
    client.send("anna\nciao\n");
    await client.until("Welcome, anna!");
    await client.until("anna: ciao\n");
  });

  test("--data on the command line comes before memory in the file", async () => {
    const data = join(folder(), "messages");
    const args = ["--config", configFile("memory = true"), "--data", data, "--check-config"];
    const elsewhere = new Program("server/main.ts", [...args, "--port", "0"]);
    expect(await elsewhere.exit).toBe(0);
    const server = new Program("server/main.ts", [...args.slice(0, -1), "--port", "0"]);
    await server.until(new RegExp(`kept in ${data}`));
  });

  test("a mistake is one line, and a non-zero exit", async () => {
    const file = configFile("port = 70000");
    const server = new Program("server/main.ts", ["--config", file]);
    expect(await server.exit).toBe(exitCodes.usage);
    expect(server.output).toBe(
      `error: ${file}: port = 70000 is invalid. A port must be a whole number from 0 to 65535.\n`,
    );
  });

  test("--check-config shows what is in force, and where each that is no default comes from", async () => {
    const directory = folder();
    const file = configFile('port = 9000\ndata = "messages"\n', directory);
    const environment = { ...process.env, SALOTTO_LANG: "it", SALOTTO_PROT: "1" };
    const server = new Program("server/main.ts", ["--config", file, "--check-config", "--echo"], environment);
    expect(await server.exit).toBe(0);
    const lines = server.output.split("\n");
    expect(lines).toContain(`port = 9000  # ${file}`);
    expect(lines).toContain(`data = "${join(directory, "messages")}"  # ${file}`);
    expect(lines).toContain('lang = "it"  # SALOTTO_LANG');
    expect(lines).toContain("echo = true  # command line");
    expect(lines).toContain('log-level = "info"');
    expect(lines).toContain("# SALOTTO_PROT is in the environment, and is not a setting of the server");
    // It is a config file again.
    expect(parse(server.output)).toMatchObject({ port: 9_000, echo: true, "exit-when-empty": false });
  });

  test("--check-config checks what the settings name", async () => {
    const file = configFile('data = "salotto.toml/messages"');
    const server = new Program("server/main.ts", ["--config", file, "--check-config"]);
    expect(await server.exit).toBe(exitCodes.usage);
    expect(server.output).toMatch(/^error: data: .* cannot be made: what is above it is not a directory\.\n$/);
  });

  test.skipIf(process.getuid?.() === 0)("--check-config finds a directory that one may not write to", async () => {
    const directory = folder();
    chmodSync(directory, 0o500);
    const args = ["--data", join(directory, "messages"), "--check-config"];
    const server = new Program("server/main.ts", args);
    expect(await server.exit).toBe(exitCodes.usage);
    expect(server.output).toContain(`this user may not write to ${directory}`);
  });
});
