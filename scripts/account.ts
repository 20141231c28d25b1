/**
 * `npm run account`: lists accounts, gives a forgotten password anew, ends an account, and invites people into the chat; the
 * server may run or not.
 */
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Command, InvalidArgumentError } from "commander";
import { endingWithCodes, failWith } from "../cli/options.ts";
import { beforeOptions } from "../cli/package.ts";
import { qrRows } from "../cli/qr-code.ts";
import { wireLimits } from "../protocol/limits.ts";
import { HashedPasswords } from "../server/accounts/passwords.ts";
import { Chat } from "../server/chat/chat.ts";
import { loadKept } from "../server/chat/chat-options.ts";
import { defaultConfig } from "../server/config.ts";
import { type ControlAnswer, type ControlRequest, controlSocket, handle } from "../server/control.ts";
import { defaultDataDirectory } from "../server/store/data-directory.ts";
import { DATABASE_FILE } from "../server/store/database.ts";
import { openDiskStore } from "../server/store/open-store.ts";

const program = endingWithCodes(new Command(beforeOptions("account")))
  .description("Lists accounts, gives a forgotten password anew, ends an account, or invites people.")
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
program
  .command("invite")
  .description("prints the code of a new invitation, for a chat that runs with --invited-only")
  .option("--uses <count>", "how many people it lets in", wholeNumber(wireLimits.invitationUsesMax), 1)
  .option("--days <count>", "for how many days it is good", wholeNumber(wireLimits.invitationDaysMax), 7)
  .option(
    "--link <address>",
    "the page's address: prints a link to it as well, and the same for a phone's camera",
    readPage,
  )
  .action(({ uses, days, link }: { uses: number; days: number; link?: URL }) =>
    run({ act: "invite", uses, days }, link),
  );
program
  .command("invitations")
  .description("lists the invitations that still let somebody in")
  .action(() => run({ act: "invitations" }));
program
  .command("revoke <id>")
  .description("takes an invitation back")
  .action((id: string) => run({ act: "revoke", id }));
await program.parseAsync();

/** @param page where the page is that an invitation should open */
async function run(request: ControlRequest, page?: URL): Promise<void> {
  const { data } = program.opts<{ data: string }>();
  try {
    show(request, (await askServer(data, request)) ?? (await askDatabase(data, request)), page);
  } catch (error) {
    failWith(program, (error as Error).message);
  }
}

function wholeNumber(max: number): (typed: string) => number {
  return (typed) => {
    const number = Number(typed);
    if (!/^\d{1,9}$/.test(typed) || number < 1 || number > max)
      throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
    return number;
  };
}

function readPage(typed: string): URL {
  const page = URL.parse(typed);
  if (page?.protocol === "http:" || page?.protocol === "https:") return page;
  throw new InvalidArgumentError("It must be the address of a page, such as https://chat.example:3000/.");
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
    kept: await loadKept(log),
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

function show(request: ControlRequest, answer: ControlAnswer, page?: URL): void {
  if ("problem" in answer) return failWith(program, answer.problem);
  if ("password" in answer) {
    console.log(`Password: ${answer.password}`);
    console.log("It is good only for choosing a new one. All sessions of the account have ended.");
  } else if ("accounts" in answer) {
    for (const { name, state, seen, sessions } of answer.accounts)
      console.log(`${name}  ${state}, ${sessions} ${sessions === 1 ? "session" : "sessions"}, last here ${seen}`);
    if (answer.accounts.length === 0) console.log("There are no accounts.");
  } else if ("code" in answer) {
    const { id, code, uses, until } = answer;
    console.log(`Invitation: ${code}`);
    console.log(`It lets in ${people(uses)} until ${until}, and is shown only now. To take it back: revoke ${id}`);
    if (page) showLink(page, code);
  } else if ("invitations" in answer) {
    for (const { id, by, uses, until } of answer.invitations)
      console.log(`${id}  by ${by}, for ${people(uses)}, until ${until}`);
    if (answer.invitations.length === 0) console.log("There are no invitations.");
  } else if (request.act === "revoke") console.log("The invitation lets nobody in any more.");
  else console.log("The account has ended, and its name is free.");
}

/** The code is in the fragment, which browsers keep to themselves: no server and no log ever sees it. */
function showLink(page: URL, code: string): void {
  const link = new URL(page);
  link.hash = `invitation=${code}`;
  console.log([`Link: ${link}`, ...qrRows(link.href)].join("\n"));
}

function people(count: number): string {
  return count === 1 ? "one person" : `${count} people`;
}
