/** The server's log: nothing that people send makes it report damage, and repetitions are one line. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { Repeats } from "../../cli/repeats.ts";
import { parseCommand } from "../../protocol/parse-command.ts";
import { commandWords } from "../../server/dialects/plain-commands.ts";
import { commandTypes } from "../support/command-types.ts";
import { barrier, startTestServer, type TestServer } from "../support/test-server.ts";

interface LogLine {
  level: number;
  msg: string;
  count?: number;
  protocol?: string;
}

const errorLevel = 50;

/** A server on disk whose log is read. */
async function loggedServer(): Promise<{ server: TestServer; lines: LogLine[] }> {
  const data = mkdtempSync(join(tmpdir(), "salotto-log-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const lines: LogLine[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const [plenty, greetingDelayMs] = [10_000_000, 5_000];
  const limits = {
    ownBurst: plenty,
    sourceBurst: plenty,
    ownFirst: plenty,
    turnUnits: plenty,
    toOneBurstBytes: plenty,
    greetingDelayMs,
  };
  const server = await startTestServer({ data, logger, limits });
  return { server, lines };
}

/** All types of command except the one that ends the connection. */
const types = commandTypes.filter((type) => type !== "quit");

const id = () => crypto.randomUUID();

/** Values that no field should stumble over. */
const oddities: unknown[] = [
  ...["2026-11-21T10:00:00.000Z", "2026-11-21T10:00:00+09", "9999-12-31T23:59:59-12:00", "2026-02-31T10:00:00Z"],
  ...["2026-11-21T10:00:00 +09:00", "-000001-01-01T00:00:00Z", "@bot", "@", "@,", "@a,b", "#DEV", "dev", "nowhere", ""],
  ...["\u0000", "\ud800", "%", "_", '"', "'", "`", "-1", "x".repeat(64), "x".repeat(200), "\u{1F600}".repeat(99)],
  ...[
    "from:",
    "in:lobby",
    "after:2026-11-21",
    "before:2026-02-31",
    'from:"a',
    '"',
    "* OR NEAR(",
    "a b c d e f".repeat(18),
  ],
  ...[0, -0, -1, 1.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e308, 5e-324, true, false, null, [], {}, ["lobby"], { a: 1 }],
];

/** Fields of which only one may be present. */
const places = ["before", "after", "around", "since"];

test("no field of any command can hold anything that the log calls an error, or that is not answered", async () => {
  const { server, lines } = await loggedServer();
  const bot = await server.joinJson("bot");
  const client = await server.joinJson("bot2");
  client.sendJson({ type: "post", room: "lobby", id: id(), text: "ciao" });
  const { msgid } = (await client.json()) as { msgid: string };
  const right: Record<string, unknown> = {
    ...{ room: "lobby", id: id(), msgid, text: "x", action: true, reply: msgid, emoji: "👍", on: true, seq: 1 },
    ...{
      before: 2,
      after: 0,
      around: 1,
      since: "2026-11-21T10:00:00Z",
      changes: true,
      limit: 5,
      query: "ciao",
      skip: 0,
    },
    ...{ topic: "t", name: "bot2", version: 1, client: "c", label: "l" },
  };
  // Deletions come last, so that there is something to act on.
  const inOrder = types.toSorted((a, b) => Number(a === "delete") - Number(b === "delete"));
  // Its own login and its post were answered as well.
  let asked = 2;
  for (const type of inOrder) {
    const parsed = parseCommand({ ...right, type });
    // Fields that it does not have are left out.
    const known = Object.keys(parsed.ok ? parsed.command : {}).filter((name) => name !== "type");
    for (const field of [...known, "unknown"]) {
      asked += oddities.length;
      const fields = Object.entries(right).filter(([name]) => name === field || !places.includes(name));
      const base = Object.fromEntries(fields);
      for (const odd of oddities) client.sendJson({ ...base, type, [field]: odd });
    }
    await barrier(client);
    // The barrier is answered, too.
    asked += 1;
    const answers = client.text.split("\n").filter((line) => /^\{"type":"(ok|error|welcome)"/.test(line));
    expect([type, answers.length]).toEqual([type, asked]);
  }
  await barrier(bot);
  expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
});

test("nor can whatever JSON a command is made of", async () => {
  const { server, lines } = await loggedServer();
  const client = await server.joinJson("bot");
  const fields = ["room", "id", "msgid", "text", "emoji", "seq", "around", "since", "query", "topic", "name", "label"];
  const command = fc.dictionary(
    fc.constantFrom(...fields, "__proto__"),
    fc.oneof(fc.constantFrom(...oddities), fc.jsonValue()),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), fc.array(command, { maxLength: 20 }), async (type, commands) => {
      for (const wrong of commands) client.sendJson({ ...wrong, type });
      await barrier(client);
    }),
  );
  expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
});

test("no line that a person types can hold anything that the log calls an error", async () => {
  const { server, lines } = await loggedServer();
  const bot = await server.joinJson("bot");
  bot.sendJson({ type: "post", room: "lobby", id: id(), text: "ciao" });
  const words = commandWords.filter((word) => word !== "quit").map((word) => `/${word} `);
  const rest = fc.oneof(
    fc.constantFrom(
      "",
      "bot",
      "bot ciao",
      "👍",
      "👍 bot",
      "@bot",
      "@",
      "1e3",
      "-1",
      "200",
      "on",
      "from:bot",
      "after:2026-02-31",
    ),
    fc.string({ unit: "binary", maxLength: 60 }),
  );
  const line = fc.tuple(fc.constantFrom("", ...words), rest).map((parts) => parts.join("").replace(/[\r\n]/g, " "));
  const client = await server.join("nc");
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (typed) => {
      const end = `/end${id()}`;
      // Without this, it could be an answer to a question for a password.
      client.send(`${typed.join("\n")}\n/nick\n${end}\n`);
      await client.until(`There is no command ${end}`);
    }),
    { numRuns: 60 },
  );
  expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
});

test("a refusal that repeats is one line, and one with its count", async () => {
  const { server, lines } = await loggedServer();
  for (let i = 0; i < 5; i++) await fetch(`http://127.0.0.1:${server.port}/`);
  await server.close();
  const refused = lines.filter(({ msg }) => msg === "refused: not a chat client");
  expect(refused.map(({ protocol, count }) => [protocol, count])).toEqual([
    ["http", undefined],
    ["http", 4],
  ]);
});

test("what goes on is told again after a while, with how often it happened since, and no more when it has ended", () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const repeats = new Repeats(1_000);
  const told: (number | undefined)[] = [];
  const happen = () => repeats.tell("refused", ({ count }) => told.push(count));
  for (let i = 0; i < 4; i++) happen();
  expect(told).toEqual([undefined]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([undefined, 3]);
  happen();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([undefined, 3, 1]);
  vi.advanceTimersByTime(5_000);
  happen();
  expect(told).toEqual([undefined, 3, 1, undefined]);
  repeats.close();
  expect(told).toHaveLength(4);
});
