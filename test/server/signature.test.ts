/** Old clients that give no name but sign their texts: they get in, and are not signed twice. */
import { describe, expect, test } from "vitest";
import { Signature } from "../../server/dialects/signature.ts";
import { OldClient } from "../doubles/old-clients.ts";
import { startTestServer } from "../support/test-server.ts";

describe("a signature", () => {
  test.each<[what: string, given: string[], name: string | undefined]>([
    ["is one the second time", ["vecchio: ciao", "vecchio: ci sei?"], "vecchio"],
    ["may hold spaces", ["il vecchio: a", "il vecchio: b"], "il vecchio"],
    ["is none the first time", ["vecchio: ciao"], undefined],
    ["is none when it changes", ["mario: rossi", "luigi: verdi"], undefined],
    ["is none with something else in between", ["vecchio: a", "* x", "vecchio: b"], undefined],
    ["is not empty", [": a", ": b"], undefined],
    ["ends in a colon and a space", ["12:30", "12:30"], undefined],
    ["is no longer than a name can be", [`${"x".repeat(200)}: a`, `${"x".repeat(200)}: a`], undefined],
  ])("%s", (_what, given, name) => {
    const signature = new Signature();
    expect(given.map((typed) => signature.recognize(typed)).at(-1)?.name).toBe(name);
  });

  test("is taken off texts that bear it, once, and off no others", () => {
    const signature = new Signature();
    expect(signature.without("vecchio: ciao")).toBe("vecchio: ciao");
    for (let i = 0; i < 2; i++) signature.recognize("vecchio: ciao");
    expect(["vecchio: vecchio: no", "nuovo: ciao", "{quit}"].map((text) => signature.without(text))).toEqual([
      "vecchio: no",
      "nuovo: ciao",
      "{quit}",
    ]);
  });
});

test("an old client that signs its texts is in after the second, is told so, and is not signed twice", async () => {
  const server = await startTestServer();
  const anna = await server.join("anna");
  const old = await OldClient.open("ancestor", server.port);
  old.enter("vecchio: ciao");
  await old.row(
    "* A name starts with a letter, digit or emoji and can contain spaces and . _ - ' ( ) + & ! Try another:",
  );
  old.enter("vecchio: c'è qualcuno?");
  await old.row("* You sign your messages as vecchio, so that is your name here.");
  await old.row("vecchio: c'è qualcuno?");
  old.enter("vecchio: /rooms");
  await old.row("* lobby (2 here)");
  old.enter("vecchio: eccomi");
  await old.row("vecchio: eccomi");
  await anna.until("* vecchio joined (2 here)\nvecchio: c'è qualcuno?\nvecchio: eccomi\n");
});

test("a signature that somebody has for a name, or nobody can have, is refused as a name would be", async () => {
  const server = await startTestServer();
  const anna = await server.join("anna");
  const other = await server.connect();
  await other.until("(salotto/1)");
  other.send("anna: uno\nanna: due\nanna: tre\nserver: uno\nserver: due\n");
  await other.until(
    "Try another:\n* anna is already here. Try another name:\n* anna is already here. Try another name:\n",
  );
  await other.until("* That name is reserved. Try another:\n");
  other.send("bruno\nanna: ciao\n");
  await anna.until("* bruno joined (2 here)\nbruno: anna: ciao\n");
});
