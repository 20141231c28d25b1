/** Somebody with an account, who does nothing wrong while others are after it: comes and goes, by password and by token. */
import { setTimeout as pause } from "node:timers/promises";
import { ScramClient } from "../../bridge/upstream/scram-client.ts";
import type { Target } from "./attack.ts";
import type { Client, Json } from "./client.ts";

const PAUSE_MS = 100;

export interface Account {
  name: string;
  password: string;
  token: string;
  /** The address that the owner comes from. */
  from: string;
}

/** @throws when it is refused */
export async function makeAccount(target: Target, name: string, from: string): Promise<Account> {
  const password = `${name}'s own, ${crypto.randomUUID()}`;
  const client = await target.join(name, from);
  const answer = await client.ask({ type: "register", password, device: "laptop" });
  if (answer?.type !== "ok") throw new Error(`${name} cannot register: ${JSON.stringify(answer)}`);
  return { name, password, token: String(answer.token), from };
}

/** Proves an account by SCRAM. @returns the last answer */
export async function prove(client: Client, name: string, password: string): Promise<Json | undefined> {
  const scram = new ScramClient(name, password);
  const mechanism = "SCRAM-SHA-256";
  const begun = await client.ask({ type: "authenticate", mechanism, data: scram.first });
  const data = await scram.answer(String(begun?.data));
  return data === undefined ? begun : client.ask({ type: "authenticate", mechanism, data });
}

const ways: Readonly<Record<string, (client: Client, account: Account) => Promise<Json | undefined>>> = {
  password: (client, { name, password }) => client.ask({ type: "authenticate", name, password }),
  token: (client, { token }) => client.ask({ type: "authenticate", token }),
  "password, by SCRAM": (client, { name, password }) => prove(client, name, password),
};

/** The owner comes in by each way, again and again. @returns why they could not */
export async function comeAndGo(target: Target, account: Account): Promise<string[]> {
  const faults = new Set<string>();
  do {
    for (const [way, enter] of Object.entries(ways)) {
      const client = await target.connect(account.from);
      const proved = await enter(client, account);
      const answer = proved?.type === "ok" ? await client.ask({ type: "login", name: account.name }) : proved;
      if (answer?.type !== "ok") faults.add(`${account.name} is kept out with the right ${way}: ${answer?.code}`);
      client.close();
    }
    await pause(PAUSE_MS);
  } while (!target.isOver());
  return [...faults];
}
