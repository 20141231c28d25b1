/** The package that our programs are part of: its version, its built page, and what people type to start them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A clone runs the sources, this one in `cli/`; an installed package what was made of them, in `dist/programs/cli/`. */
const inClone = import.meta.filename.endsWith(".ts");
const folder = join(import.meta.dirname, inClone ? ".." : "../../..");

const { version, engines } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
  version: string;
  engines: { node: string };
};

export { version };

/** The earliest Node that they run on, as `major.minor`. */
export const nodeNeeded = engines.node.replace(">=", "");

/** The page as `npm run build` makes it. */
export const pageFolder = join(folder, "dist", "ui");

/** The programs that people start, by the words that `npx salotto` and, in a clone, `npm run` know them by. */
export type ProgramName = "start" | "server" | "bridge" | "export" | "import" | "backup" | "doctor" | "account";

/** What people type to start a program. */
export function commandLine(program: ProgramName, options?: string): string {
  if (options !== undefined) return `${beforeOptions(program)} ${options}`;
  if (!inClone) return `npx salotto ${program}`;
  return program === "start" ? "npm start" : `npm run ${program}`;
}

/** The part of it that stands before the options. */
export function beforeOptions(program: ProgramName): string {
  return inClone ? `${commandLine(program)} --` : commandLine(program);
}
