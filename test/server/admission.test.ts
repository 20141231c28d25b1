/** Who is let in: connections in total and from one address, how fast they come, and how many give no name. */
import { connect } from "node:net";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { serverLimits } from "../../server/limits.ts";
import { Admission } from "../../server/net/admission.ts";
import { Sources } from "../../server/net/source.ts";
import { AddressRanges } from "../../tcp/address-ranges.ts";
import { startTestServer, type TestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

/** No address is exempt here, not even this computer's. Arrivals are as many as there are, unless a test bounds them. */
const open = (limits: Parameters<typeof startTestServer>[0] = {}) => startTestServer({ exempt: [], ...limits });

/** Opens a connection from this address, all of which are this computer's on Linux. */
const from = (server: TestServer, localAddress: string): Promise<WireClient> =>
  server.connect({ open: (options) => connect({ ...options, localAddress }) });

async function joinFrom(server: TestServer, address: string, name: string): Promise<WireClient> {
  const client = await from(server, address);
  client.sendJson({ type: "login", name });
  await client.until('"type":"joined"');
  return client;
}

/** What a program is told when it connects from this address and says who it is. */
async function refusalOf(server: TestServer, address: string): Promise<string | undefined> {
  const client = await from(server, address);
  client.sendJson({ type: "login", name: `from ${address}` });
  await client.until('"type":"');
  const [type = ""] = (await client.until('"')).split('"');
  const rest = await client.line();
  return type === "bye" ? /"code":"([^"]*)"/.exec(rest)?.[1] : undefined;
}

const greeted = async (client: WireClient) => {
  await client.until("(salotto/1)");
  return client;
};

