/** What is kept of passwords and tokens: published test vectors, and what must not fit. */
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fitsHash, hashPassword, isOutdated } from "../../../server/accounts/password-hash.ts";
import {
  fakeScramKeys,
  formatScramKeys,
  makeScramKeys,
  parseClientFirst,
  parseScramKeys,
  ScramExchange,
} from "../../../server/accounts/scram.ts";
import { isSameHash, makeToken, parseToken } from "../../../server/accounts/session-token.ts";

const cheap = { memoryKiB: 64, passes: 2 };

describe("a password's hash", () => {
  test("names its parameters, differs each time, and fits its password only", async () => {
    const hash = await hashPassword("correct horse", cheap);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=64,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashPassword("correct horse", cheap)).not.toBe(hash);
    expect(await fitsHash("correct horse", hash)).toBe(true);
    expect(await fitsHash("correct horsE", hash)).toBe(false);
    expect(await fitsHash("", hash)).toBe(false);
  });

  test("is one of argon2id 1.3, as other programs make it", async () => {
    // Made with the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
    const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    expect(await fitsHash("password", reference)).toBe(true);
  });

  test("is outdated when the parameters have changed", async () => {
    const hash = await hashPassword("correct horse", cheap);
    expect(isOutdated(hash, cheap)).toBe(false);
    expect(isOutdated(hash, { ...cheap, passes: 3 })).toBe(true);
    expect(isOutdated(hash, { ...cheap, memoryKiB: 128 })).toBe(true);
  });

  test.each(["", "password", "$argon2i$v=19$m=64,t=2,p=1$AAAA$AAAA"])("%j fits nothing", async (hash) => {
    expect(await fitsHash("password", hash)).toBe(false);
  });
});

describe("SCRAM-SHA-256", () => {
  // RFC 7677, 3.
  const first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
  const serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  const last =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

  const begin = async (message = first) => {
    const client = parseClientFirst(message);
    if (!client) throw new Error("refused");
    return new ScramExchange(client, await makeScramKeys("pencil", 4_096, salt), serverNonce);
  };

  test("answers as RFC 7677 says", async () => {
    const exchange = await begin();
    expect(exchange.name).toBe("user");
    expect(exchange.challenge).toBe(
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    );
    expect(exchange.answer(last)).toBe("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  });

  test.each([
    ["another proof", last.replace("p=dH", "p=dI")],
    ["another nonce", last.replace("r=rO", "r=rP")],
    ["another header", last.replace("c=biws", "c=eSws")],
    ["a short proof", "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=AAAA"],
    ["something else", "hello"],
    ["nothing", ""],
  ])("refuses %s", async (_name, message) => expect((await begin()).answer(message)).toBeUndefined());

  test.each([
    ["p=tls-unique,,n=user,r=abc", undefined],
    ["n,a=other,n=user,r=abc", undefined],
    ["n,,n=us=er,r=abc", undefined],
    ["n,,n=,r=abc", undefined],
    ["n,,n=user", undefined],
    ["", undefined],
    ["y,,n=an=3Dna=2C,r=abc", "an=na,"],
  ])("reads %j as from %j", (message, name) => expect(parseClientFirst(message)?.name).toBe(name));

  test("counts extensions among what is proved", async () => {
    const keys = await makeScramKeys("pencil", 10, salt);
    const client = parseClientFirst("n,,n=user,r=abc,x=1");
    if (!client) throw new Error("refused");
    const exchange = new ScramExchange(client, keys);
    const nonce = /^r=([^,]+)/.exec(exchange.challenge)?.[1];
    const salted = pbkdf2Sync("pencil", salt, 10, 32, "sha256");
    const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
    const clientKey = hmac(salted, "Client Key");
    const storedKey = createHash("sha256").update(clientKey).digest();
    const signature = hmac(storedKey, `n=user,r=abc,x=1,${exchange.challenge},c=biws,r=${nonce}`);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString("base64");
    expect(exchange.answer(`c=biws,r=${nonce},p=${proof}`)).toMatch(/^v=/);
  });

  test("keeps keys in the form of RFC 5803", async () => {
    const keys = await makeScramKeys("pencil", 4_096, salt);
    const text = formatScramKeys(keys);
    expect(text).toMatch(/^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$/);
    expect(parseScramKeys(text)).toEqual(keys);
    expect(parseScramKeys("")).toBeUndefined();
  });

  test("has the same salt for an unknown name each time, and another for each name", () => {
    const secret = Buffer.alloc(32, 7);
    const saltOf = (name: string, key = secret) => fakeScramKeys(key, name, 10).salt.toString("hex");
    expect(saltOf("anna")).toBe(saltOf("anna"));
    expect(saltOf("anna")).toHaveLength(32);
    expect(saltOf("bruno")).not.toBe(saltOf("anna"));
    expect(saltOf("anna", Buffer.alloc(32, 8))).not.toBe(saltOf("anna"));
  });
});

describe("a session token", () => {
  test("is known by its hash, which does not contain it", () => {
    const { id, token, hash } = makeToken();
    expect(parseToken(token)).toEqual({ id, hash });
    expect(hash).not.toContain(token.split(".")[1]);
    expect(isSameHash(parseToken(`${id}.other`).hash, hash)).toBe(false);
    expect(isSameHash("", hash)).toBe(false);
  });

  test.each(["", ".", "a", "a.", ".b"])("%j is taken apart without harm", (token) => {
    expect(parseToken(token).hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
