/**
 * Asks the npm registry whether what people install has known flaws, for continuous integration: high and critical ones
 * fail it. When the registry does not answer, or knows no such question, one line says so, and nothing fails.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What npm reports, as far as it is used here (`auditReportVersion` 2). */
interface Report {
  auditReportVersion?: number;
  message?: string;
  error?: { summary?: string };
  vulnerabilities?: Readonly<Record<string, { severity: string; range: string }>>;
}

const folder = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));

/** Milliseconds that the registry may take in all. */
const ANSWER_MS = 60_000;

const failing = ["high", "critical"];

const args = ["audit", "--omit=dev", "--json", "--fetch-retries=1", "--fetch-timeout=20000"];
const { stdout } = spawnSync("npm", args, {
  cwd: folder,
  encoding: "utf8",
  timeout: ANSWER_MS,
  shell: process.platform === "win32",
});
const report = parse(stdout);
if (report.auditReportVersion === undefined) {
  const [reason = ""] = (report.message ?? report.error?.summary ?? "no answer").split("\n");
  console.log(`Dependencies were not checked: the registry gave no report (${reason}).`);
} else {
  const found = Object.entries(report.vulnerabilities ?? {});
  for (const [name, { severity, range }] of found) console.log(`${severity}: ${name} ${range}`);
  const bad = found.filter(([, { severity }]) => failing.includes(severity)).length;
  console.log(`Dependencies were checked: ${found.length} with known flaws, ${bad} of them high or critical.`);
  if (bad > 0) process.exitCode = 1;
}

/** Whatever is no report counts as none. */
function parse(text: string | null): Report {
  try {
    return JSON.parse(text ?? "") ?? {};
  } catch {
    return {};
  }
}
