/** The old programs' clients in our room: they have no framing, and must neither notice nor miss anything. */
import { describe, expect, test } from "vitest";
import { OldClient, type OldClientKind } from "../doubles/old-clients.ts";
import { startInvitedServer } from "../support/invited-server.ts";
import { barrier, startTestServer, type TestServer } from "../support/test-server.ts";

const welcome = (name: string) =>
  `* Welcome, ${name}! Type a message and press Enter. {quit} leaves, /help lists the commands.`;
const greeting = "Welcome to Salotto (salotto/1). Type your name and press Enter.\n";
const closing = "* The server is shutting down. Bye!";
const askInvitation = "* This chat is for invited people. Type the code of your invitation now; nobody will see it:";
const heldBack =
  "* Not said: it looks like a password. To log in, type /login and your password. To say it anyway, begin with another word.";
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
});

const doors: {
  door: string;
  start: () => Promise<{ server: TestServer; asked: [question: string, answer: string][] }>;
}[] = [
  {
    door: "with a password",
    start: async () => ({
      server: await startTestServer({ password: "open sesame" }),
      asked: [["* This chat has a password. Type it now; nobody will see it:", "open sesame"]],
    }),
  },
  {
    door: "for invited people",
    start: async () => {
      const server = await startInvitedServer();
      return { server, asked: [[askInvitation, await server.invite()]] };
    },
  },
  {
    door: "with a password, for invited people who register",
    start: async () => {
      const server = await startInvitedServer({ password: "open sesame", registeredOnly: true });
      return {
        server,
        asked: [
          ["* This chat has a password. Type it now; nobody will see it:", "open sesame"],
          [askInvitation, await server.invite()],
          [
            "* Only registered names are let in here. Choose a password for yours and type it now, or /nick and another name:",
            "correct horse",
          ],
        ],
      };
    },
  },
];

describe.each(doors)("in a chat $door", ({ start }) => {
  test.each(kinds)("client %s is asked step by step, and its next message is the answer", async (kind) => {
    const { server, asked } = await start();
    const old = await OldClient.open(kind, server.port);
    await old.row(greeting);
    old.enter(kind === "b" ? " carlo" : "carlo");
    for (const [question, answer] of asked) {
      await old.row(question);
      old.enter(answer);
    }
    await old.row("* 1 here: carlo");
    old.enter("ciao a tutti");
    await old.row("carlo: ciao a tutti");
    // What was answered is neither shown nor said, also not a second time.
    for (const [, answer] of asked) {
      old.enter(answer);
      await old.row(heldBack);
    }
    const rows = old.rows.join("\n");
    for (const [, answer] of asked) expect(rows).not.toContain(answer);
    expect(old.state).toBe("open");
  });
});

/** How a server parts from somebody, and the last words they should read. `named`: whether they have given a name. */
const endings: { what: string; named: boolean; part: (end: Parting) => Promise<void> | void; lastWords: string }[] = [
  { what: "the server closes", named: true, part: ({ server }) => server.close(), lastWords: closing },
  {
    what: "the server closes before they gave a name",
    named: false,
    part: ({ server }) => server.close(),
    lastWords: closing,
  },
  {
    what: "they give no name in time",
    named: false,
    part: () => {},
    lastWords: "* Disconnected: you did not give a name in time.",
  },
  {
    what: "their name is refused, and then the time is over",
    named: false,
    part: ({ old }) => old.enter("server"),
    lastWords: "* Disconnected: you did not give a name in time.",
  },
];

interface Parting {
  server: TestServer;
  old: OldClient;
}

describe.each(endings)("when $what", ({ named, part, lastWords }) => {
  test.each(kinds)("client %s reads the last words and ends, without a core to burn", async (kind) => {
    const server = await startTestServer(named ? {} : { limits: { loginMs: 300 } });
    const old = await OldClient.open(kind, server.port);
    await old.row(greeting);
    if (named) {
      old.enter("carlo");
      await old.row("* 1 here: carlo");
    }
    await part({ server, old });
    await old.becomes("ended");
    expect(old.rows.join("").trimEnd().endsWith(lastWords)).toBe(true);
  });
});

test("a client that hangs and is too slow reads why when it wakes up, and ends", async () => {
  const limits = { chunkBytesMax: 65_536, chunkGapMs: 1, sendStallMs: 50, sourceBurst: 1_000_000, closeGraceMs: 2_000 };
  const server = await startTestServer({ limits });
  const anna = await server.joinJson("anna");
  const old = await OldClient.open("b", server.port);
  old.enter("carlo");
  await old.row("* 2 here: anna, carlo");
  old.hang();
  const text = "x".repeat(8_000);
  let told = "";
  // The kernel's own buffers take megabytes before ours begin to fill.
  while (!told.includes("member-left")) {
    for (let i = 0; i < 10; i++) anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
    told = await barrier(anna);
  }
  expect(told).toContain('"reason":"too-slow"');
  old.wake();
  await old.becomes("ended");
  expect(old.rows.join("").endsWith("* Disconnected: you read too slowly.")).toBe(true);
});

test("after a typed {quit}, client B, which stays connected, reads the goodbye and ends", async () => {
  const server = await startTestServer();
  const anna = await server.join("anna");
  const old = await OldClient.open("b", server.port);
  old.enter("carlo");
  await anna.until("* carlo joined (2 here)\n");
  old.enter("{quit}");
  expect(await anna.line()).toBe("* carlo left (1 here)");
  await old.row("* Bye!");
  await old.becomes("ended");
});

test("a program that frames nothing but ends its side is answered with an end, not a reset", async () => {
  const server = await startTestServer();
  const script = await server.connect({ allowHalfOpen: true });
  script.send("carlo");
  await script.until("* 1 here: carlo");
  script.socket.end();
  expect(await script.ended()).toBe("fin");
});

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
  await old.row("* anna is already here. Try another name:");
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
