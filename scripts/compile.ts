/**
 * Before `npm pack`: makes JavaScript of the programs that `npx salotto` starts, and of every module that they reach, since
 * Node strips no types in packages. Each module keeps its place, and each word its line and column.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const target = join(root, "dist", "programs");

/** The address of one of our modules, in an import or for a thread. */
const address = /"(\.\.?\/[^"\n]*)\.ts"/g;

rmSync(target, { recursive: true, force: true });
const modules = new Set(["scripts/salotto"]);
for (const path of modules) {
  const code = stripTypeScriptTypes(readFileSync(join(root, `${path}.ts`), "utf8"));
  for (const [, to = ""] of code.matchAll(address)) modules.add(join(dirname(path), to));
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, `${path}.js`), code.replace(address, '"$1.js"'));
}
