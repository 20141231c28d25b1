/**
 * Attacks on passwords: by guessing them, and by keeping the server busy with them. Meanwhile owners come and go, from
 * their own address and from that of the attackers.
 */
import { ScramClient } from "../../../bridge/upstream/scram-client.ts";
import { type AttemptRule, serverLimits } from "../../../server/limits.ts";
import { type Attack, repeat, type Target } from "../attack.ts";
import type { Json } from "../client.ts";
import { comeAndGo, makeAccount } from "../owner.ts";

const attacker = "127.0.0.66";
const home = "127.0.0.77";

/** One of so many addresses. */
const address = (index: number, of: number) => `127.0.66.${1 + (index % of)}`;

/** Attempts in that time, all made as early as they may be, with one to spare for each second. */
const attemptsMax = ({ free }: AttemptRule, seconds: number) => free + 2 + Math.ceil(seconds);

/** Whoever waits for a hash cannot be hurried: a short run has fewer of them. */
const lanesOf = ({ scale }: Target, wanted: number) => Math.min(wanted, scale.crowd);

/** Answers by their codes. */
class Tally {
  readonly counts = new Map<string, number>();

  add(answer: Json | undefined): void {
    const code = answer === undefined ? "none" : String(answer.code ?? answer.type);
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
  }

  count(code: string): number {
    return this.counts.get(code) ?? 0;
  }
}

/** Guesses from many connections, each answered before the next. @returns how often each answer came */
async function guess(target: Target, lanes: number, from: (index: number) => string, nameOf: () => string) {
  const tally = new Tally();
  await repeat(target, lanes, async (index) => {
    const client = await target.connect(from(index));
    for (let tries = 0; tries < 5 && !target.isOver(); tries++) {
      const password = crypto.randomUUID();
      tally.add(await client.ask({ type: "authenticate", name: nameOf(), password }));
    }
    client.close();
  });
  return tally;
}

function tooMany(tally: Tally, code: string, max: number, what: string): string[] {
  return tally.count(code) > max ? [`${tally.count(code)} ${what}, more than ${max}`] : [];
}

export const passwords: readonly Attack[] = [
  {
    name: "guesses at one password, from 50 addresses",
    async run(target) {
      const olga = await makeAccount(target, "olga", home);
      const [tally, ...faults] = await Promise.all([
        guess(
          target,
          100,
          (index) => address(index, 50),
          () => "olga",
        ),
        comeAndGo(target, olga),
      ]);
      const max = attemptsMax(serverLimits.attemptsAtAccountByAll, target.scale.seconds);
      return [...tooMany(tally, "wrong-password", max, "guesses at one password are looked at"), ...faults.flat()];
    },
  },
  {
    name: "guesses at everybody's password, from one address that others have, too",
    async run(target) {
      const otto = await makeAccount(target, "otto", attacker);
      const [tally, ...faults] = await Promise.all([
        guess(
          target,
          50,
          () => attacker,
          () => `somebody ${crypto.randomUUID().slice(0, 8)}`,
        ),
        comeAndGo(target, otto),
        comeAndGo(target, await makeAccount(target, "oskar", home)),
      ]);
      const max = attemptsMax(serverLimits.attemptsOfSource, target.scale.seconds);
      return [...tooMany(tally, "wrong-password", max, "passwords of one address are looked at"), ...faults.flat()];
    },
  },
  {
    name: "registrations, as many as go, from one address",
    async run(target) {
      const odile = await makeAccount(target, "odile", home);
      const tally = new Tally();
      const register = repeat(target, lanesOf(target, 50), async () => {
        const client = await target.connect(attacker);
        const name = `squatter ${crypto.randomUUID().slice(0, 8)}`;
        tally.add(await client.ask({ type: "register", name, password: "correct horse" }));
        client.close();
      });
      const [faults] = await Promise.all([comeAndGo(target, odile), register]);
      const { atOnce, perHour } = serverLimits.newAccountsOfSource;
      const max = atOnce + Math.ceil((perHour * target.scale.seconds) / 3_600);
      await makeAccount(target, "odette", home);
      return [...tooMany(tally, "ok", max, "accounts of one address"), ...faults];
    },
  },
  {
    name: "SCRAM, begun and abandoned",
    async run(target) {
      const orla = await makeAccount(target, "orla", home);
      const begin = repeat(target, 50, async (index) => {
        const client = await target.connect(address(index, 10));
        const names = ["orla", ...Array.from({ length: 20 }, () => `nobody ${crypto.randomUUID().slice(0, 8)}`)];
        const firsts = names.map((name) => new ScramClient(name, "").first);
        await client.sendJson(
          ...firsts.map((data) => ({ type: "authenticate", mechanism: "SCRAM-SHA-256", data, label: "x" })),
        );
        await client.ask({ type: "ping" });
        client.close();
      });
      const [faults] = await Promise.all([comeAndGo(target, orla), begin]);
      return faults;
    },
  },
  {
    name: "more passwords than can be checked, from 20 addresses",
    async run(target) {
      const oona = await makeAccount(target, "oona", home);
      const flood = repeat(target, lanesOf(target, 400), async (index) => {
        const client = await target.connect(address(index, 20));
        const name = `nobody ${crypto.randomUUID().slice(0, 8)}`;
        await client.ask({ type: "authenticate", name, password: "correct horse" });
        client.close();
      });
      const [faults] = await Promise.all([comeAndGo(target, oona), flood]);
      return faults;
    },
  },
];
