// Runs before every npm script, so that a fresh clone needs no other step: installs the locked
// dependencies when they are missing or stale, with --dev also those that only tests and checks
// need, and, asked with --ui, builds the page when it is missing or stale.
// Plain JavaScript without dependencies: it must run on whatever Node the machine has.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import neededInsteadOf from "../bin/node-version.cjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether the tests' and checks' own packages are needed too: a browser, a compiler, linters. */
const dev = process.argv.includes("--dev");

/** True when node_modules holds every required package at the version that package-lock.json names. */
function installed() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" ||
      entry.optional ||
      (!dev && (entry.dev || entry.devOptional)) ||
      present[path]?.version === entry.version,
  );
}

/** The time in ms of the newest change to any file below the given paths. */
function newestMs(paths) {
  return Math.max(
    ...paths.map((path) => {
      const stats = statSync(path);
      const below = stats.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
      return Math.max(stats.mtimeMs, ...(below.length > 0 ? [newestMs(below)] : []));
    }),
  );
}

/** True when the built page is newer than everything it is built from. */
function uiBuilt() {
  const page = join(root, "dist/ui/index.html");
  if (!existsSync(page)) return false;
  const sources = ["ui", "protocol", "vite.config.ts", "package-lock.json"].map((path) => join(root, path));
  return statSync(page).mtimeMs >= newestMs(sources);
}

function run(what, command, args) {
  console.log(what);
  try {
    // On Windows, npm and the tools in node_modules/.bin are .cmd files, which only a shell can start.
    execFileSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  } catch {
    console.error(
      `salotto: failed: ${what.replace(/…$/, "")}. The lines above say why. Fix that and run the command again.`,
    );
    process.exit(1);
  }
}

const tool = (name) => join(root, "node_modules/.bin", name);

if (!installed()) {
  // The engines that npm checks are for the Node that runs npm; ours comes with the install.
  const omitted = dev ? [] : ["--omit=dev"];
  run("Installing dependencies (once, about a minute)…", "npm", [
    "ci",
    ...omitted,
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
}
const version = existsSync(tool("node"))
  ? execFileSync(tool("node"), ["--version"], { encoding: "utf8", shell: process.platform === "win32" })
  : process.version;
const needed = neededInsteadOf(version.trim());
if (needed !== undefined) {
  console.error(
    `salotto: needs Node ${needed}, found ${version.trim()}. The install script was blocked: ` +
      "run `npm config delete ignore-scripts`, delete node_modules and try again, or install Node 24.",
  );
  process.exit(1);
}
if (process.argv.includes("--ui") && !uiBuilt()) {
  run("Building the page…", tool("vite"), ["build", "--logLevel", "warn"]);
}
