/**
 * `node scripts/lint-regexps.ts`: finds regular expressions whose running time can grow faster than the text, because
 * they backtrack or restart at every position. Somebody who sends such a text would freeze everyone else. Patterns
 * built at run time are measured by `test/growth.test.ts` instead.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyse } from "scslre";
import { parseSync } from "vite";

/** Files that build patterns. Each is among the parsers of `test/growth.test.ts`. */
const measured = new Set([
  "bridge/upstream/legacy-parser.ts",
  "protocol/characters.ts",
  "protocol/scripts.ts",
  "protocol/words.ts",
  "ui/store/selectors/completion.ts",
  "ui/store/text/markup.ts",
  "ui/store/text/shown-host.ts",
  "ui/store/text/web-address.ts",
]);

interface Pattern {
  pattern: string;
  flags: string;
}

interface Node {
  type: string;
  start: number;
  regex?: Pattern;
  callee?: { name?: string };
  arguments?: { type: string; value?: unknown }[];
}

/** What is wrong with the regular expressions of a source file, as `file:line: what`. */
export function findSlowRegexps(file: string, source: string): string[] {
  const at = (node: Node) => `${file}:${source.slice(0, node.start).split("\n").length}`;
  const patterns = [...nodesOf(parseSync(file, source).program)].flatMap((node) => {
    const regexp = regexpOf(node);
    return regexp ? [{ node, regexp }] : [];
  });
  if (measured.has(file) && !patterns.some(({ regexp }) => regexp === "made")) {
    return [`${file}:1: is listed as building patterns, but builds none`];
  }
  return patterns.flatMap(({ node, regexp }) => {
    if (regexp === "made")
      return measured.has(file) ? [] : [`${at(node)}: a pattern built at run time, in a file that is not listed`];
    return growthsOf(regexp).map((growth) => `${at(node)}: /${regexp.pattern}/${regexp.flags} ${growth}`);
  });
}

function growthsOf({ pattern, flags }: Pattern): string[] {
  try {
    const { reports } = analyse({ source: pattern, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
    return [...new Set(reports.map(({ type }) => kindsOfGrowth[type]))];
  } catch (error) {
    // The analyser knows neither the newest scripts nor the short names of some properties.
    return [`cannot be read: ${error instanceof Error ? error.message : error}`];
  }
}

const kindsOfGrowth = {
  Move: "scans the same text again from every position",
  Self: "can match a text in many ways and tries them all",
  Trade: "can split a text between two repetitions in many ways and tries them all",
};

/** The pattern of a literal, or of a constructor with a literal argument; `made` where it is built at run time. */
function regexpOf(node: Node): Pattern | "made" | undefined {
  if (node.type === "Literal") return node.regex;
  const isConstructed =
    (node.type === "NewExpression" || node.type === "CallExpression") && node.callee?.name === "RegExp";
  if (!isConstructed) return undefined;
  const [pattern, flags] = (node.arguments ?? []).map(({ type, value }) => (type === "Literal" ? value : undefined));
  if (typeof pattern !== "string") return "made";
  return { pattern, flags: typeof flags === "string" ? flags : "" };
}

function* nodesOf(tree: unknown): Generator<Node> {
  if (typeof tree !== "object" || tree === null) return;
  if ("type" in tree) yield tree as Node;
  for (const child of Object.values(tree)) yield* nodesOf(child);
}

if (import.meta.main) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const folders = ["protocol", "server", "bridge", "ui", "cli", "tcp", "tls", "scripts"];
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...folders], {
    cwd: root,
    encoding: "utf8",
  });
  const isSource = (file: string) => /\.(?:ts|mjs|js)$/.test(file) && existsSync(join(root, file));
  const files = listed.split("\n").filter(isSource);
  const found = files.flatMap((file) => findSlowRegexps(file, readFileSync(join(root, file), "utf8")));
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
  else console.log(`Checked the regular expressions of ${files.length} files.`);
}
