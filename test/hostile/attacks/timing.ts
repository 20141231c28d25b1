/** Whoever may not learn which names have an account measures how long answers take. */
import { ScramClient } from "../../../bridge/upstream/scram-client.ts";
import type { Attack, Target } from "../attack.ts";
import { makeAccount } from "../owner.ts";
import { difference } from "../rank-test.ts";

const accounts = Array.from({ length: 10 }, (_, index) => `known ${"abcdefghij"[index]}`);
/** So much chance that there is a difference although none is: one in a billion. */
const SIGMAS_MAX = 6;

/** What is asked about a name: a password, and the first message of SCRAM. */
const questions: Readonly<Record<string, (name: string) => object>> = {
  "wrong password": (name) => ({ type: "authenticate", name, password: "correct horse" }),
  "SCRAM's first message": (name) => ({
    ...{ type: "authenticate", mechanism: "SCRAM-SHA-256" },
    data: new ScramClient(name, "").first,
  }),
};

/** Each answer comes from an address of its own, because one may not ask so often. */
let asked = 0;
async function timeOf(target: Target, command: object): Promise<number> {
  asked += 1;
  const client = await target.connect(`127.${100 + ((asked >> 14) % 100)}.${(asked >> 7) % 128}.${1 + (asked % 128)}`);
  await client.ask({ type: "ping" });
  const sinceMs = performance.now();
  await client.ask(command);
  const tookMs = performance.now() - sinceMs;
  client.close();
  return tookMs;
}

export const timing: readonly Attack[] = [
  {
    name: "how long answers take about names with and without an account",
    async run(target) {
      for (const name of accounts) await makeAccount(target, name, "127.0.0.1");
      const times = Object.keys(questions).map((what) => ({ what, known: [] as number[], unknown: [] as number[] }));
      for (let round = 0; round === 0 || !target.isOver(); round++) {
        const known = accounts[round % accounts.length] ?? "";
        const unknown = `other ${"abcdefghij"[round % 10]}${round}`;
        for (const { what, ...kinds } of times) {
          const ask = questions[what];
          // Whatever else the computer does must concern both alike.
          const order = Math.random() < 0.5 ? (["known", "unknown"] as const) : (["unknown", "known"] as const);
          for (const kind of order) {
            const name = kind === "known" ? known : unknown;
            if (ask) kinds[kind].push(await timeOf(target, ask(name)));
          }
        }
      }
      return times.flatMap(({ what, known, unknown }) => {
        const { sigmas, medians } = difference(known, unknown);
        const [a, b] = medians.map((ms) => ms.toFixed(2));
        target.note(
          `${what}: ${a} ms with an account, ${b} ms without (medians of ${known.length}; ranks differ by ${sigmas.toFixed(1)} σ)`,
        );
        return Math.abs(sigmas) > SIGMAS_MAX ? [`${what}: the time tells which names have an account`] : [];
      });
    },
  },
];
