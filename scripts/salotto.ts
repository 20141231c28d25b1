/** `npx salotto`, the command of the installed package: starts the program that its first word names. */
import { Command } from "commander";
import { endingWithCodes } from "../cli/options.ts";
import { type ProgramName, version } from "../cli/package.ts";

/** Each reads the rest of the command line itself. */
const programs: Record<ProgramName, [summary: string, start: () => Promise<unknown>]> = {
  start: ["a server and a bridge on this computer; this one starts when none is named", () => import("./start.ts")],
  server: ["the chat server", () => import("../server/main.ts")],
  bridge: ["the page, connected to a chat server", () => import("../bridge/main.ts")],
  export: ["writes the messages of a room to a file", () => import("./export.ts")],
  import: ["adds the messages of such a file", () => import("./import.ts")],
  doctor: ["checks what a server needs, and says what to do", () => import("./doctor.ts")],
  account: ["lists accounts, gives a password anew, ends an account", () => import("./account.ts")],
  backup: ["copies the database, also while the server runs", () => import("./backup.ts")],
};

const salotto = endingWithCodes(new Command("npx salotto"))
  .description("A chat room on one TCP port, and its page. Each command explains its options with --help.")
  .version(version)
  .usage("[command] [options]")
  .enablePositionalOptions()
  .helpCommand(false);
for (const [name, [summary, start]] of Object.entries(programs)) {
  salotto
    .command(name)
    .description(summary)
    .usage("")
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => {
      process.argv.splice(2, 1);
      await start();
    });
}

// Options alone are those of the program that starts when none is named.
const first = process.argv[2];
const own = ["--help", "-h", "--version", "-V"];
if (first === undefined || (first.startsWith("-") && !own.includes(first))) process.argv.splice(2, 0, "start");
await salotto.parseAsync();
