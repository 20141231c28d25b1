/** A dialect is one declaration: one that the server does not know is spoken beside the others as soon as it is listed. */
import { expect, test } from "vitest";
import { createDialects } from "../../server/dialects/dialects.ts";
import { OldClient } from "../doubles/old-clients.ts";
import { shoutDialect, whisperRefused } from "../support/shout.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../support/test-server.ts";

/** A server that knows one dialect and one refusal more, before its own. */
function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  return startTestServer({
    dialects: (parts) => {
      const { list, fallback } = createDialects(parts);
      return { list: [shoutDialect(parts), whisperRefused, ...list], fallback };
    },
    ...options,
  });
}

/** Greeted before anything is said, or only after it. */
const greetedLate = { limits: { greetingDelayMs: 10_000 } };
const greetedAtOnce = { limits: { greetingDelayMs: 0 } };

test("somebody who shouts talks with people on plain text and with programs", async () => {
  const server = await startServer(greetedLate);
  const anna = await server.join("anna");
  const bot = await server.joinJson("bot");
  await anna.until("* bot joined (2 here)\n");
  const carlo = await server.connect();
  carlo.send("SHOUT carlo\nciao\n");
  expect(await carlo.line()).toBe("YOU CAN SHOUT!");
  expect(await carlo.line()).toBe("COME IN!");
  expect(await carlo.line()).toBe("OK!");
  await anna.until("* carlo joined (3 here)\ncarlo: CIAO\n");
  await bot.until('"text":"CIAO"');
  anna.send("piano\n");
  expect(await carlo.line()).toBe("ANNA SAYS PIANO!");
  bot.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "beep" });
  expect(await carlo.line()).toBe("BOT SAYS BEEP!");
  carlo.send("BYE\n");
  expect(await carlo.line()).toBe("QUIT!");
  expect(await carlo.ended()).toBe("fin");
  await anna.until("* carlo left (2 here)\n");
});

test("who was greeted as one that kept silent is greeted in the dialect's own way", async () => {
  const server = await startServer(greetedAtOnce);
  const carlo = await server.connect();
  await carlo.until("(salotto/1). Type your name and press Enter.\n");
  carlo.send("SHOUT carlo\n");
  expect(await carlo.line()).toBe("SHOUT IF YOU CAN!");
  expect(await carlo.line()).toBe("COME IN!");
});

test("first bytes that come one by one are waited for", async () => {
  const server = await startServer({ limits: { greetingDelayMs: 10_000, chunkSilenceMs: 10_000 } });
  const carlo = await server.connect();
  for (const byte of "SHOUT carlo\n") carlo.send(byte);
  expect(await carlo.line()).toBe("YOU CAN SHOUT!");
  expect(await carlo.line()).toBe("COME IN!");
});

test("a name that begins alike is a name, on a line or with silence after it", async () => {
  const server = await startServer({ limits: { chunkSilenceMs: 10 } });
  const anna = await server.join("anna");
  const line = await server.connect();
  line.send("SHOUTER\n");
  await anna.until("* SHOUTER joined (2 here)\n");
  const chunk = await OldClient.open("ancestor", server.port);
  chunk.enter("SHOUT");
  await anna.until("* SHOUT joined (3 here)\n");
});

test("another protocol is refused in its own words, and nothing of it is read", async () => {
  const server = await startServer(greetedLate);
  const anna = await server.join("anna");
  const carlo = await server.connect();
  carlo.send("psst\nbruno\n");
  expect(await carlo.ended()).toBe("fin");
  expect(carlo.text).toBe("psst! this is no place to whisper\n");
  anna.send("/who\n");
  await anna.until("* 1 here: anna\n");
});

test("is told goodbye in its dialect when the server closes, and slowed down when it floods", async () => {
  const server = await startServer({ limits: { ownBurst: 10, sourceBurst: 10, sourcePerSecond: 10 } });
  const carlo = await server.connect();
  carlo.send(`SHOUT carlo\n${"x\n".repeat(50)}`);
  await carlo.until("NOT SO FAST!\n");
  await server.close();
  await carlo.until("CLOSING!\n");
});
