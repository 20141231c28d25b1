/** The old programs' clients in our room: they frame nothing, and must neither notice nor miss anything. */
import { describe, expect, test } from "vitest";
import { canSeeResets, OldClient, type OldClientKind } from "../doubles/old-clients.ts";
import { barrier, startTestServer } from "../support/test-server.ts";

const welcome = (name: string) =>
  `* Welcome, ${name}! Type a message and press Enter. {quit} leaves, /help lists the commands.`;
const greeting = "Welcome to Salotto (salotto/1). Type your name and press Enter.\n";
const kinds: OldClientKind[] = ["a", "b", "ancestor"];

describe.each(kinds)("client %s", (kind) => {
  test("talks with a person on nc: each message is one row, its own echoed to it", async () => {
    const server = await startTestServer();
    const anna = await server.join("anna");
    const old = await OldClient.open(kind, server.port);
    await old.row(greeting);
    old.enter(kind === "b" ? " carlo" : "carlo");
    await old.row("* 2 here: anna, carlo");
    old.enter("ciao a tutti");
    await old.row("carlo: ciao a tutti");
    await anna.until("* carlo joined (2 here)\ncarlo: ciao a tutti\n");
    anna.send("uno\ndue\ntre\n");
    await old.row("anna: tre");
    expect(old.rows).toEqual([
      greeting,
      welcome("carlo"),
      "* 2 here: anna, carlo",
      "carlo: ciao a tutti",
      "anna: uno",
      "anna: due",
      "anna: tre",
    ]);
  });

  test("leaves when its window is closed", async () => {
    const server = await startTestServer();
    const anna = await server.join("anna");
    const old = await OldClient.open(kind, server.port);
    old.enter("carlo");
    await anna.until("* carlo joined (2 here)\n");
    old.closeWindow();
    expect(await anna.line()).toBe("* carlo left (1 here)");
  });

  test("is not hurt by a long message in any alphabet", async () => {
    const server = await startTestServer();
    const anna = await server.join("anna");
    const old = await OldClient.open(kind, server.port);
    old.enter("carlo");
    await anna.until("* carlo joined (2 here)\n");
    const text = "€uro".repeat(1_000);
    anna.send(`${text}\nend\n`);
    await old.row("anna: end");
    expect(old.state).toBe("open");
    // Every row of it says whose it is. A busy computer may read two of the short rows before it as one.
    const said = old.rows.join("").split("* 2 here: anna, carlo")[1] ?? "";
    expect(said.replaceAll("anna: ", "")).toBe(`${text}end`);
    expect(said.match(/anna: /g)).toHaveLength(7);
  });

  test.skipIf(kind === "b" && !canSeeResets)("ends cleanly when the server closes", async () => {
    const server = await startTestServer();
    const old = await OldClient.open(kind, server.port);
    old.enter("carlo");
    await old.row("* 1 here: carlo");
    await server.close();
    expect(old.rows.at(-1)).toBe("* The server is closing. Bye!");
    await old.becomes("ended");
  });
});

test.skipIf(!canSeeResets)(
  "a typed {quit} of client B, which stays connected, ends in the reset that stops it from spinning",
  async () => {
    const server = await startTestServer();
    const anna = await server.join("anna");
    const old = await OldClient.open("b", server.port);
    old.enter("carlo");
    await anna.until("* carlo joined (2 here)\n");
    old.enter("{quit}");
    expect(await anna.line()).toBe("* carlo left (1 here)");
    await old.becomes("ended");
  },
);

test("a name and a message that arrive together are a name and a message", async () => {
  const server = await startTestServer({ limits: { chunkSilenceMs: 500 } });
  const anna = await server.join("anna");
  const old = await OldClient.open("ancestor", server.port);
  await old.row(greeting);
  old.enter("carlo");
  const other = await server.connect();
  await barrier(other);
  old.enter("ciao");
  await old.row("carlo: ciao");
  await anna.until("* carlo joined (2 here)\ncarlo: ciao\n");
});

test("bye{quit}, a coalesced farewell, is text", async () => {
  const server = await startTestServer();
  const old = await OldClient.open("ancestor", server.port);
  old.enter("carlo");
  await old.row("* 1 here: carlo");
  old.enter("bye{quit}");
  await old.row("carlo: bye{quit}");
});

test("a taken name is explained and asked again", async () => {
  const server = await startTestServer();
  await server.join("anna");
  const old = await OldClient.open("a", server.port);
  old.enter("anna");
  await old.row("* anna is here already. Try another name:");
  old.enter("anna2");
  await old.row("* 2 here: anna, anna2");
});

test("all three kinds, a person on nc and a program talk in one room, and each message arrives once", async () => {
  const server = await startTestServer();
  const anna = await server.join("anna");
  const bot = await server.joinJson("bot");
  const olds: OldClient[] = [];
  for (const kind of kinds) {
    const old = await OldClient.open(kind, server.port);
    old.enter(`old ${kind}`);
    await old.row(welcome(`old ${kind}`));
    olds.push(old);
  }
  for (const [i, old] of olds.entries()) {
    old.enter(`from ${i}`);
    await old.row(`old ${old.kind}: from ${i}`);
  }
  bot.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "from bot" });
  await barrier(bot);
  anna.send("from anna\n");
  const said = ["old a: from 0", "old b: from 1", "old ancestor: from 2", "bot: from bot", "anna: from anna"];
  for (const old of olds) {
    await old.row("anna: from anna");
    expect(old.rows.filter((row) => row.includes(": from "))).toEqual(said);
  }
  await bot.until('"text":"from anna"');
  await anna.until("bot: from bot\n");
  expect(anna.text.match(/^\w.*: from .*$/gm)).toEqual(said.slice(0, 4));
});
