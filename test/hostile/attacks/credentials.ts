/** Attacks with what was stolen or looks right: tokens, recorded proofs, and names like those of accounts. */
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { ScramClient } from "../../../bridge/upstream/scram-client.ts";
import { type Attack, repeat, type Target } from "../attack.ts";
import { type Client, type Json, postOf } from "../client.ts";
import { type Account, comeAndGo, makeAccount } from "../owner.ts";

const home = "127.0.0.77";
const mechanism = "SCRAM-SHA-256";

/** Two accounts, and tokens of theirs that were good once. */
async function steal(target: Target) {
  const [ugo, uta] = [await makeAccount(target, "ugo", home), await makeAccount(target, "uta", home)];
  const tokenOf = async ({ name, password }: Account) => {
    const client = await target.connect();
    const { token } = (await client.ask({ type: "authenticate", name, password, device: "phone" })) ?? {};
    return { client, token: String(token) };
  };
  const lost = await tokenOf(ugo);
  await lost.client.ask({ type: "sign-out" });
  const old = await tokenOf(uta);
  const fresh = crypto.randomUUID();
  const change = { type: "change-password", old: uta.password, new: fresh };
  const owner = await target.connect(home);
  await owner.ask({ type: "authenticate", token: uta.token });
  const changed = await owner.ask(change);
  if (changed?.type !== "ok") throw new Error(`uta cannot change the password: ${JSON.stringify(changed)}`);
  const [id = "", secret = ""] = ugo.token.split(".");
  const [otherId = "", otherSecret = ""] = uta.token.split(".");
  const tokens = {
    "signed out": lost.token,
    "from before the password was changed": old.token,
    "with another's secret": `${id}.${otherSecret}`,
    "with another's id": `${otherId}.${secret}`,
    "without its secret": `${id}.`,
    "without its dot": id,
    "without its id": `.${secret}`,
    "without its end": ugo.token.slice(0, -1),
    "in capitals": ugo.token.toUpperCase(),
    "with a space": `${ugo.token} `,
    "with its hash": `${id}.${"0".repeat(64)}`,
  };
  return { ugo, uta: { ...uta, password: fresh }, tokens };
}

/** What somebody could have recorded who proved their password by SCRAM. */
async function record(target: Target, { name, password }: Account): Promise<{ first: string; second: string }> {
  const client = await target.connect(home);
  const scram = new ScramClient(name, password);
  const begun = await client.ask({ type: "authenticate", mechanism, data: scram.first });
  const second = String(await scram.answer(String(begun?.data)));
  const done = await client.ask({ type: "authenticate", mechanism, data: second });
  if (done?.type !== "ok") throw new Error(`${name} cannot prove the password: ${JSON.stringify(done)}`);
  client.close();
  return { first: scram.first, second };
}

/** Names of accounts, and what looks like them or is read as them. */
const alike: Readonly<Record<string, readonly string[]>> = {
  paolo: [
    ...["PAOLO", "Paolo", " paolo ", "pаolo", "раоlо", "ｐａｏｌｏ", "pa\u200bolo", "paolo\u3164", "pa\u00adolo"],
    ...["paol0", "pao1o", "paoIo", "pa\u2060olo", "𝐩𝐚𝐨𝐥𝐨", "ⓟaolo", "paoӏo", "p\u0251olo", "\u202epaolo"],
  ],
  "rosa neri": ["Rosa  Neri", "rosa\u00a0neri", "rosa\u2003neri", "rosa neгi", "r0sa neri", "rosa nerі", "ROSA NERI"],
  müller: ["mu\u0308ller", "MÜLLER", "Müller", "mü11er", "müIIer", "mü\u200dller"],
  modern: ["rnodern", "modem", "MODERN", "mоdеrn", "moderп"],
};

/** Ways to come by a name. Each ends its connection. */
const ways: Readonly<Record<string, (target: Target, name: string, client: Client) => Promise<unknown>>> = {
  login: (_, name, client) => client.ask({ type: "login", name }),
  "registering at the door": (_, name, client) =>
    client.ask({ type: "register", name, password: "correct horse" }).then(() => client.ask({ type: "login", name })),
  "a renaming": async (_, name, client) => {
    await client.ask({ type: "login", name: `visitor ${crypto.randomUUID().slice(0, 8)}` });
    await client.ask({ type: "rename", name });
  },
  "the prompt of a terminal": ({ port }, name) => type(port, `${name}\n`),
  "a terminal's /nick": ({ port }, name) =>
    type(port, `visitor ${crypto.randomUUID().slice(0, 8)}\n`, `/nick ${name}\n`),
  "a client without line ends": ({ port }, name) => type(port, name),
};

