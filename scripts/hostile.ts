/** `npm run hostile`: runs every known attack for any length of time, and shows what bystanders notice of it. */
import { Command, InvalidArgumentError } from "commander";
import { attacks } from "../test/hostile/attacks.ts";
import { type Damage, Testbed } from "../test/hostile/testbed.ts";

/** How much an attack may slow down answers, and how much memory the server may use. */
const TIMES_MAX = 10;
const RSS_MAX_MB = 300;
/** Before an attack, the bystanders are watched for as long as the attack lasts, but no longer than this. */
const IDLE_SECONDS_MAX = 5;

const { seconds, crowd, messages, only } = new Command("npm run hostile --")
  .description("Runs one attack after another against its own server and bridge, and measures what bystanders notice.")
  .option("--seconds <number>", "how long each attack lasts", readNumber, 20)
  .option("--crowd <number>", "silent people in the chat, for attacks that need them", readNumber, 1_500)
  .option("--messages <number>", "messages in the database, for attacks that need them", readNumber, 300_000)
  .option("--only <text>", "only attacks whose name contains this")
  .allowExcessArguments(false)
  .parse()
  .opts<{ seconds: number; crowd: number; messages: number; only?: string }>();

function readNumber(typed: string): number {
  const number = Number(typed);
  if (!(number > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

function problemsOf({ idleMs, busyMs, rssMb = 0, kicked, undelivered, faults }: Damage): string[] {
  return [
    ...(busyMs > TIMES_MAX * idleMs ? [`answers take ${Math.round(busyMs / idleMs)} times as long`] : []),
    ...(rssMb > RSS_MAX_MB ? [`${rssMb} MB`] : []),
    ...(kicked.length > 0 ? [`disconnected: ${kicked.join(", ")}`] : []),
    ...(undelivered.length > 0 ? [`${undelivered.length} messages lost`] : []),
    ...faults,
  ];
}

const held: boolean[] = [];
console.log("   ×   idle ms  busy ms  MB   out  lost  attack");
for (const attack of attacks.filter(({ name }) => name.includes(only ?? ""))) {
  const testbed = await Testbed.open({ seconds, crowd, messages }, attack);
  const outcome = await testbed.suffer(attack, Math.min(seconds, IDLE_SECONDS_MAX)).finally(() => testbed.close());
  const { idleMs, busyMs, rssMb, kicked, undelivered } = outcome;
  const figures = [
    (busyMs / idleMs).toFixed(1).padStart(6),
    idleMs.toFixed(1).padStart(8),
    busyMs.toFixed(1).padStart(8),
    String(rssMb ?? "?").padStart(4),
    String(kicked.length).padStart(4),
    String(undelivered.length).padStart(5),
  ];
  console.log(`${figures.join(" ")}  ${attack.name}`);
  for (const note of outcome.notes) console.log(`        (${note})`);
  const problems = problemsOf(outcome);
  for (const problem of problems) console.log(`        ${problem}`);
  held.push(problems.length === 0);
}
const lost = held.filter((isHeld) => !isHeld).length;
console.log(lost === 0 ? "Every attack was withstood." : `${lost} of ${held.length} attacks were not withstood.`);
process.exitCode = lost === 0 ? 0 : 1;
