/**
 * The families of old servers, rebuilt with their quirks: what the bridge sends to each, how it leaves, whom it sees.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LineEnd } from "../../bridge/upstream/legacy-ending.ts";
import type { OldConnection, OldServerKind } from "../doubles/old-server-programs.ts";
import { joined, lacks, oldServer } from "./old-server-page.ts";
import { bridgeTo, OldClient, openPage, until } from "./page.ts";

interface Kind {
  kind: OldServerKind;
  /** The line ending it expects. */
  end?: string;
  /** Texts are relayed as they are, so each is signed. */
  signed?: boolean;
  /** The word that leaves, if it has one. */
  goodbye?: string;
  /** How the connection ends. */
  ending: OldConnection["ending"];
}

const kinds: Kind[] = [
  { kind: "a", goodbye: "{quit}", ending: "closed-by-server" },
  { kind: "b", goodbye: "{quit}", ending: "closed-by-server" },
  { kind: "ancestor", goodbye: "{quit}", ending: "closed-by-server" },
  { kind: "silent", goodbye: "{quit}", ending: "closed-by-server" },
  { kind: "unito", goodbye: "{quit}", ending: "closed-by-server" },
  { kind: "relay", ending: "rst" },
  { kind: "userlist", ending: "rst" },
  { kind: "nick", signed: true, ending: "rst" },
  { kind: "submitname", end: "\n", goodbye: "/quit", ending: "closed-by-server" },
  { kind: "prompt", end: "\n", ending: "fin" },
];

describe.each(kinds)("on $kind", ({ kind, end = "", signed = false, goodbye, ending }) => {
  const written = (name: string, ...texts: string[]) =>
    [name, ...texts.map((text) => (signed ? `${name}: ${text}` : text))].map((text) => text + end);

  it("the name is the first thing sent, and nothing but the name", async () => {
    const server = await oldServer(kind);
    await joined(server, "anna rossi");
    expect(server.connections.map(({ received }) => received)).toEqual([written("anna rossi")]);
  });

  it("messages travel one by one, once, and are answered in the order of the server", async () => {
    const server = await oldServer(kind);
    // On a busy computer an echo takes its time; where none comes, nobody waits for one. Some do not answer the name.
    const hasEcho = kind !== "relay" && kind !== "prompt";
    const limits = hasEcho ? { legacyReadMs: 1_000, legacyEchoMs: 5_000 } : {};
    const page = await joined(server, "anna", { limits });
    const answers = await Promise.all(["uno", "due", "tre"].map((text) => page.post(text)));
    await until(() => server.connections[0]?.received.length === 4);
    expect(server.connections[0]?.received).toEqual(written("anna", "uno", "due", "tre"));
    expect(answers.map((answer) => answer.ok && answer.seq)).toEqual([1, 2, 3]);
    expect(page.said).toEqual(["anna: uno", "anna: due", "anna: tre"]);
  });

  it("the person leaves with the word that it knows, alone, or by closing where it knows none", async () => {
    const server = await oldServer(kind);
    const page = await joined(server, "anna");
    page.post("ciao");
    await page.quit();
    expect(page.connection).toEqual({ phase: "idle" });
    const words = goodbye === undefined ? [] : [goodbye + end];
    expect(server.connections[0]?.received).toEqual([...written("anna", "ciao"), ...words]);
    await until(() => server.connections[0]?.ending !== "open");
    expect(server.connections[0]?.ending).toBe(ending);
    expect(server.connections).toHaveLength(1);
  });

  it("people on old programs and the page hear each other, each message once", async () => {
    const server = await oldServer(kind);
    const page = await joined(server, "anna");
    const bruno = new OldClient(server.port);
    const [name = "", text = ""] = written("bruno", "ciao anna 🙂");
    bruno.send(name);
    await until(() => server.connections[1]?.name);
    bruno.send(text);
    await until(() => page.said.some((said) => said.endsWith("ciao anna 🙂")));
    await page.post("ciao bruno");
    await until(() => bruno.heard.includes("ciao bruno"));
    expect(page.said.filter((said) => said.endsWith("ciao anna 🙂"))).toHaveLength(1);
    expect(page.said.filter((said) => said === "anna: ciao bruno")).toHaveLength(1);
  });
});

