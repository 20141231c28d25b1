/** Clients that err, reset, stall or flood: each is told why, and nobody else is harmed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { OldClient } from "../doubles/old-clients.ts";
import { barrier, startTestServer, type TestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

/** Fails unless anna and bruno can still talk, and see only each other's words. */
async function expectUnhurt(anna: WireClient, bruno: WireClient): Promise<void> {
  const word = crypto.randomUUID();
  anna.send(`${word}\n`);
  expect(await bruno.line()).toBe(`anna: ${word}`);
  bruno.send(`${word}\n`);
  expect(await anna.line()).toBe(`bruno: ${word}`);
}

async function pair(server: TestServer): Promise<[WireClient, WireClient]> {
  const anna = await server.join("anna");
  const bruno = await server.join("bruno");
  await anna.until("* bruno joined (2 here)\n");
  return [anna, bruno];
}

describe("a line that never ends", () => {
  test.each([
    ["on plain text", "carlo\n", "* Disconnected: a line can have up to 65536 bytes.\n"],
    [
      "in json",
      '{"type":"login","name":"carlo"}\n',
      '{"type":"bye","code":"line-too-long","message":"you were disconnected: a line can have up to 65536 bytes"}\n',
    ],
  ])("%s ends its own connection with the reason", async (_name, login, goodbye) => {
    const server = await startTestServer();
    const [anna, bruno] = await pair(server);
    const carlo = await server.connect();
    carlo.send(login);
    await anna.until("* carlo joined (3 here)\n");
    await bruno.until("* carlo joined (3 here)\n");
    carlo.send("x".repeat(10_000_000));
    await carlo.until(goodbye);
    expect(await anna.line()).toBe("* carlo left, sent a line that was too long (2 here)");
    expect(await bruno.line()).toBe("* carlo left, sent a line that was too long (2 here)");
    await expectUnhurt(anna, bruno);
  });

  test("before any name ends the connection too", async () => {
    const server = await startTestServer();
    const client = await server.connect();
    client.send("x".repeat(10_000_000));
    await client.until("* Disconnected: a line can have up to 65536 bytes.\n");
    await client.ended();
  });

  test("of keys typed one at a time is bounded before its dialect is known", async () => {
    const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
    const client = await server.connect();
    client.send("x");
    await client.until("\n");
    client.send("y".repeat(wireLimits.lineBytesMax + 1));
    await client.until("* Disconnected: a line can have up to 65536 bytes.\n");
  });
});

test("a message that is too long is explained, and the next one goes through", async () => {
  const server = await startTestServer();
  const [anna, bruno] = await pair(server);
  anna.send(`${"x".repeat(wireLimits.textBytesMax + 1)}\n`);
  expect(await anna.line()).toBe("* Not sent: a message can have up to 8192 bytes. Send it in parts.");
  anna.send(`${"x".repeat(wireLimits.textBytesMax)}\n`);
  expect(await bruno.line()).toBe(`anna: ${"x".repeat(wireLimits.textBytesMax)}`);
});

test("invalid UTF-8 is explained, and nothing of it is told", async () => {
  const server = await startTestServer();
  const [anna, bruno] = await pair(server);
  anna.send(Buffer.from("citt\xe0\n", "latin1"));
  expect(await anna.line()).toBe("* Not sent: your line was not UTF-8. Set your terminal to UTF-8 and try again.");
  await expectUnhurt(anna, bruno);
});

test("escape sequences never reach another terminal", async () => {
  const server = await startTestServer();
  const [anna, bruno] = await pair(server);
  anna.send("\u001b[2J\u001b[31mred\u001b[0m \u202eevil\u0007\n");
  expect(await bruno.line()).toBe("anna: red evil");
});

test("a client that resets is told to have lost its connection", async () => {
  const server = await startTestServer();
  const [anna, bruno] = await pair(server);
  const carlo = await server.join("carlo");
  await anna.until("* carlo joined (3 here)\n");
  await bruno.until("* carlo joined (3 here)\n");
  carlo.socket.resetAndDestroy();
  expect(await anna.line()).toBe("* carlo left, connection lost (2 here)");
  expect(await bruno.line()).toBe("* carlo left, connection lost (2 here)");
  await expectUnhurt(anna, bruno);
});

