/** The check of dependencies, against a registry that answers, refuses, breaks off or is not there. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "./support/free-port.ts";
import { Program } from "./support/program.ts";

/** A project that depends on one package, without having installed it. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), "salotto-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = {
    name: "project",
    version: "1.0.0",
    dependencies: { leaky: "1.0.0" },
    devDependencies: { tool: "1.0.0" },
  };
  const packages = {
    "": root,
    "node_modules/leaky": { version: "1.0.0" },
    "node_modules/tool": { version: "1.0.0", dev: true },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(root));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ ...root, lockfileVersion: 3, packages }));
  return folder;
}

/** What the registry says of each package. */
type Advisories = Record<string, { severity: string }[]>;

/** @param answer the status, and what is known; undefined to break off */
async function registry(answer: { status: number; advisories: Advisories } | undefined): Promise<string> {
  const server = createServer(async (request, response) => {
    if (!answer) {
      request.socket.destroy();
      return;
    }
    for await (const _ of request);
    const isBulk = request.url?.endsWith("/advisories/bulk") ?? false;
    const known = Object.entries(answer.advisories).map(([name, all]) => [
      name,
      all.map((one, id) => ({ id, url: "", title: "a flaw", vulnerable_versions: "*", cwe: [], cvss: {}, ...one })),
    ]);
    const name = request.url?.slice(1) ?? "";
    const described = { name, versions: { "1.0.0": { name, version: "1.0.0" } } };
    response.writeHead(answer.status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(isBulk ? Object.fromEntries(known) : described));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
}

async function audit(url: string): Promise<{ exit: unknown; last: string | undefined }> {
  const cache = mkdtempSync(join(tmpdir(), "salotto-npm-"));
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
  const npm = { npm_config_registry: url, npm_config_cache: cache, npm_config_fetch_retry_mintimeout: "1" };
  const program = new Program("scripts/audit.ts", [project()], { ...process.env, ...npm });
  const exit = await program.exit;
  return { exit, last: program.output.trimEnd().split("\n").at(-1) };
}

test.each<[what: string, advisories: Advisories, exit: number, last: string]>([
  ["nothing known", {}, 0, "0 with known flaws, 0 of them high or critical."],
  ["a moderate flaw", { leaky: [{ severity: "moderate" }] }, 0, "1 with known flaws, 0 of them high or critical."],
  ["a high flaw", { leaky: [{ severity: "high" }] }, 1, "1 with known flaws, 1 of them high or critical."],
  ["a critical flaw", { leaky: [{ severity: "critical" }] }, 1, "1 with known flaws, 1 of them high or critical."],
])("%s", async (_what, advisories, exit, last) => {
  const told = await audit(await registry({ status: 200, advisories }));
  expect(told).toEqual({ exit, last: `Dependencies were checked: ${last}` });
});

test.each<[what: string, url: () => Promise<string>]>([
  ["without the question", () => registry({ status: 405, advisories: {} })],
  ["that is broken", () => registry({ status: 500, advisories: {} })],
  ["that breaks off", () => registry(undefined)],
  ["that is not there", async () => `http://127.0.0.1:${await freePort()}/`],
])("a registry %s fails nothing", async (_what, url) => {
  const { exit, last } = await audit(await url());
  expect(last).toMatch(/^Dependencies were not checked: the registry gave no report \(.+\)\.$/);
  expect(exit).toBe(0);
});
