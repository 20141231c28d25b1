/** The rules of the house that a reader cannot check by looking at one file: who imports whom, sizes, dead files. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const LINES_MAX = 350;

/** All files of the project: those git has, and those it would take. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));

const sources = files.filter((file) => /\.(ts|mjs)$/.test(file));
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** What each source imports: paths from the top of the project for its own files, names for packages. */
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  // Static and dynamic imports, re-exports, and threads.
  const pattern = /(?:\bfrom|\bimport|\bnew Worker\(new URL)\s*\(?\s*["']([^"'\n]+)["']/g;
  return [...read(file).matchAll(pattern)].map(([, specifier = ""]) =>
    specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : specifier,
  );
}

/** For each folder, the folders and files its sources may import from besides itself. The longest folder that fits counts. */
const allowed: Record<string, readonly string[]> = {
  protocol: [],
  cli: ["protocol"],
  server: ["protocol", "cli", "package.json"],
  "server/chat": ["protocol"],
  "server/store": ["protocol", "server/chat/ports.ts", "server/chat/change.ts"],
  "server/dialects": ["protocol", "server/chat"],
  "server/net": ["protocol", "server/dialects", "server/chat/prices.ts"],
  bridge: ["protocol", "cli", "package.json"],
  ui: ["protocol"],
  "ui/link": ["protocol"],
  "ui/store": ["protocol", "ui/link"],
  "ui/controllers": ["protocol", "ui/store", "ui/locales"],
  "ui/export": ["protocol", "ui/store", "ui/locales"],
  "ui/components": ["protocol", "ui/store", "ui/export", "ui/controllers", "ui/styles", "ui/locales"],
};

function ruleFor(file: string): string | undefined {
  return Object.keys(allowed)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

function mayImport(folder: string, target: string): boolean {
  return [folder, ...(allowed[folder] ?? [])].some((place) => target === place || target.startsWith(`${place}/`));
}

const isOurs = (specifier: string) => existsSync(join(root, specifier)) && !specifier.startsWith("node_modules");

describe("imports", () => {
  test("go only in the directions of docs/architecture.md", () => {
    const forbidden = sources.flatMap((file) => {
      const folder = ruleFor(file);
      if (!folder) return [];
      return (imports.get(file) ?? [])
        .filter((target) => isOurs(target) && !mayImport(folder, target))
        .map((target) => `${file} imports ${target}`);
    });
    expect(forbidden).toEqual([]);
  });

  test("of our own files name a file that exists", () => {
    const missing = sources.flatMap((file) =>
      (imports.get(file) ?? [])
        .filter((target) => /^(?:protocol|cli|server|bridge|ui|test|scripts)\//.test(target) && !isOurs(target))
        .filter((target) => !target.includes("?"))
        .map((target) => `${file} imports ${target}`),
    );
    expect(missing).toEqual([]);
  });

  test.each<[what: string, folder: RegExp, specifier: RegExp, only: RegExp]>([
    ["the chat does no I/O", /^server\/chat\//, /^node:|^pino|^express|^socket\.io/, /^$/],
    ["the vocabulary does no I/O", /^protocol\//, /^node:/, /^$/],
    ["the server knows nothing of browsers", /^server\//, /^(?:node:https?|express|socket\.io|lit|helmet)/, /^$/],
    ["one folder of the page knows socket.io", /^ui\//, /^socket\.io/, /^ui\/link\//],
    ["one file of the page knows idb", /^ui\//, /^idb$/, /^ui\/store\/chat-database\.ts$/],
    ["no component reaches for the network", /^ui\/components\//, /^socket\.io|\/link\//, /^$/],
  ])("%s", (_what, folder, specifier, only) => {
    const found = sources
      .filter((file) => folder.test(file) && !only.test(file))
      .flatMap((file) =>
        (imports.get(file) ?? []).filter((target) => specifier.test(target)).map((to) => `${file}: ${to}`),
      );
    expect(found).toEqual([]);
  });
});

test("whoever handles keys asks first whether an input method has taken them", () => {
  const handlers = sources.filter((file) => file.startsWith("ui/") && /event\.key\b/.test(read(file)));
  expect(handlers.length).toBeGreaterThan(5);
  expect(handlers.filter((file) => !/isInputMethodKey\(event\)|pressedShortcut\(event\)/.test(read(file)))).toEqual([]);
});

test.each<[facility: string, use: RegExp, only: RegExp]>([
  ["storage", /\b(?:localStorage|sessionStorage)\b(?!")/, /^ui\/public\//],
  ["the database", /\bindexedDB\b|\bIDBKeyRange\b/, /^ui\/store\/chat-database\.ts$/],
  ["notifications", /\bNotification\.|\bnew Notification\(/, /^ui\/controllers\/desktop\.ts$/],
  ["the clipboard", /\bnavigator\.clipboard\b/, /^ui\/controllers\/clipboard\.ts$/],
  ["service workers", /\bserviceWorker\b/, /^ui\/controllers\/service-worker\.ts$/],
  ["the worker's cache", /\bcaches\b/, /^ui\/worker\.ts$/],
  ["sound", /\bAudioContext\b/, /^ui\/controllers\/chime\.ts$/],
  ["media queries", /\bmatchMedia\b/, /^ui\/(?:controllers\/media-query\.ts$|public\/)/],
  ["locks", /\bnavigator\.locks\b/, /^ui\/controllers\/locks\.ts$/],
  ["random numbers", /\bcrypto\b/, /^ui\/controllers\/random-id\.ts$/],
  ["channels between windows", /\bBroadcastChannel\b/, /^$/],
])("what a browser may refuse has one place in the page: %s", (_facility, use, only) => {
  const page = files.filter((file) => /^ui\/.*\.(?:ts|js)$/.test(file) && file !== "ui/app-build.ts");
  const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  expect(page.filter((file) => !only.test(file) && use.test(code(file)))).toEqual([]);
});

test("every element is drawn so that a translated page does not stay old", () => {
  const others = sources.filter(
    (file) => file.startsWith("ui/") && /\bextends (?:LitElement|HTMLElement)\b/.test(read(file)),
  );
  expect(others).toEqual(["ui/components/page-element.ts"]);
});

test("no file has outgrown a head", () => {
  const long = sources.map((file) => `${file}: ${read(file).split("\n").length}`);
  expect(long.filter((line) => Number(line.split(": ")[1]) > LINES_MAX)).toEqual([]);
});

test("every source file opens by saying what it owns", () => {
  const silent = sources.filter((file) => !/^(?:#!.*\n)?(?:\/\*\*|\/\/) ?\S?/.test(read(file)));
  expect(silent.filter((file) => !file.endsWith(".test.ts") && file !== "vite.config.ts")).toEqual([]);
});

test("no source file is dead: each is a program, a test, or imported by one", () => {
  const scripts = Object.values<string>(JSON.parse(read("package.json")).scripts);
  const entries = [
    ...scripts.flatMap((script) => /^node (\S+)/.exec(script)?.[1] ?? []),
    "ui/main.ts",
    "ui/worker.ts",
    "vite.config.ts",
    ...sources.filter((file) => /\.test\.ts$|\.d\.ts$/.test(file)),
  ];
  const alive = new Set<string>();
  const visit = (file: string) => {
    if (alive.has(file)) return;
    alive.add(file);
    for (const target of imports.get(file) ?? []) if (imports.has(target)) visit(target);
  };
  entries.forEach(visit);
  expect(sources.filter((file) => !alive.has(file))).toEqual([]);
});

test("file names are kebab-case", () => {
  expect(sources.filter((file) => !/^(?:[a-z0-9.]+(?:-[a-z0-9]+)*\/?)+(?:\.test)?\.(?:ts|mjs)$/.test(file))).toEqual(
    [],
  );
});

test("every error code that the documentation names exists, and every one that exists is documented", () => {
  const documented = read("docs/protocol.md");
  const codes = [...read("protocol/events.ts").matchAll(/^ {2}"([a-z0-9-]+)",$/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !documented.includes(`\`${code}\``))).toEqual([]);
});