describe("a reader that stops reading", () => {
  async function stall(server: TestServer, anna: WireClient): Promise<WireClient> {
    const carlo = await server.join("carlo");
    await anna.until('"name":"carlo"');
    carlo.socket.pause();
    return carlo;
  }

  test("is disconnected when its queue is full, and told why if it wakes up", async () => {
    const server = await startTestServer({
      limits: { sendQueueBytesMax: 100_000, sourceBurst: 1_000_000, closeGraceMs: 5_000 },
    });
    const anna = await server.joinJson("anna");
    const carlo = await stall(server, anna);
    const text = "x".repeat(8_000);
    // The kernel's own buffers take megabytes before ours begin to fill.
    for (let i = 0; !anna.text.includes("member-left") && i < 5_000; i++) {
      anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
      if (i % 10 === 9) await barrier(anna);
    }
    expect(anna.text).toContain('"name":"carlo","count":1');
    expect(anna.text).toContain('"reason":"too-slow"');
    carlo.socket.resume();
    await carlo.until("* Disconnected: you read too slowly.\n");
    expect(await carlo.ended()).toBe("fin");
    // It received only whole lines: nothing is cut in the middle.
    for (const line of carlo.text.split("\n").slice(3, -2)) expect(line).toBe(`anna: ${text}`);
  });

  test("is disconnected when much is due to it for too long", async () => {
    const server = await startTestServer({
      limits: { sendBacklogBytesMax: 100_000, sendBacklogMs: 50, sourceBurst: 1_000_000 },
    });
    const anna = await server.joinJson("anna");
    await stall(server, anna);
    const text = "x".repeat(8_000);
    for (let i = 0; !anna.text.includes("member-left") && i < 5_000; i++) {
      anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
      if (i % 10 === 9) await barrier(anna);
    }
    expect(anna.text).toContain('"reason":"too-slow"');
  });

  test("is disconnected when it takes nothing for too long, however little is due to it", async () => {
    const server = await startTestServer({
      limits: { sendStallMs: 50, sendQueueBytesMax: 100_000_000, sourceBurst: 1_000_000 },
    });
    const anna = await server.joinJson("anna");
    await stall(server, anna);
    const text = "x".repeat(8_000);
    for (let i = 0; !anna.text.includes("member-left") && i < 5_000; i++) {
      anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text });
      if (i % 10 === 9) await barrier(anna);
    }
    expect(anna.text).toContain('"reason":"too-slow"');
  });
});

test.each([
  ["to a room", "lobby"],
  ["to one person", "@bruno"],
])("a reader that reads is not thrown out for what one turn sends %s, and gets all of it", async (_name, room) => {
  const server = await startTestServer({ limits: { sendQueueBytesMax: 500_000 } });
  const bruno = await server.join("bruno");
  const name = "é".repeat(wireLimits.nameCharsMax);
  const anna = await server.joinJson(name);
  await bruno.until("(2 here)\n");
  const text = "x\n".repeat(wireLimits.textLinesMax - 1);
  const posts = Array.from({ length: 88 }, (_, index) => ({
    ...{ type: "post", room, id: crypto.randomUUID() },
    text: `${text}${index}`,
  }));
  anna.send(posts.map((post) => `${JSON.stringify(post)}\n`).join(""));
  for (const { text } of posts) await bruno.until(`${text.split("\n").at(-1)}\n`);
  bruno.send("still here\n");
  await anna.until("still here");
  expect(anna.text).not.toContain("member-left");
});

test("a flooder is slowed down, not dropped: all its messages arrive, in order", async () => {
  const server = await startTestServer({ limits: { ownBurst: 10, sourceBurst: 10 } });
  const [anna, bruno] = await pair(server);
  const lines = Array.from({ length: 300 }, (_, i) => `line ${i}`);
  for (const line of lines) anna.send(`${line}\n`);
  for (const line of lines) expect(await bruno.line()).toBe(`anna: ${line}`);
  await expectUnhurt(anna, bruno);
});

