/** The import rules find each kind of violation; that the project has none is checked by `npm test` itself. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { findForbiddenImports } from "../../scripts/lint-imports.ts";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** The rules that a project with these files breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "salotto-imports-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries({ ...files, "package.json": "{}" })) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(modules, join(folder, "node_modules"));
  const paths = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? path))];
  const found = await findForbiddenImports(folder, paths);
  return [...new Set(found.map((line) => line.slice(0, line.lastIndexOf(": "))))];
}

const value = "export const value = 1;";
const type = "export type Value = 1;";

test.each<[rule: string, files: Record<string, string>]>([
  ["direction: protocol", { "protocol/a.ts": 'import "../server/b.ts";', "server/b.ts": value }],
  ["direction: server", { "server/a.ts": 'import "../bridge/b.ts";', "bridge/b.ts": value }],
  ["direction: server/chat", { "server/chat/a.ts": 'export * from "../store/b.ts";', "server/store/b.ts": value }],
  ["direction: server/chat", { "server/chat/a.ts": 'void import("../net/b.ts");', "server/net/b.ts": value }],
  [
    "direction: server/net",
    { "server/net/a.ts": 'import type { Value } from "../chat/b.ts";', "server/chat/b.ts": type },
  ],
  ["direction: server/net", { "server/net/a.ts": 'import "../dialects/json.ts";', "server/dialects/json.ts": value }],
  ["direction: ui", { "ui/a.ts": 'import "../bridge/b.ts";', "bridge/b.ts": value }],
  [
    "direction: ui/components/log",
    { "ui/components/log/a.ts": 'import "../composer/b.ts";', "ui/components/composer/b.ts": value },
  ],
  [
    "direction: ui/components/shared",
    { "ui/components/shared/a.ts": 'import "../shell/b.ts";', "ui/components/shell/b.ts": value },
  ],
  [
    "direction: ui/store/model",
    { "ui/store/model/a.ts": 'import "../services/b.ts";', "ui/store/services/b.ts": value },
  ],
  ["cycle", { "cli/a.ts": 'import "./b.ts";', "cli/b.ts": 'import "./a.ts";' }],
  [
    "cycle",
    {
      "cli/a.ts": 'import type { B } from "./b.ts"; export type A = B;',
      "cli/b.ts": 'import type { A } from "./a.ts"; export type B = A;',
    },
  ],
  ["missing", { "cli/a.ts": 'import "./b.ts";' }],
  ["missing", { "cli/a.ts": 'import "no-such-package";' }],
  ["the chat does no I/O", { "server/chat/a.ts": 'import "node:fs";' }],
  ["the chat does no I/O", { "server/chat/a.ts": 'import "node:sqlite";' }],
  ["the vocabulary does no I/O", { "protocol/a.ts": 'import "node:net";' }],
  ["the vocabulary does no I/O", { "protocol/a.ts": 'import type { Socket } from "node:net";' }],
  ["direction: protocol", { "protocol/a.ts": 'import "../tcp/b.ts";', "tcp/b.ts": value }],
  ["the connections know no socket", { "server/net/a.ts": 'import type { Socket } from "node:net";' }],
  ["the connections know no socket", { "server/net/a.ts": 'import "node:tls";' }],
  ["the server is no web server", { "server/a.ts": 'import "node:http";' }],
  ["the server is no web server", { "server/a.ts": 'import "express";' }],
  ["the page has one socket", { "ui/a.ts": 'import "socket.io-client";' }],
  ["the page has one database", { "ui/a.ts": 'import "idb";' }],
  ["the page runs in a browser", { "ui/a.ts": 'import "node:fs";' }],
])("%s: %o", async (rule, files) => {
  expect(await broken(files)).toEqual([rule]);
});

test("what is allowed is no fault", async () => {
  const files = {
    "protocol/a.ts": 'import "valibot"; export const value = 1;',
    "server/chat/b.ts": 'import "../../protocol/a.ts";',
    "server/net/transport.ts": 'import "node:net"; import "../dialects/dialect.ts";',
    "server/dialects/dialect.ts": type,
    "server/store/c.ts": 'import "node:sqlite"; import "../chat/ports.ts";',
    "server/chat/ports.ts": type,
    "ui/bridge-client/d.ts": 'import "socket.io-client"; import "../../protocol/a.ts";',
    "ui/components/shell/e.ts": 'import "../log/f.ts";',
    "ui/components/log/f.ts": 'import "../shared/g.ts";',
    "ui/components/shared/g.ts": value,
  };
  expect(await broken(files)).toEqual([]);
});
