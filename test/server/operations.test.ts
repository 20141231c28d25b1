/** The port for metrics and health, as Prometheus and a supervisor see it, beside a real server. */
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { byeCodes, errorCodes } from "../../protocol/events.ts";
import { refusalOf } from "../../server/operations/http-guard.ts";
import { MetricsPortError } from "../../server/operations/open-operations.ts";
import { barrier, startTestServer, type TestServer, type TestServerOptions } from "../support/test-server.ts";

const operated = (options: TestServerOptions = {}) => startTestServer({ metricsPort: 0, ...options });

function dataDirectory(): string {
  const data = mkdtempSync(join(tmpdir(), "salotto-operations-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

interface Told {
  status: number;
  type: string | undefined;
  body: string;
}

/** Asks the port; unlike fetch, with whatever headers. */
function ask(server: { metricsPort: number | undefined }, path: string, headers = {}, method = "GET"): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  request({ host: "127.0.0.1", port: server.metricsPort, path, headers, method, agent: false }, async (response) => {
    response.setEncoding("utf8");
    let body = "";
    for await (const text of response) body += text;
    resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"], body });
  })
    .on("error", reject)
    .end();
  return promise;
}

/** All samples, by what stands before the value. */
async function samplesOf(server: TestServer): Promise<ReadonlyMap<string, number>> {
  const { body } = await ask(server, "/metrics");
  const lines = body.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

async function ready(server: TestServer): Promise<[status: number, reasons: readonly string[]]> {
  const { status, body } = await ask(server, "/readyz");
  return [status, JSON.parse(body).reasons];
}

test("what is documented is what is there: each metric with its type and labels", async () => {
  const server = await operated({ data: dataDirectory() });
  const { body } = await ask(server, "/metrics");
  const types = [...body.matchAll(/^# TYPE (salotto_\w+) (\w+)$/gm)].map(([, name = "", type]) => {
    const sample = new RegExp(`^${name}(?:_bucket)?\\{(.*)\\} `, "m").exec(body)?.[1] ?? "";
    const labels = [...sample.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== "le");
    return [name, type, labels.join()];
  });
  const docs = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const rows = [...docs.matchAll(/^\| `(salotto_\w+)`(?: by `(\w+)`)? \| (\w+) \|/gm)];
  expect(types.length).toBeGreaterThan(15);
  expect(rows.map(([, name, label = "", type]) => [name, type, label]).sort()).toEqual(types.sort());
});

test("members, rooms, connections and what they say are counted", async () => {
  const server = await operated({ data: dataDirectory() });
  const anna = await server.joinJson("anna");
  await server.join("bruno");
  await server.connect();
  anna.sendJson({ type: "join", room: "garden" });
  const id = "00000000-0000-4000-8000-000000000001";
  anna.sendJson({ type: "post", room: "garden", id, text: "ciao" });
  anna.sendJson({ type: "post", room: "garden", id, text: "ciao" });
  await barrier(anna);
  const samples = await samplesOf(server);
  expect(samples.get("salotto_members")).toBe(2);
  expect(samples.get("salotto_people")).toBe(2);
  expect(samples.get("salotto_rooms")).toBe(2);
  expect(samples.get('salotto_connections{dialect="json"}')).toBe(1);
  expect(samples.get('salotto_connections{dialect="line"}')).toBe(1);
  expect(samples.get('salotto_connections{dialect="undecided"}')).toBe(1);
  expect(samples.get("salotto_connections_accepted_total")).toBe(3);
  // A repeated post is one message.
  expect(samples.get('salotto_entries_total{type="message"}')).toBe(1);
  expect(samples.get("salotto_commit_duration_seconds_count")).toBeGreaterThan(0);
  expect(samples.get("salotto_log_requests")).toBe(0);
  expect(samples.get('salotto_database_bytes{file="write-ahead-log"}')).toBeGreaterThan(0);
  expect(samples.get("salotto_disk_free_bytes")).toBeGreaterThan(0);
  expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
  expect(samples.has("nodejs_eventloop_lag_p99_seconds")).toBe(true);
});

test("bytes are counted both ways", async () => {
  const server = await operated();
  const anna = await server.joinJson("anna");
  await barrier(anna);
  const before = await samplesOf(server);
  const line = `${JSON.stringify({ type: "ping", label: "x" })}\n`;
  anna.send(line);
  await anna.until('"label":"x"');
  const answer = await anna.line();
  const sent = anna.text.slice(anna.text.lastIndexOf('{"type":"ok"'));
  expect(sent.endsWith(`${answer}\n`)).toBe(true);
  const after = await samplesOf(server);
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(grown("salotto_received_bytes_total")).toBe(line.length);
  expect(grown("salotto_sent_bytes_total")).toBe(sent.length);
});

test("whom the server ends and what the chat refuses is counted by code, in every dialect", async () => {
  const server = await operated({ limits: { connectionsMax: 3 } });
  const anna = await server.joinJson("anna");
  const bruno = await server.join("bruno");
  anna.sendJson({ type: "rename", name: "bruno" });
  anna.sendJson({ type: "post", room: "nowhere", id: crypto.randomUUID(), text: "x" });
  await barrier(anna);
  bruno.send("/nick anna\n/msg nobody ciao\n");
  await bruno.until("Nobody with that name");
  const long = await server.connect();
  const refused = await server.connect();
  await refused.ended();
  long.send(Buffer.alloc(100_000, 0x61));
  await long.ended();
  const samples = await samplesOf(server);
  expect(samples.get('salotto_refusals_total{code="name-taken"}')).toBe(2);
  expect(samples.get('salotto_refusals_total{code="no-such-room"}')).toBe(1);
  expect(samples.get('salotto_refusals_total{code="no-such-person"}')).toBe(1);
  expect(samples.get('salotto_dismissals_total{code="server-full"}')).toBe(1);
  expect(samples.get('salotto_dismissals_total{code="line-too-long"}')).toBe(1);
  expect(samples.get('salotto_dismissals_total{code="too-slow"}')).toBe(0);
});

test("other protocols are counted by theirs", async () => {
  const server = await operated();
  await fetch(`http://127.0.0.1:${server.port}/`);
  const samples = await samplesOf(server);
  expect(samples.get('salotto_refused_protocols_total{protocol="http"}')).toBe(1);
  expect(samples.get('salotto_refused_protocols_total{protocol="tls"}')).toBe(0);
});

test("whatever people send, no label gets a value that is not declared", async () => {
  const server = await operated();
  const anna = await server.joinJson("anna");
  const before = [...(await samplesOf(server)).keys()];
  for (const name of ["zoé", "lobby", "#x", "__proto__", 'a"b', "x".repeat(99)]) {
    anna.sendJson({ type: "join", room: name });
    anna.sendJson({ type: "rename", name });
    anna.sendJson({ type: name });
  }
  await barrier(anna);
  const after = [...(await samplesOf(server)).keys()];
  expect(after.filter((key) => key.startsWith("salotto_") && !before.includes(key))).toEqual([]);
  const codes = after.flatMap((key) => /_(?:refusals|dismissals)_total\{code="(.*)"\}/.exec(key)?.[1] ?? []);
  expect(codes.sort()).toEqual([...errorCodes, ...byeCodes].sort());
});

test("it is alive, and says how late the event loop is", async () => {
  const server = await operated();
  const { status, body } = await ask(server, "/healthz");
  expect(status).toBe(200);
  const { alive, upSeconds, eventLoopLagMs } = JSON.parse(body);
  expect(alive).toBe(true);
  expect(upSeconds).toBeGreaterThanOrEqual(0);
  expect(eventLoopLagMs.max).toBeGreaterThanOrEqual(eventLoopLagMs.p99);
});

describe("it is ready", () => {
  test("when it accepts people and can keep what they say", async () => {
    expect(await ready(await operated())).toEqual([200, []]);
    expect(await ready(await operated({ data: dataDirectory() }))).toEqual([200, []]);
  });

  test("except when its database is gone, until it is back", async () => {
    const data = dataDirectory();
    const server = await operated({ data });
    const file = join(data, "salotto.db");
    renameSync(file, `${file}.away`);
    expect(await ready(server)).toEqual([503, ["not-writable"]]);
    renameSync(`${file}.away`, file);
    expect(await ready(server)).toEqual([200, []]);
  });

  test("except when it is full", async () => {
    const server = await operated({ limits: { connectionsMax: 1 } });
    const anna = await server.join("anna");
    expect(await ready(server)).toEqual([503, ["full"]]);
    anna.send("{quit}\n");
    await anna.ended();
    anna.close();
    await expect.poll(() => ready(server)).toEqual([200, []]);
  });

  test("except when it is stopping, which takes as long as somebody does not let go", async () => {
    const server = await operated({ limits: { closeGraceMs: 3_000 } });
    const anna = await server.connect({ allowHalfOpen: true });
    await anna.until("salotto/1");
    const closing = server.close();
    await anna.until("shutting down");
    expect(await ready(server)).toEqual([503, ["stopping"]]);
    expect((await ask(server, "/healthz")).status).toBe(200);
    anna.close();
    await closing;
    await expect(ask(server, "/readyz")).rejects.toThrow("ECONNREFUSED");
  });
});

test("a server that stops keeps and answers first what it was asked for, however long the disk takes", async () => {
  const data = dataDirectory();
  const server = await operated({ data, limits: { closeGraceMs: 1, databaseBusyMs: 10_000 } });
  const anna = await server.joinJson("anna");
  const disk = new DatabaseSync(join(data, "salotto.db"));
  disk.exec("BEGIN IMMEDIATE");
  anna.sendJson({ type: "post", room: "lobby", id: crypto.randomUUID(), text: "ciao" });
  // It has been read when it waits for the log.
  await expect.poll(async () => (await samplesOf(server)).get("salotto_log_requests")).toBeGreaterThan(0);
  const closing = server.close();
  // Far longer than everybody has to read their last words.
  for (let i = 0; i < 50; i++) expect(await ready(server)).toEqual([503, ["stopping"]]);
  disk.exec("ROLLBACK");
  disk.close();
  expect(await anna.json()).toMatchObject({ type: "ok", seq: 1 });
  expect(await anna.json()).toMatchObject({ type: "bye", code: "closing" });
  await closing;
});

describe("a page in a browser reads nothing", () => {
  const home = "127.0.0.1:9464";
  test.each<[what: string, headers: Record<string, string>, status: number | undefined]>([
    ["Prometheus", { host: home }, undefined],
    ["by name", { host: "LocalHost:9464" }, undefined],
    ["by IPv6", { host: "[::1]:9464" }, undefined],
    ["an address typed into a browser", { host: home, "sec-fetch-site": "none" }, undefined],
    ["a name that was pointed here", { host: "evil.example:9464" }, 421],
    ["a name that ends like ours", { host: "localhost.evil.example:9464" }, 421],
    ["another port", { host: "127.0.0.1:8080" }, 421],
    ["no host", {}, 421],
    ["another site's page", { host: home, origin: "https://evil.example" }, 403],
    ["our own bridge's page", { host: home, origin: "http://localhost:3000", "sec-fetch-site": "same-site" }, 403],
    ["an image or a script", { host: home, "sec-fetch-site": "cross-site" }, 403],
  ])("%s", (_what, headers, status) => {
    expect(refusalOf("GET", headers, 9_464)?.status).toBe(status);
  });

  test("at the port itself, for every path", async () => {
    const server = await operated();
    for (const path of ["/metrics", "/healthz", "/readyz", "/"]) {
      expect((await ask(server, path, { host: "evil.example" })).status).toBe(421);
      expect((await ask(server, path, { origin: "http://evil.example" })).status).toBe(403);
    }
  });
});

test("only what is there is answered, and only to be read", async () => {
  const server = await operated();
  expect((await ask(server, "/metrics?x=1")).status).toBe(200);
  expect((await ask(server, "/metrics")).type).toContain("text/plain");
  expect(await ask(server, "/healthz", {}, "HEAD")).toMatchObject({ status: 200, body: "" });
  expect((await ask(server, "/metrics", {}, "POST")).status).toBe(405);
  for (const path of ["/", "/metrics/", "/toString", "/__proto__"]) expect((await ask(server, path)).status).toBe(404);
});

test("without the option there is no such port", async () => {
  expect((await startTestServer()).metricsPort).toBeUndefined();
});

test("a port that another program has is named in the error, and the chat's port stays free", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const starting = operated({ metricsPort: port });
  await expect(starting).rejects.toThrow(MetricsPortError);
  await expect(starting).rejects.toThrow(`port ${port} is in use by another program.`);
});

test("a server that cannot start lets go of the port for metrics", async () => {
  const { port } = await startTestServer();
  const { port: metricsPort } = await new Promise<{ port: number }>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address() as { port: number };
      probe.close(() => resolve(address));
    });
  });
  await expect(operated({ port, metricsPort })).rejects.toThrow("EADDRINUSE");
  expect((await operated({ metricsPort })).metricsPort).toBe(metricsPort);
});
