/**
 * The build step that turns the page into an app: compiles worker.ts, tells it which files the page consists of, and
 * puts the icon where the manifest expects it.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** What the worker keeps. */
export interface Shell {
  /** Differs whenever any of the files differs. */
  version: string;
  /** The addresses of all files, including those loaded late. */
  files: string[];
}

const worker = "worker.js";

export function buildApp(): Plugin {
  return {
    name: "salotto-app",
    apply: "build",
    async buildStart() {
      this.emitFile({ type: "chunk", id: fileURLToPath(new URL("worker.ts", import.meta.url)), fileName: worker });
      const source = await readFile(new URL("favicon.svg", import.meta.url));
      this.emitFile({ type: "asset", fileName: "icon.svg", source });
    },
    async writeBundle({ dir = "" }) {
      const code = await readFile(join(dir, worker), "utf8");
      await writeFile(join(dir, worker), `const shell = ${JSON.stringify(await shellIn(dir))};\n${code}`);
    },
  };
}

async function shellIn(dir: string): Promise<Shell> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const hash = createHash("sha256");
  for (const path of paths.sort()) hash.update(path.slice(dir.length)).update(await readFile(path));
  const files = paths
    .map((path) => path.slice(dir.length).replaceAll(sep, "/"))
    .filter((file) => file !== `/${worker}`);
  // The page is requested by its folder, never by its file name.
  return {
    version: hash.digest("hex").slice(0, 16),
    files: files.map((file) => (file === "/index.html" ? "/" : file)),
  };
}
