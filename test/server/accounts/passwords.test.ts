/** How many passwords are hashed at once, who waits, and who is refused. */
import { expect, test } from "vitest";
import { HashedPasswords } from "../../../server/accounts/passwords.ts";

const limits = {
  hashMemoryKiB: 64,
  hashPasses: 1,
  scramIterations: 10,
  hashesAtOnce: 1,
  hashesWaitingMax: 6,
  hashesOfSourceMax: 4,
};

test("a password is checked against its keys, which are renewed when the parameters have changed", async () => {
  const keys = await new HashedPasswords(limits).make("correct horse", "a");
  expect(await new HashedPasswords(limits).check("correct horse", keys, "a")).toEqual({ ok: true });
  for (const changed of [{ hashPasses: 2 }, { scramIterations: 20 }]) {
    const later = new HashedPasswords({ ...limits, ...changed });
    expect(await later.check("wrong", keys, "a")).toEqual({ ok: false });
    const checked = await later.check("correct horse", keys, "a");
    expect(checked?.renewed?.hash).toMatch(/^\$argon2id\$/);
    expect(await later.check("correct horse", checked?.renewed, "a")).toEqual({ ok: true });
  }
});

test("nothing is the password of an account that has none, or of nobody", async () => {
  const passwords = new HashedPasswords(limits);
  expect(await passwords.check("", { hash: "", scram: "" }, "a")).toEqual({ ok: false });
  expect(await passwords.check("", undefined, "a")).toEqual({ ok: false });
});

test("who floods is refused, and others are served by turns", async () => {
  const passwords = new HashedPasswords(limits);
  const done: string[] = [];
  const ask = (source: string, name: string) => passwords.check(name, undefined, source)?.then(() => done.push(name));
  // The first one is being checked, so it does not wait.
  const asked = ["a1", "a2", "a3", "a4", "a5", "a6"].map((name) => ask("a", name));
  asked.push(ask("b", "b1"), ask("b", "b2"), ask("c", "c1"));
  expect(asked.map((each) => each !== undefined)).toEqual([true, true, true, true, true, false, true, true, false]);
  await Promise.all(asked);
  expect(done).toEqual(["a1", "a2", "b1", "a3", "b2", "a4", "a5"]);
});
