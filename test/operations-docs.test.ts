/** The operator's manual says what the programs do. The table of metrics is tested beside the metrics. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exitCodes } from "../cli/exit-codes.ts";

const root = join(import.meta.dirname, "..");
const manual = readFileSync(join(root, "docs/operations.md"), "utf8");

/** The first cells of the table below a row, without their marks. */
function firstCells(head: string): string[] {
  const [, table = ""] = manual.split(`\n| ${head} |`);
  const [rows = ""] = table.split("\n\n");
  return [...rows.matchAll(/^\|([^|]*)\|/gm)].slice(1).map(([, cell = ""]) => cell.trim());
}

test("every exit code is documented, and no other", () => {
  expect(firstCells("exit code | meaning").map(Number)).toEqual(
    Object.values(exitCodes).sort((one, other) => one - other),
  );
});

test("every event of the log that is documented exists", () => {
  const code = globSync("{server,bridge,cli}/**/*.ts", { cwd: root })
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("");
  const events = firstCells("`msg` | level").flatMap((cell) =>
    cell.split("`, `").map((word) => word.replaceAll("`", "")),
  );
  expect(events.length).toBeGreaterThan(10);
  expect(events.filter((event) => !code.includes(`"${event}"`))).toEqual([]);
});