describe("connections from one address", () => {
  test("are so many; further ones are told why, in words and with a code, and other addresses come in", async () => {
    const server = await open({ limits: { connectionsOfSourceMax: 2 } });
    const first = await joinFrom(server, "127.0.0.2", "anna");
    await joinFrom(server, "127.0.0.2", "bruno");
    const nc = await from(server, "127.0.0.2");
    await nc.until("* There are too many connections from your address. End one, or try again later.\n");
    expect(await nc.ended()).toBe("reset");
    expect(await refusalOf(server, "127.0.0.2")).toBe("too-many-connections");
    const named = await from(server, "127.0.0.2");
    named.send("carla\n");
    await named.until("* There are too many connections from your address.");
    // Nothing that it said was read.
    first.sendJson({ type: "who", label: "w" });
    await first.until('"label":"w"');
    expect(await first.line()).not.toContain("carla");
    expect(await refusalOf(server, "127.0.0.3")).toBeUndefined();
    first.close();
    await expect.poll(() => refusalOf(server, "127.0.0.2")).toBeUndefined();
  });

  test("come so fast; what was refused does not count, and other addresses come in", async () => {
    const server = await open({ limits: { arrivalsOfSourceBurst: 2, arrivalsOfSourcePerSecond: 0.001 } });
    await joinFrom(server, "127.0.0.2", "anna");
    (await joinFrom(server, "127.0.0.2", "bruno")).close();
    const nc = await from(server, "127.0.0.2");
    await nc.until("* Too many new connections from your address. Try again in a moment.\n");
    expect(await refusalOf(server, "127.0.0.2")).toBe("connecting-too-fast");
    expect(await refusalOf(server, "127.0.0.3")).toBeUndefined();
  });

  test("without a name are so many; one that gives its name makes room", async () => {
    const server = await open({ limits: { unnamedOfSourceMax: 2 } });
    const [anna, idle] = [
      await greeted(await from(server, "127.0.0.2")),
      await greeted(await from(server, "127.0.0.2")),
    ];
    const nc = await from(server, "127.0.0.2");
    await nc.until("* Too many connections from your address have not given a name yet. Try again later.\n");
    expect(await refusalOf(server, "127.0.0.2")).toBe("too-many-unnamed");
    expect(await refusalOf(server, "127.0.0.3")).toBeUndefined();
    anna.send("anna\n");
    await anna.until("Welcome, anna!");
    const third = await greeted(await from(server, "127.0.0.2"));
    expect(await refusalOf(server, "127.0.0.2")).toBe("too-many-unnamed");
    idle.close();
    await expect.poll(() => refusalOf(server, "127.0.0.2")).toBeUndefined();
    third.send("carla\n");
    await third.until("Welcome, carla!");
  });

  test("that are refused are told so up to a bound; beyond it they are reset, and the log counts them", async () => {
    const lines: { msg: string; count?: number; code?: string }[] = [];
    const logger = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const server = await open({
      logger,
      limits: { connectionsOfSourceMax: 1, refusedOfSourceMax: 2, closeGraceMs: 3_000 },
    });
    const anna = await joinFrom(server, "127.0.0.2", "anna");
    const told = [await from(server, "127.0.0.2"), await from(server, "127.0.0.2")];
    for (const client of told) await greeted(client);
    for (let count = 0; count < 20; count++) {
      const socket = connect({ port: server.port, host: "127.0.0.1", localAddress: "127.0.0.2" });
      // It comes so soon that Node may not even have noticed that it was connected.
      const error = await new Promise<NodeJS.ErrnoException>((resolve) => socket.once("error", resolve));
      expect(error.code).toBe("ECONNRESET");
      expect(socket.bytesRead).toBe(0);
    }
    anna.sendJson({ type: "ping", label: "p" });
    await anna.until('"label":"p"');
    expect(lines.filter(({ code }) => code === "too-many-connections")).toHaveLength(1);
    expect(lines.filter(({ msg }) => msg === "connected")).toHaveLength(1);
    // They take nothing from others who are refused.
    await joinFrom(server, "127.0.0.3", "bruno");
    expect(await refusalOf(server, "127.0.0.3")).toBe("too-many-connections");
    for (const client of told) client.close();
    const refused = () => refusalOf(server, "127.0.0.2").catch(() => "reset");
    await expect.poll(refused, { timeout: 10_000 }).toBe("too-many-connections");
  });

  test("may be 3,000 idle ones without locking anybody else out", async () => {
    const server = await startTestServer({ exempt: [] });
    let isOpen = 0;
    for (let opened = 0; opened < 3_000; opened += 100) {
      const batch = Array.from({ length: 100 }, () => {
        const socket = connect({ port: server.port, host: "127.0.0.1", localAddress: "127.0.0.2" });
        const isGone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
        socket.on("error", () => {});
        socket.on("connect", () => (isOpen += 1));
        socket.on("close", () => (isOpen -= 1));
        socket.resume();
        return { socket, isGone };
      });
      // The first hundred stay, everyone else is refused.
      if (opened > 0) await Promise.all(batch.map(({ isGone }) => isGone));
    }
    expect(isOpen).toBeLessThanOrEqual(serverLimits.unnamedOfSourceMax);
    expect(await refusalOf(server, "127.0.0.2")).toBe("too-many-unnamed");
    const anna = await joinFrom(server, "127.0.0.3", "anna");
    await joinFrom(server, "127.0.0.4", "bruno");
    await anna.until('"name":"bruno"');
    await server.close();
  });
});

test("of too many without a name, the one that has waited longest has to go, whoever comes", async () => {
  const server = await open({ limits: { unnamedMax: 2 } });
  const waiting = [await greeted(await from(server, "127.0.0.2")), await greeted(await from(server, "127.0.0.3"))];
  await joinFrom(server, "127.0.0.4", "anna");
  await waiting[0]?.until("* Disconnected: you did not give a name in time.\n");
  waiting[1]?.send("bruno\n");
  await waiting[1]?.until("Welcome, bruno!");
});

test("a full server says so with a code, as far as it knows how", async () => {
  const server = await open({ limits: { connectionsMax: 1 } });
  await joinFrom(server, "127.0.0.2", "anna");
  expect(await refusalOf(server, "127.0.0.3")).toBe("server-full");
  const nc = await from(server, "127.0.0.3");
  await nc.until("* The server is full. Try again later.\n");
  const old = await from(server, "127.0.0.3");
  old.send("carlo");
  await old.until("* The server is full. Try again later.");
  expect(await old.ended()).toBe("reset");
});

