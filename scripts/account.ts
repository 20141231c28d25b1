/** `npm run account`: lists accounts, gives a forgotten password anew, and ends an account; the server may run or not. */
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { endingWithCodes, failWith } from "../cli/options.ts";
import { beforeOptions } from "../cli/package.ts";
import { HashedPasswords } from "../server/accounts/passwords.ts";
import { Chat } from "../server/chat/chat.ts";
import { defaultConfig } from "../server/config.ts";
import { type ControlAnswer, type ControlRequest, controlSocket, handle } from "../server/control.ts";
import { defaultDataDirectory } from "../server/store/data-directory.ts";
import { DATABASE_FILE } from "../server/store/database.ts";
import { openDiskStore } from "../server/store/open-store.ts";

const program = endingWithCodes(new Command(beforeOptions("account")))
  .description("Lists accounts, gives a forgotten password anew, or ends an account.")
  .option("--data <directory>", "where messages are kept", defaultDataDirectory(defaultConfig.port))
  .allowExcessArguments(false);
program
  .command("list")
  .description("lists the accounts")
  .action(() => run({ act: "list" }));
program
  .command("reset <name>")
  .description("signs somebody out everywhere, and prints a password with which they choose a new one")
  .action((name: string) => run({ act: "reset", name }));
program
  .command("remove <name>")
  .description("ends an account; the name is free, and nobody can enter as its person any more")
  .action((name: string) => run({ act: "remove", name }));
await program.parseAsync();

async function run(request: ControlRequest): Promise<void> {
  const { data } = program.opts<{ data: string }>();
  try {
    show((await askServer(data, request)) ?? (await askDatabase(data, request)));
  } catch (error) {
    failWith(program, (error as Error).message);
  }
}

/** @returns undefined when no server answers */
async function askServer(data: string, request: ControlRequest): Promise<ControlAnswer | undefined> {
  const socket = connect(controlSocket(data));
  const isOpen = await new Promise((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  if (!isOpen) return undefined;
  socket.write(`${JSON.stringify(request)}\n`);
  return JSON.parse(await text(socket));
}

/** The same on the database itself. If a server uses it after all, it is locked, and the error says so. */
async function askDatabase(data: string, request: ControlRequest): Promise<ControlAnswer> {
  if (!existsSync(join(data, DATABASE_FILE))) throw new Error(`there is no database in ${data}`);
  const fail = (error: unknown) => {
    throw error;
  };
  const log = await openDiskStore({
    directory: data,
    busyMs: defaultConfig.limits.databaseBusyMs,
    ...{ indexing: () => {}, moved: () => {}, rewriting: () => {} },
    ...{ unindexed: fail, failed: fail, unmaintained: fail },
  });
  const chat = new Chat({
    log,
    kept: {
      rooms: await log.rooms(),
      people: await log.people(),
      records: await log.records(),
      secret: await log.secret(),
    },
    passwords: new HashedPasswords(defaultConfig.limits),
    door: { ...defaultConfig, exposed: () => {} },
    admins: defaultConfig.admins,
    now: () => new Date(),
    wake: () => setImmediate(() => chat.flush()),
    told: () => {},
    // Those of the server may be higher, and nobody is to be forgotten because somebody looks.
    limits: { ...defaultConfig.limits, peopleMax: Number.POSITIVE_INFINITY, actsMax: Number.POSITIVE_INFINITY },
    observer: { joined: () => {}, left: () => {}, renamed: () => {}, failed: fail, unreadable: fail },
  });
  const answer = await handle(chat.administration, request);
  await log.close();
  return answer;
}

function show(answer: ControlAnswer): void {
  if ("problem" in answer) return failWith(program, answer.problem);
  if ("password" in answer) {
    console.log(`Password: ${answer.password}`);
    console.log("It is good only for choosing a new one. All sessions of the account have ended.");
  } else if ("accounts" in answer) {
    for (const { name, state, seen, sessions } of answer.accounts)
      console.log(`${name}  ${state}, ${sessions} ${sessions === 1 ? "session" : "sessions"}, last here ${seen}`);
    if (answer.accounts.length === 0) console.log("There are no accounts.");
  } else console.log("The account has ended, and its name is free.");
}
