/** Plays the conversations in test/transcripts against a real server; see the README there. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { barrier, startTestServer, type TestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

const folder = new URL("../transcripts/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));

type Send = (client: WireClient, line: string) => void;

const ways: [name: string, send: Send][] = [
  ["line by line", (client, line) => client.send(line)],
  [
    "byte by byte",
    (client, line) => {
      for (const byte of Buffer.from(line)) client.send(Uint8Array.of(byte));
    },
  ],
];

describe.each(ways)("%s", (_name, send) => {
  test.each(files)("%s", async (file) => {
    const lines = readFileSync(new URL(file, folder), "utf8").split("\n");
    const [, options = "{}"] = /^O (.*)$/.exec(lines[0] ?? "") ?? [];
    const server = await startTestServer({
      ...JSON.parse(options),
      now: () => new Date("2026-11-21T10:04:00Z"),
      limits: { greetingDelayMs: 5 },
    });
    const clients = new Map<string, WireClient>();
    for (const line of lines) {
      if (!/^$|^#|^O /.test(line)) await play(server, clients, line, send);
    }
    // Nothing more may come: whatever the server still has to say has been sent when a newcomer's ping is answered.
    const last = await server.connect();
    await barrier(last);
    for (const [name, client] of clients) expect(`${name}: ${client.unseen}`).toBe(`${name}: `);
  });
});

async function play(server: TestServer, clients: Map<string, WireClient>, line: string, send: Send): Promise<void> {
  const [, direction, name = "", text = ""] = /^([CSE]) (\w+)(?:: ?(.*))?$/.exec(line) ?? [];
  const client = clients.get(name) ?? (await server.connect());
  clients.set(name, client);
  if (direction === "C") send(client, `${text}\n`);
  else if (direction === "S") expectLine(await client.line(), text);
  else if (direction === "E") expect(await client.ended()).toBe("fin");
  else throw new Error(`not a line of a transcript: ${line}`);
}

function expectLine(received: string, expected: string): void {
  if (!expected.startsWith("{")) return expect(received).toBe(expected);
  expect(JSON.parse(received)).toEqual(wildcards(JSON.parse(expected)));
}

function wildcards(value: unknown): unknown {
  if (value === "<any>") return expect.anything();
  if (Array.isArray(value)) return value.map(wildcards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wildcards(inner)]));
}
