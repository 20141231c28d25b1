/** Somebody tries passwords, with a bystander beside them: over the wire, as an attacker would. */
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../../support/test-server.ts";
import { type Asking, connect, join, password, register } from "./rig.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Proves a password by SCRAM.
 * @param meanwhile happens between both messages
 * @returns the answers to them
 */
async function scram(
  asking: Asking,
  name: string,
  typed: string,
  fields: object = {},
  meanwhile: () => Promise<unknown> = async () => undefined,
) {
  const bare = `n=${name},r=clientnonce`;
  const begun = await asking.ask("authenticate", { mechanism: "SCRAM-SHA-256", data: base64(`n,,${bare}`) });
  if (begun.type !== "ok") return { begun, done: begun };
  const challenge = Buffer.from(String(begun.data), "base64").toString();
  const [, nonce, salt = "", iterations] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(challenge) ?? [];
  const salted = pbkdf2Sync(typed, Buffer.from(salt, "base64"), Number(iterations), 32, "sha256");
  const clientKey = hmac(salted, "Client Key");
  const unproved = `c=biws,r=${nonce}`;
  const signed = `${bare},${challenge},${unproved}`;
  const signature = hmac(createHash("sha256").update(clientKey).digest(), signed);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString("base64");
  await meanwhile();
  const done = await asking.ask("authenticate", {
    mechanism: "SCRAM-SHA-256",
    data: base64(`${unproved},p=${proof}`),
    ...fields,
  });
  const expected = hmac(hmac(salted, "Server Key"), signed).toString("base64");
  return { begun, done, challenge, expected };
}

describe("SCRAM", () => {
  test("lets in who knows the password, and proves that the server does", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const anna = await connect(server);
    const { begun, done, expected } = await scram(anna, "anna", password, { device: "laptop" });
    expect(begun).not.toHaveProperty("name");
    expect(done).toMatchObject({ type: "ok", name: "anna", token: expect.any(String), data: base64(`v=${expected}`) });
    await anna.get("login", { name: "anna" });
  });

  test("tells nobody apart who has no account, or another password", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const stranger = await connect(server);
    const known = await scram(stranger, "anna", "wrong horse");
    const unknown = await scram(stranger, "nobody", "wrong horse");
    const again = await scram(stranger, "nobody", "wrong horse");
    for (const { done } of [known, unknown]) expect(done).toMatchObject({ code: "wrong-password" });
    const shape = (challenge = "") => challenge.replace(/r=[^,]+/, "r=").replace(/s=[^,]{24}/, "s=");
    expect(shape(unknown.challenge)).toBe(shape(known.challenge));
    const salt = (challenge = "") => /s=([^,]+)/.exec(challenge)?.[1];
    expect(salt(again.challenge)).toBe(salt(unknown.challenge));
    expect(await stranger.ask("login", { name: "anna" })).toMatchObject({ code: "name-registered" });
  });

  test.each(["", "AAAA", base64("n,,n=anna"), base64("p=tls-unique,,n=anna,r=x"), base64("c=biws,r=x,p=AAAA")])(
    "refuses %j as a first message",
    async (data) => {
      const server = await startTestServer();
      const stranger = await connect(server);
      expect(await stranger.ask("authenticate", { mechanism: "SCRAM-SHA-256", data })).toMatchObject({
        code: "invalid",
        field: "data",
      });
    },
  );

  test("counts as an attempt from its first message on, like a password", async () => {
    const server = await startTestServer({ limits: { attemptsAtAccount: { free: 1, waitMsMax: 60_000 } } });
    await register(server, "anna");
    const stranger = await connect(server);
    await scram(stranger, "anna", "wrong horse");
    await stranger.ask("authenticate", { name: "anna", password: "wrong horse" });
    expect((await scram(stranger, "anna", password)).done).toMatchObject({ code: "too-many-attempts" });
  });

  test("does not prove a password that was changed since its first message", async () => {
    const server = await startTestServer();
    const anna = await register(server, "anna");
    const thief = await join(server, "mallory");
    const { done } = await scram(thief, "anna", password, { device: "laptop" }, () =>
      anna.get("change-password", { old: password, new: "another horse" }),
    );
    expect(done).toMatchObject({ code: "wrong-password" });
    expect(await thief.ask("rename", { name: "anna" })).toMatchObject({ code: "name-registered" });
  });

  test("cannot be answered twice, nor by another visit", async () => {
    const server = await startTestServer();
    await register(server, "anna");
    const stranger = await connect(server);
    const data = base64("n,,n=anna,r=x");
    await stranger.get("authenticate", { mechanism: "SCRAM-SHA-256", data });
    const last = base64("c=biws,r=x,p=AAAA");
    expect(await stranger.ask("authenticate", { mechanism: "SCRAM-SHA-256", data: last })).toMatchObject({
      code: "wrong-password",
    });
    expect(await stranger.ask("authenticate", { mechanism: "SCRAM-SHA-256", data: last })).toMatchObject({
      code: "invalid",
    });
  });
});

