/** `npm run chaos`: runs the fault test for any length of time, and prints its figures. */
import { Command, InvalidArgumentError } from "commander";
import { runChaos } from "../test/chaos/chaos.ts";

const { minutes, seed, clients, pages } = new Command("npm run chaos --")
  .description(
    "Kills the server and the bridge, cuts connections and stalls readers while clients post, edit, delete and react, and checks that nothing is lost.",
  )
  .option("--minutes <number>", "how long to run", readNumber, 1)
  .option("--seed <number>", "the same seed makes the same choices", readNumber, 7)
  .option("--clients <number>", "clients that talk to the server", readNumber, 3)
  .option("--pages <number>", "pages that talk to the bridge", readNumber, 3)
  .allowExcessArguments(false)
  .parse()
  .opts<{ minutes: number; seed: number; clients: number; pages: number }>();

function readNumber(typed: string): number {
  const number = Number(typed);
  if (!(number > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

const endMs = performance.now() + minutes * 60_000;
const { figures, violations } = await runChaos({ goesOn: () => performance.now() < endMs, seed, clients, pages });
console.table(figures);
for (const violation of violations.slice(0, 20)) console.error(violation);
console.log(
  violations.length === 0 ? "Nothing was lost, repeated or out of order." : `${violations.length} violations`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
