/** How many passwords are hashed at once, who waits, and who is refused. */
import { expect, test, vi } from "vitest";
import * as hashing from "../../../server/accounts/password-hash.ts";
import { HashedPasswords } from "../../../server/accounts/passwords.ts";

// Everything is done as always, and counted.
vi.mock("../../../server/accounts/password-hash.ts", { spy: true });

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

test("a wrong password means the same work for an account, for one without a password, and for nobody", async () => {
  const passwords = new HashedPasswords(limits);
  const keys = await passwords.make("correct horse", "a");
  // The first of all makes the hash that stands for nobody's.
  await passwords.check("wrong", undefined, "a");
  for (const each of [keys, { hash: "", scram: "" }, undefined]) {
    vi.mocked(hashing.fitsHash).mockClear();
    vi.mocked(hashing.hashPassword).mockClear();
    await passwords.check("wrong", each, "a");
    expect(vi.mocked(hashing.hashPassword).mock.calls).toEqual([]);
    expect(vi.mocked(hashing.fitsHash).mock.calls).toEqual([["wrong", expect.stringContaining("$m=64,t=1,p=1$")]]);
  }
});

/** Asks for something to be checked. `done` lists what was, and `refused` what was not. */
function queue() {
  const passwords = new HashedPasswords(limits);
  const done: string[] = [];
  const refused: string[] = [];
  const ask = async (source: string, name: string) => {
    const checked = await passwords.check(name, undefined, source);
    (checked ? done : refused).push(name);
  };
  return { done, refused, ask };
}

test("who floods is refused, and others are served by turns", async () => {
  const { done, refused, ask } = queue();
  // The first one is being checked, so it does not wait.
  const asked = ["a1", "a2", "a3", "a4", "a5", "a6"].map((name) => ask("a", name));
  asked.push(ask("b", "b1"), ask("b", "b2"));
  await Promise.all(asked);
  expect(refused).toEqual(["a6"]);
  expect(done).toEqual(["a1", "a2", "b1", "a3", "b2", "a4", "a5"]);
});

test("when no more can wait, the latest of a flood gives way to others, as long as it has more than they", async () => {
  const { done, refused, ask } = queue();
  const asked = ["a1", "a2", "a3", "a4", "a5"].map((name) => ask("a", name));
  for (const source of ["b", "c", "d", "e", "f", "g"]) asked.push(ask(source, `${source}1`));
  asked.push(ask("b", "b2"));
  await Promise.all(asked);
  expect(refused.sort()).toEqual(["a3", "a4", "a5", "b2", "g1"]);
  expect(done).toEqual(["a1", "a2", "b1", "c1", "d1", "e1", "f1"]);
});
