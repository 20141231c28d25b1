/**
 * `npm test`: type check, lint and all tests, one after another, whatever fails. The last line adds them up. Words
 * after `--` go to vitest: `npm test -- test/server` runs the checks and only those tests.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Many tests start one of our programs, and each start would compile the same files again. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node") };

/** Runs a tool of node_modules. @returns whether it exited with 0 */
function run(tool: string, ...args: string[]): boolean {
  console.log(`\n> ${[tool, ...args].join(" ")}`);
  const path = join(root, "node_modules", ".bin", tool);
  const shell = process.platform === "win32";
  return spawnSync(path, args, { cwd: root, stdio: "inherit", shell, env }).status === 0;
}

function check(tool: string, ...args: string[]): Count {
  const ok = run(tool, ...args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function runTests(filters: readonly string[]): Count {
  const folder = mkdtempSync(join(tmpdir(), "salotto-test-"));
  const file = join(folder, "results.json");
  try {
    const ok = run("vitest", "run", "--reporter=default", "--reporter=json", `--outputFile=${file}`, ...filters);
    const results = JSON.parse(readFileSync(file, "utf8"));
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = results;
    // A file that cannot be loaded, or an error outside any test, fails the run without a failed test.
    return { passed, failed: ok ? failed : Math.max(failed, 1), skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const counts = [
  check("tsc"),
  check("biome", "check"),
  check("node", "scripts/lint-regexps.ts"),
  check("node", "scripts/lint-imports.ts"),
  check("knip"),
  runTests(process.argv.slice(2)),
];
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";

console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
process.exitCode = sum("failed") === 0 ? 0 : 1;
