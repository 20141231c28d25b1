/**
 * Rules about the whole tree that no linter knows. Import rules are in scripts/lint-imports.ts, dead code in knip.json.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { byeCodes, errorCodes, leaveReasons } from "../protocol/events.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const LINES_MAX = 345;

/** All files of the project: those in git, and those it would add. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));

const sources = files.filter((file) => /\.(ts|mjs)$/.test(file));
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("whoever handles keys asks first whether an input method has taken them", () => {
  const handlers = sources.filter((file) => file.startsWith("ui/") && /event\.key\b/.test(read(file)));
  expect(handlers.length).toBeGreaterThan(5);
  expect(handlers.filter((file) => !/isInputMethodKey\(event\)|pressedShortcut\(event\)/.test(read(file)))).toEqual([]);
});

test.each<[facility: string, use: RegExp, only: RegExp]>([
  ["storage", /\b(?:localStorage|sessionStorage)\b(?!")/, /^ui\/public\//],
  ["the database", /\bindexedDB\b|\bIDBKeyRange\b/, /^ui\/store\/persistence\/chat-database\.ts$/],
  ["notifications", /\bNotification\.|\bnew Notification\(/, /^ui\/browser\/desktop\.ts$/],
  ["the clipboard", /\bnavigator\.clipboard\b/, /^ui\/browser\/clipboard\.ts$/],
  ["service workers", /\bserviceWorker\b/, /^ui\/browser\/service-worker\.ts$/],
  ["the worker's cache", /\bcaches\b/, /^ui\/worker\.ts$/],
  ["sound", /\bAudioContext\b/, /^ui\/browser\/chime\.ts$/],
  ["media queries", /\bmatchMedia\b/, /^ui\/(?:browser\/media-query\.ts$|public\/)/],
  ["locks", /\bnavigator\.locks\b/, /^ui\/browser\/locks\.ts$/],
  ["random numbers", /\bcrypto\b/, /^ui\/browser\/random-id\.ts$/],
  ["channels between windows", /\bBroadcastChannel\b/, /^$/],
])("what a browser may refuse has one place in the page: %s", (_facility, use, only) => {
  const build = new Set(["ui/app-build.ts"]);
  const page = files.filter((file) => /^ui\/.*\.(?:ts|js)$/.test(file) && !build.has(file));
  const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  expect(page.filter((file) => !only.test(file) && use.test(code(file)))).toEqual([]);
});

test("every element is drawn so that a translated page does not stay old", () => {
  const others = sources.filter(
    (file) => file.startsWith("ui/") && /\bextends (?:LitElement|HTMLElement)\b/.test(read(file)),
  );
  expect(others).toEqual(["ui/components/shared/page-element.ts"]);
});

test("no file has outgrown a head", () => {
  // What a file imports need not be remembered while reading it.
  const own = (file: string) => read(file).replace(/^import (?:[^;]*? from )?"[^"]*"[^;]*;\n/gm, "");
  const long = sources.map((file) => `${file}: ${own(file).split("\n").length}`);
  expect(long.filter((line) => Number(line.split(": ")[1]) > LINES_MAX)).toEqual([]);
});

test("every source file opens by saying what it owns", () => {
  const silent = sources.filter((file) => !/^(?:#!.*\n)?(?:\/\*\*|\/\/) ?\S?/.test(read(file)));
  expect(silent.filter((file) => !file.endsWith(".test.ts"))).toEqual([]);
});

test("file names are kebab-case", () => {
  expect(sources.filter((file) => !/^(?:[a-z0-9.]+(?:-[a-z0-9]+)*\/?)+(?:\.test)?\.(?:ts|mjs)$/.test(file))).toEqual(
    [],
  );
});

test.each<[what: string, codes: readonly string[], documented: RegExp]>([
  ["errors", errorCodes, /### Errors\n([\s\S]*?)\n## /],
  ["ends", byeCodes, /^\| `bye` \|[^|]*\|(.*)\|$/m],
  // That a server closes is told to each who is there as its end, and to nobody about another.
  ["leaving", leaveReasons.filter((reason) => reason !== "closing"), /^\| `member-left` \|[^|]*\|(.*)\|$/m],
])(
  "every code of %s that exists is documented, and every one that is documented exists",
  (_what, codes, documented) => {
    const [, text = ""] = documented.exec(read("docs/protocol.md")) ?? [];
    // In a table of codes those stand first, and what is in other columns may be a field or a command.
    const cells = text.includes("\n") ? [...text.matchAll(/^\|([^|]*)\|/gm)].map(([, cell]) => cell).join() : text;
    const named = [...cells.matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code);
    expect(named.sort()).toEqual([...codes].sort());
  },
);

test("a type has one name, and a name one type", () => {
  // Each program has a clock and texts of its own: the same thing in programs that share no code.
  const own = ["Clock", "Texts"];
  const declared = new Map<string, { file: string; exported: boolean }[]>();
  for (const file of sources.filter((each) => /^(?:protocol|server|bridge|ui|cli|tcp)\//.test(each))) {
    for (const [, exported, name = ""] of read(file).matchAll(
      /^(export )?(?:abstract )?(?:class|interface|type) (\w+)/gm,
    )) {
      declared.set(name, [...(declared.get(name) ?? []), { file, exported: exported !== undefined }]);
    }
  }
  expect(declared.size).toBeGreaterThan(300);
  // What one file keeps to itself may be called like what another one does.
  const twice = [...declared].filter(([, places]) => places.length > 1 && places.some(({ exported }) => exported));
  expect(twice.map(([name]) => name).sort()).toEqual(own);
});

test("no file goes round the rules of imports by naming another one's address", () => {
  const programs = sources.filter((file) => /^(?:protocol|server|bridge|ui|cli)\//.test(file));
  const addresses = programs.flatMap((file) =>
    [...read(file).matchAll(/new URL\(\s*["'`]([^"'`]+)["'`],\s*import\.meta\.url/g)].map(([, to = ""]) => ({
      from: dirname(file),
      to: join(dirname(file), to),
    })),
  );
  expect(addresses.map(({ to }) => to)).toContain("server/store/search-worker.ts");
  expect(addresses.filter(({ from, to }) => !(files.includes(to) && dirname(to) === from))).toEqual([]);
});