test("one connection more than the bound is told so and closed; one that leaves makes room", async () => {
  const server = await startTestServer({ limits: { connectionsMax: 2 } });
  const [anna] = await pair(server);
  const third = await server.connect();
  await third.until("* The server is full. Try again later.\n");
  expect(await third.ended()).toBe("reset");
  anna.send("{quit}\n");
  await anna.ended();
  anna.close();
  // The server notices anna's end a moment after she does, so this is tried until it succeeds.
  await expect
    .poll(() =>
      server.join("carlo").then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});

test("who gives no name in time is told so and closed", async () => {
  const server = await startTestServer({ limits: { loginMs: 100 } });
  const [anna, bruno] = await pair(server);
  const idle = await server.connect();
  await idle.until("* Disconnected: you did not give a name in time.\n");
  expect(await idle.ended()).toBe("reset");
  await expectUnhurt(anna, bruno);
});

describe("a browser on the port", () => {
  // A busy computer takes its time to send a request; if it were greeted first, a browser would show no page.
  const limits = { greetingDelayMs: 10_000 };

  test("gets one page that says how to start the bridge, and nothing else", async () => {
    const server = await startTestServer({ limits });
    const response = await fetch(`http://127.0.0.1:${server.port}/`);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toContain("npm run bridge -- --host");
  });

  test("cannot drive the chat by posting to it", async () => {
    const server = await startTestServer({ limits });
    const [anna, bruno] = await pair(server);
    const body = "evil\nI was posted by a page\n{quit}\n";
    const response = await fetch(`http://127.0.0.1:${server.port}/`, { method: "POST", body });
    expect(response.status).toBe(400);
    await expectUnhurt(anna, bruno);
  });

  test("is answered the same when its request comes in pieces", async () => {
    const server = await startTestServer({ limits });
    const client = await server.connect();
    for (const piece of ["P", "OST / HT", "TP/1.1\r\nHost: x\r\n\r\n", "evil\n"]) client.send(piece);
    await client.until("HTTP/1.1 400 Bad Request\r\n");
    expect(await client.ended()).toBe("fin");
    expect(client.text).not.toContain("evil");
  });
});

test("a TLS client is refused with an alert it understands", async () => {
  const server = await startTestServer({ limits: { greetingDelayMs: 10_000 } });
  const client = await server.connect();
  client.send(Uint8Array.of(0x16, 0x03, 0x01, 0x00, 0x05, 1, 2, 3, 4, 10));
  expect(await client.ended()).toBe("fin");
  expect([...client.bytes]).toEqual([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]);
});

test("whatever bytes a client sends, the others go on talking", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000, chunkSilenceMs: 1, greetingDelayMs: 1 } });
  const bruno = await server.joinJson("bruno");
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(`${text}\n`)),
    fc.json().map((json) => Buffer.from(`${json}\n`)),
    fc
      .constantFrom("{", "\n", "\r\n", "{quit}\n", "/nick x\n", "/msg bruno \n", "anna\n")
      .map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const client = await server.connect();
      for (const bytes of pieces) client.send(bytes);
      client.socket.end();
      await client.ended();
      client.close();
      await barrier(bruno);
    }),
    { numRuns: 60 },
  );
});

describe("a flood in a room with an old client", () => {
  test("costs that client some rows, which it is told, and never its connection", async () => {
    const server = await startTestServer({ limits: { sourceBurst: 1_000_000, chunkRowsMax: 5, chunkGapMs: 200 } });
    const old = await OldClient.open("ancestor", server.port);
    old.enter("carlo");
    await old.row("* 1 here: carlo");
    const anna = await server.join("anna");
    for (let i = 0; i < 300; i++) anna.send(`${"x".repeat(8_000)}\n`);
    anna.send("the last\n");
    await old.row("anna: the last");
    expect(old.state).toBe("open");
    expect(old.rows.filter((row) => /^\* \d+ lines left out: too fast for this program\.$/.test(row))).not.toEqual([]);
    old.enter("still here");
    await anna.until("carlo: still here\n");
  });

  test("does not hold up its goodbye", async () => {
    const server = await startTestServer({ limits: { sourceBurst: 1_000_000, chunkGapMs: 100, closeGraceMs: 200 } });
    const old = await OldClient.open("a", server.port);
    old.enter("carlo");
    await old.row("* 1 here: carlo");
    const anna = await server.join("anna");
    for (let i = 0; i < 200; i++) anna.send(`line ${i}\n`);
    await old.row("anna: line 0");
    // Client A says nothing when it closes; here, the server dismisses it.
    await server.close();
    expect(old.rows.at(-1)).toBe("* The server is shutting down. Bye!");
  });
});

test("a sender that is paused is told so", async () => {
  const server = await startTestServer({ limits: { ownBurst: 10, sourceBurst: 10, sourcePerSecond: 10 } });
  const anna = await server.join("anna");
  anna.send("x\n".repeat(50));
  await anna.until("* You are sending very fast. Everything will be read, but slowly.\n");
});

test("a terminal that negotiates at once, as PuTTY does, is one that types lines", async () => {
  const server = await startTestServer();
  const putty = await server.connect();
  putty.send(Uint8Array.of(255, 251, 31, 255, 251, 32, 255, 251, 24));
  await putty.until("(salotto/1)");
  putty.send("pino\r\n");
  await putty.until("* Welcome, pino!");
  await putty.until("* 1 here: pino\r\n");
  expect(putty.text).not.toContain("UTF-8");
});

test("{quit} instead of a name leaves, framed or not", async () => {
  const server = await startTestServer();
  for (const goodbye of ["{quit}\n", "{quit}"]) {
    const client = await server.connect();
    client.send(goodbye);
    await client.until("* Bye!");
    await client.ended();
  }
});

test("{quit} instead of a name leaves, also when its brace came alone and looked like JSON", async () => {
  const server = await startTestServer();
  const client = await server.connect();
  client.send("{");
  // The greeting says that the dialect was decided.
  await client.line();
  client.send("quit}\n");
  expect(await client.json()).toMatchObject({ type: "bye", code: "quit" });
  await client.ended();
});