/** Types one thing after the other, and leaves. */
async function type(port: number, ...texts: readonly string[]): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {}).resume();
  const isOver = new Promise((resolve) => socket.once("close", resolve));
  for (const text of texts) {
    socket.write(text);
    // Longer than a client without line ends has to be silent.
    await pause(300);
  }
  socket.write("/quit\n");
  await Promise.race([isOver, pause(2_000)]);
  socket.destroy();
}

export const credentials: readonly Attack[] = [
  {
    name: "stolen tokens: revoked, of others, and parts of them",
    async run(target) {
      const { ugo, uta, tokens } = await steal(target);
      const faults = new Set<string>();
      const attack = repeat(target, 1, async () => {
        for (const [what, token] of Object.entries(tokens)) {
          const client = await target.connect();
          const answer = await client.ask({ type: "authenticate", token });
          if (answer?.code !== "token-invalid") faults.add(`a token ${what} is answered with ${answer?.type}`);
          for (const name of ["ugo", "uta"]) {
            const { code } = (await client.ask({ type: "login", name })) ?? {};
            if (code !== "name-registered") faults.add(`with a token ${what}, ${name} is answered with ${code}`);
          }
          client.close();
        }
      });
      const owners = await Promise.all([comeAndGo(target, ugo), comeAndGo(target, uta), attack]);
      return [...faults, ...owners.slice(0, 2).flatMap((each) => each ?? [])];
    },
  },
  {
    name: "recorded proofs, said again",
    async run(target) {
      const ulla = await makeAccount(target, "ulla", home);
      const { first, second } = await record(target, ulla);
      const faults = new Set<string>();
      const tell = (answer: Json | undefined, how: string) => {
        if (answer?.type !== "error") faults.add(`a recorded proof is taken ${how}`);
      };
      const replay = repeat(target, 1, async () => {
        const client = await target.connect();
        tell(await client.ask({ type: "authenticate", mechanism, data: second }), "alone");
        await client.ask({ type: "authenticate", mechanism, data: first });
        tell(await client.ask({ type: "authenticate", mechanism, data: second }), "after its beginning");
        tell(await client.ask({ type: "authenticate", mechanism, data: second }), "twice");
        if ((await client.ask(postOf("lobby", "as ulla")))?.type === "ok") faults.add("a recorded proof lets speak");
        client.close();
        await pause(10);
      });
      const [owner] = await Promise.all([comeAndGo(target, ulla), replay]);
      return [...faults, ...owner];
    },
  },
  {
    name: "names that look like those of accounts, by every way to a name",
    async run(target) {
      const faults = new Set<string>();
      const seen = new Set<string>();
      const watcher = await target.join("watchful");
      let way = "";
      const honest = /^(visitor [0-9a-f]{8}|writer|reader|asker|listener)$/;
      watcher.onEvent = ({ type: event, name, to }) => {
        const called = event === "member-joined" ? name : event === "member-renamed" ? to : undefined;
        seen.add(String(called));
        if (called !== undefined && !honest.test(String(called))) faults.add(`by ${way}, somebody is ${called}`);
      };
      // The owners are away: nothing but the account protects their names.
      for (const name of Object.keys(alike)) {
        const client = await target.join(name, home);
        const answer = await client.ask({ type: "register", password: "correct horse" });
        if (answer?.type !== "ok") throw new Error(`${name} cannot register: ${JSON.stringify(answer)}`);
        await client.ask({ type: "quit" });
        client.close();
      }
      await watcher.ask({ type: "ping" });
      faults.clear();
      await repeat(target, 1, async () => {
        for (const [described, come] of Object.entries(ways)) {
          way = described;
          // Somebody honest gets in by each way: otherwise, it would prove nothing.
          const visitor = `visitor ${crypto.randomUUID().slice(0, 8)}`;
          await Promise.all(
            [...Object.values(alike).flat(), visitor].map(async (name) => {
              const client = await target.connect();
              await come(target, name, client);
              client.close();
            }),
          );
          await watcher.ask({ type: "ping" });
          if (!seen.has(visitor)) faults.add(`by ${way}, nobody gets in`);
        }
      });
      return [...faults];
    },
  },
];