describe("exempt addresses", () => {
  const limits = { connectionsOfSourceMax: 1, unnamedOfSourceMax: 1, unnamedMax: 1, arrivalsOfSourceBurst: 1 };

  test("come in as they like, in any number and without names; others do not, and this can change", async () => {
    const server = await open({ limits, exempt: ["127.0.0.2", "127.0.1.0/24"] });
    const idle = [];
    for (const address of ["127.0.0.2", "127.0.1.7"]) {
      for (let count = 0; count < 5; count++) idle.push(await greeted(await from(server, address)));
    }
    await joinFrom(server, "127.0.0.3", "anna");
    expect(await refusalOf(server, "127.0.0.3")).toBe("too-many-connections");
    server.reconfigure({ limits: { ...serverLimits, ...limits }, exempt: ["127.0.0.3/32"] });
    expect(await refusalOf(server, "127.0.0.3")).toBeUndefined();
    expect(await refusalOf(server, "127.0.0.2")).toBe("too-many-connections");
    for (const [index, client] of idle.entries()) {
      client.send(`idle ${index}\n`);
      await client.until(`Welcome, idle ${index}!`);
    }
  });

  test("are this computer's, unless told otherwise", async () => {
    const server = await startTestServer({ limits });
    for (let count = 0; count < 5; count++) await greeted(await server.connect());
  });
});

describe("counting", () => {
  const guest = () => ({ dismiss: () => {} });

  function admission(limits: Partial<typeof serverLimits>) {
    const all = { ...serverLimits, ...limits };
    const sources = new Sources(all);
    const door = new Admission(all, new AddressRanges([]));
    return (address: string, nowMs = 0) => door.admit(sources.enter(address, nowMs), address, nowMs);
  }

  test("an IPv6 network is one source", () => {
    const arrive = admission({ connectionsOfSourceMax: 1 });
    expect(arrive("2001:db8:1:2::1")).toBe("in");
    expect(arrive("2001:db8:1:2:ffff::1")).toEqual({ refusal: "too-many-connections", isTold: true });
    expect(arrive("2001:db8:1:3::1")).toBe("in");
  });

  test("with time, as many may come again", () => {
    const arrive = admission({ arrivalsOfSourceBurst: 3, arrivalsOfSourcePerSecond: 2, connectionsOfSourceMax: 100 });
    const many = (nowMs: number) => Array.from({ length: 10 }, () => arrive("10.0.0.1", nowMs) === "in");
    expect(many(0).filter(Boolean)).toHaveLength(3);
    expect(many(1_000).filter(Boolean)).toHaveLength(2);
    expect(many(60_000).filter(Boolean)).toHaveLength(3);
  });

  test("refused ones are bounded in total as well", () => {
    const arrive = admission({ connectionsMax: 1, refusedMax: 3, refusedOfSourceMax: 2 });
    expect(arrive("10.0.0.1")).toBe("in");
    const refused = [1, 1, 1, 2, 2].map((host) => arrive(`10.0.1.${host}`));
    expect(refused.map((each) => (each !== "in" && each.isTold ? "told" : "reset"))).toEqual([
      "told",
      "told",
      "reset",
      "told",
      "reset",
    ]);
  });

  test("whoever has left is counted no more, once", () => {
    const all = { ...serverLimits, unnamedOfSourceMax: 1 };
    const door = new Admission(all, new AddressRanges([]));
    const source = new Sources(all).enter("10.0.0.1", 0);
    for (let visit = 0; visit < 3; visit++) {
      expect(door.admit(source, "10.0.0.1", 0)).toBe("in");
      const visitor = guest();
      door.begin(visitor, source, "10.0.0.1");
      expect(source.unnamed).toBe(1);
      if (visit > 0) door.named(visitor);
      door.leave(visitor, source, true);
      expect(source).toMatchObject({ admitted: 0, unnamed: 0, refused: 0 });
    }
  });
});
