/** The bridge's side of SCRAM-SHA-256, with the example of RFC 7677 and against the server's own side. */
import { describe, expect, it } from "vitest";
import { ScramClient, scramIterationsMax, scramIterationsMin } from "../../bridge/upstream/scram-client.ts";
import { makeScramKeys, parseClientFirst, ScramExchange } from "../../server/accounts/scram.ts";

const encode = (text: string) => Buffer.from(text).toString("base64");
const decode = (data = "") => Buffer.from(data, "base64").toString();

const nonce = "rOprNGfwEbeRWgbNEkqO";
const challenge = `r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;

describe("SCRAM-SHA-256", () => {
  it("is as in the example of RFC 7677", async () => {
    const client = new ScramClient("user", "pencil", nonce);
    expect(decode(client.first)).toBe(`n,,n=user,r=${nonce}`);
    expect(decode(await client.answer(encode(challenge)))).toBe(
      `c=biws,r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    );
    expect(client.isProvedBy(encode("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))).toBe(true);
    expect(client.isProvedBy(encode("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))).toBe(false);
    for (const other of ["", "v=", "e=other-error", "v=AAAA"]) expect(client.isProvedBy(encode(other))).toBe(false);
  });

  it.each([
    ["another's nonce", challenge.replace(nonce, "another")],
    ["nothing added to the nonce", challenge.replace("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "")],
    ["so few iterations that guessing is easy", challenge.replace("4096", String(scramIterationsMin - 1))],
    ["so many that they never end", challenge.replace("4096", String(scramIterationsMax + 1))],
    ["more digits than a number has", challenge.replace("4096", "9".repeat(400))],
    ["no number", challenge.replace("4096", "")],
    ["nothing", ""],
  ])("is not answered with %s", async (_, told) => {
    expect(await new ScramClient("user", "pencil", nonce).answer(encode(told))).toBeUndefined();
  });

  it.each([
    ["anna", "correct horse battery"],
    ["a=b,c", "pässword, with = and ﬁ"],
    ["日本", "ｐａｓｓｗｏｒｄ"],
  ])("is understood by our server, for %s", async (name, password) => {
    const keys = await makeScramKeys(password.normalize("NFKC"), scramIterationsMin);
    const client = new ScramClient(name, password);
    const first = parseClientFirst(decode(client.first));
    expect(first?.name).toBe(name);
    const exchange = new ScramExchange(first as NonNullable<typeof first>, keys);
    const proof = decode(await client.answer(encode(exchange.challenge)));
    expect(proof).not.toContain(password);
    expect(client.isProvedBy(encode(exchange.answer(proof) ?? ""))).toBe(true);
    const wrong = new ScramClient(name, `${password}x`);
    const again = new ScramExchange(parseClientFirst(decode(wrong.first)) as NonNullable<typeof first>, keys);
    expect(again.answer(decode(await wrong.answer(encode(again.challenge))))).toBeUndefined();
  });
});