describe("somebody who tries passwords", () => {
  test("soon has to wait, on every connection, and their victim has not, who was here before", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const server = await startTestServer({ now: () => now });
    const anna = await register(server, "anna", { device: "laptop" });
    const attackers = await Promise.all(Array.from({ length: 10 }, () => connect(server)));
    const answers = await Promise.all(
      attackers.flatMap((attacker) =>
        [1, 2].map(() => attacker.ask("authenticate", { name: "anna", password: "guess 1234" })),
      ),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === "wrong-password")).toHaveLength(6);
    expect(codes.filter((code) => code === "too-many-attempts")).toHaveLength(14);
    for (const { code, retryInMs } of answers) if (code === "too-many-attempts") expect(retryInMs).toBe(1_000);
    // Their victim changes the device, and continues with the token.
    const again = await connect(server);
    await again.get("authenticate", { token: anna.token });
    await again.get("login", { name: "anna" });
    // Behind the same address, somebody else logs in, and the victim after a moment.
    const bruno = await register(server, "bruno");
    await bruno.get("quit");
    await (await connect(server)).get("authenticate", { name: "bruno", password });
    now = new Date("2026-11-21T10:00:01Z");
    await (await connect(server)).get("authenticate", { name: "anna", password });
  });

  test("keeps nobody out who has proved their account at the same address, by registering or by a token", async () => {
    const server = await startTestServer({
      now: () => new Date("2026-11-21T10:00:00Z"),
      limits: { attemptsOfSource: { free: 2, waitMsMax: 60_000 } },
    });
    await register(server, "anna");
    const bruno = await connect(server, "127.0.0.2");
    const { token } = await bruno.get("register", { name: "bruno", password, device: "laptop" });
    const stranger = await connect(server);
    for (let times = 0; times < 3; times++)
      await stranger.ask("authenticate", { name: `nobody ${times}`, password: "guess 1234" });
    await (await connect(server)).get("authenticate", { name: "anna", password });
    const brunosProof = { name: "bruno", password };
    expect(await (await connect(server)).ask("authenticate", brunosProof)).toMatchObject({ code: "too-many-attempts" });
    await (await connect(server)).get("authenticate", { token });
    await (await connect(server)).get("authenticate", brunosProof);
  });

  test("learns nothing from how long to wait for a name that nobody has", async () => {
    const server = await startTestServer({
      now: () => new Date("2026-11-21T10:00:00Z"),
      limits: { attemptsAtAccount: { free: 2, waitMsMax: 60_000 } },
    });
    await register(server, "anna");
    const told = async (name: string) => {
      const stranger = await connect(server);
      const answers = [];
      for (let times = 0; times < 6; times++)
        answers.push(await stranger.ask("authenticate", { name, password: "guess 1234" }));
      return answers;
    };
    expect(await told("nobody")).toEqual(await told("anna"));
  });

  test("is refused while too many passwords wait to be checked, and the others wait for their turn", async () => {
    const server = await startTestServer({
      limits: { hashesAtOnce: 1, hashesOfSourceMax: 2, hashMemoryKiB: 32_768, hashPasses: 2 },
    });
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(server)));
    const answers = await Promise.all(
      clients.map((client, index) => client.ask("authenticate", { name: `name ${index}`, password: "guess 1234" })),
    );
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["wrong-password", "too-many-attempts"]));
    expect(await clients[0]?.ask("authenticate", { name: "last", password: "guess 1234" })).toMatchObject({
      code: "wrong-password",
    });
  });

  test("does not delay what others say while a hundred passwords are being checked", async () => {
    const server = await startTestServer({ limits: { hashMemoryKiB: 8_192, hashPasses: 2 } });
    const bruno = await join(server, "bruno");
    const attackers = await Promise.all(Array.from({ length: 30 }, () => server.connect()));
    for (const [index, attacker] of attackers.entries())
      attacker.sendJson({ type: "authenticate", name: `name ${index}`, password: "guess 1234", label: "1" });
    await bruno.get("post", { room: "lobby", id: crypto.randomUUID(), text: "ciao" });
    const answered = attackers.filter(({ text }) => text.includes('"label":"1"')).length;
    expect(answered).toBeLessThan(attackers.length);
  });
});

test("a password whose hash is old in its parameters is hashed anew when it is given, and not before", async () => {
  const data = mkdtempSync(joinPath(tmpdir(), "salotto-rehash-"));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const keptHash = () => {
    const database = new DatabaseSync(joinPath(data, "salotto.db"), { readOnly: true });
    const { hash } = database.prepare("SELECT hash FROM accounts").get() as { hash: string };
    database.close();
    return hash;
  };
  const before = await startTestServer({ data });
  await register(before, "anna");
  await before.close();
  const old = keptHash();
  expect(old).toContain("$m=64,t=1,p=1$");
  const server = await startTestServer({ data, limits: { hashPasses: 2 } });
  const anna = await connect(server);
  await anna.ask("authenticate", { name: "anna", password: "wrong horse" });
  expect(keptHash()).toBe(old);
  await anna.get("authenticate", { name: "anna", password });
  await anna.get("login", { name: "anna" });
  expect(keptHash()).toContain("$m=64,t=2,p=1$");
});