describe.each(["nick", "submitname", "prompt", "unito"] as const)("on %s, as on the others,", (kind) => {
  it("those who join and leave are in the list of people, and are not messages", async () => {
    const server = await oldServer(kind);
    const page = await joined(server, "anna");
    const bruno = new OldClient(server.port);
    bruno.send(kind === "submitname" || kind === "prompt" ? "bruno\n" : "bruno");
    const room = { room: "lobby", name: "bruno", time: expect.any(String) };
    await until(() => page.events.some(({ type }) => type === "member-joined"));
    // Not all of them notice an orderly end.
    bruno.reset();
    await until(() => page.events.some(({ type }) => type === "member-left"));
    expect(page.events.filter(({ type }) => type !== "notice")).toEqual([
      { type: "joined", room: "lobby", members: [{ name: "anna" }], seq: 0 },
      { type: "member-joined", ...room, count: 2 },
      { type: "member-left", ...room, count: 1, reason: "quit" },
    ]);
  });
});

describe("on a server that reads lines", () => {
  it("the page is in, and its texts arrive, though the name is answered with nothing", async () => {
    const received: string[] = [];
    const silent = createServer((socket) => {
      socket.write("SUBMITNAME\n");
      socket.on("error", () => {});
      socket.on("data", (bytes) => received.push(String(bytes)));
    });
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const page = await openPage(await bridgeTo({ port: (silent.address() as AddressInfo).port }));
    await page.join("anna");
    await until(() => page.connection?.phase === "online");
    page.post("ciao");
    await until(() => received.includes("ciao\n"));
    expect(received).toEqual(["anna\n", "ciao\n"]);
    await page.quit();
  });

  it("a name that somebody has is refused", async () => {
    const server = await oldServer("submitname");
    await joined(server, "anna");
    const second = await openPage(await bridgeTo({ port: server.port }));
    expect(await second.join("anna")).toMatchObject({ ok: false, code: "name-taken" });
  });

  it("what nothing confirms is unconfirmed to every window of the person", async () => {
    const server = await oldServer("prompt");
    const page = await joined(server, "anna");
    expect(await page.post("ciao")).toMatchObject({ ok: true });
    expect(page.messages).toMatchObject([{ text: "ciao", unconfirmed: true }]);
    expect(lacks(page)).toContain("delivery");
  });

  it("what comes back is confirmed", async () => {
    const page = await joined(await oldServer("submitname"), "anna", { limits: { legacyEchoMs: 60_000 } });
    expect(await page.post("ciao")).toMatchObject({ ok: true });
    expect(page.messages[0]).not.toHaveProperty("unconfirmed");
  });

  it.each<[greeting: string, lineEnd: LineEnd, name: string]>([
    ["Chi sei?", "auto", "anna"],
    ["Chi sei?\n", "auto", "anna\n"],
    ["Chi sei?\r\n", "auto", "anna\r\n"],
    ["Benvenuto!\nChi sei? ", "auto", "anna\n"],
    ["NICK\n", "auto", "anna\n"],
    ["", "auto", "anna"],
    ["Chi sei?\n", "none", "anna"],
    ["Chi sei?\n", "crlf", "anna\r\n"],
    ["Chi sei?", "lf", "anna\n"],
    ["", "lf", "anna\n"],
    ["Benvenuto! Inserisci il tuo nome e premi INVIO!", "lf", "anna\n"],
  ])("which greets %j, with the option %s, hears %j", async (greeting, lineEnd, name) => {
    const server = createServer((socket) => socket.write(greeting));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const connected = once(server, "connection");
    const page = await openPage(await bridgeTo({ port: (server.address() as AddressInfo).port, lineEnd }));
    page.join("anna").catch(() => {});
    const [socket] = (await connected) as [Socket];
    const [heard] = (await once(socket, "data")) as [Buffer];
    expect(heard.toString()).toBe(name);
    socket.destroy();
  });
});
