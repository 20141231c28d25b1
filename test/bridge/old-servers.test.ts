/** The bridge against each of the old servers, rebuilt with their quirks: what it hears, and what it says when. */
import { describe, expect, it } from "vitest";
import { joined, lacks, oldServer } from "./old-server-page.ts";
import { bridgeTo, OldClient, openPage, until } from "./page.ts";

describe.each(["a", "b", "ancestor"] as const)("on %s, whose greeting is known,", (kind) => {
  it("a message is confirmed by its echo", async () => {
    const page = await joined(await oldServer(kind), "anna", { limits: { legacyEchoMs: 60_000 } });
    expect(await page.post("ciao")).toEqual({
      ok: true,
      msgid: page.messages[0]?.msgid,
      seq: 1,
      time: page.messages[0]?.time,
    });
    expect(lacks(page)).not.toContain("delivery");
    expect(lacks(page)).toContain("memory");
  });

  it("the greeting is enough: nobody waits for the silence after it", async () => {
    const page = await joined(await oldServer(kind), "anna", { limits: { greetingMs: 60_000 } });
    expect(page.connection?.phase).toBe("online");
  });

  it("those who join and leave are told and counted", async () => {
    const server = await oldServer(kind);
    const page = await joined(server, "anna");
    const bruno = new OldClient(server.port);
    bruno.send("bruno");
    const room = { room: "lobby", name: "bruno", time: expect.any(String) };
    await until(() => page.events.some(({ type }) => type === "member-joined"));
    bruno.send("{quit}");
    await until(() => page.events.some(({ type }) => type === "member-left"));
    expect(page.events).toEqual([
      { type: "joined", room: "lobby", members: [{ name: "anna" }], seq: 0 },
      { type: "member-joined", ...room, count: 2 },
      { type: "member-left", ...room, count: 1, reason: "quit" },
    ]);
  });
});

describe("on server A (benvenuto)", () => {
  it("a taken name is refused, and the connection reset: a close would be a nameless join", async () => {
    const server = await oldServer("a");
    const first = await joined(server, "anna");
    const second = await openPage(await bridgeTo({ port: server.port }));
    const refusal = { code: "name-taken", message: "somebody here already has that name" };
    expect(await second.join("anna")).toEqual({ ok: false, ...refusal });
    expect(second.connection).toEqual({ phase: "idle", refusal });
    await until(() => server.connections[1]?.ending !== "open");
    expect(server.connections[1]?.ending).toBe("rst");
    expect(first.events.map(({ type }) => type)).toEqual(["joined"]);
    expect(await second.join("bruno")).toEqual({ ok: true, name: "bruno" });
  });

  it("the junk of a client that was closed is not shown", async () => {
    const server = await oldServer("a");
    const page = await joined(server, "anna");
    const bruno = new OldClient(server.port);
    bruno.send("bruno");
    await until(() => page.events.some(({ type }) => type === "member-joined"));
    bruno.close();
    await until(() => page.events.some(({ type }) => type === "member-left"));
    expect(page.said).toEqual([]);
  });

  it("somebody who was there before is known when they speak", async () => {
    const server = await oldServer("a");
    const bruno = new OldClient(server.port);
    bruno.send("bruno");
    await until(() => bruno.heard.includes("SERVER: Utente bruno"));
    const page = await joined(server, "anna");
    bruno.send("eccomi");
    await until(() => page.said.length > 0);
    expect(page.events.at(-2)).toMatchObject({ type: "joined", members: [{ name: "anna" }, { name: "bruno" }] });
  });
});

describe("on server B (write-your-name)", () => {
  it("two people of one name are told apart by their texts", async () => {
    const server = await oldServer("b");
    const page = await joined(server, "anna");
    const other = new OldClient(server.port);
    other.send("anna");
    await until(() => page.events.some(({ type }) => type === "member-joined"));
    other.send("sono l'altra");
    await until(() => page.said.length > 0);
    await page.post("sono io");
    expect(page.messages.map(({ text, id }) => [text, id !== undefined])).toEqual([
      ["sono l'altra", false],
      ["sono io", true],
    ]);
    expect(lacks(page)).toContain("unique-names");
  });

  it("the last one out ends the server, and the bridge does not knock again", async () => {
    const server = await oldServer("b");
    const page = await joined(server, "anna");
    await page.quit();
    expect(server.running).toBe(false);
    expect(page.connections.map(({ phase }) => phase)).toEqual(["idle", "connecting", "online", "idle"]);
  });

  it("quitting before the name was given leaves no nameless guest behind", async () => {
    const server = await oldServer("silent");
    const page = await openPage(await bridgeTo({ port: server.port, limits: { greetingMs: 60_000 } }));
    const answer = page.join("anna");
    await until(() => server.connections.length === 1);
    await page.quit();
    expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
    await until(() => server.connections[0]?.ending !== "open");
    expect(server.connections[0]).toMatchObject({ ending: "rst", received: [], name: undefined });
  });
});

describe("on a server that does not echo (relay)", () => {
  it("the first message waits for an echo, the next ones know better", async () => {
    const server = await oldServer("relay");
    const legacyEchoMs = 1_000;
    const page = await joined(server, "anna", { limits: { legacyEchoMs } });
    expect(await page.post("uno")).toMatchObject({ ok: true });
    expect(page.messages.at(-1)).toMatchObject({ from: "anna", unconfirmed: true });
    let hasWaited = false;
    const waiting = setTimeout(() => {
      hasWaited = true;
    }, legacyEchoMs);
    expect(await page.post("due")).toMatchObject({ ok: true });
    expect(page.messages.at(-1)).toMatchObject({ from: "anna", unconfirmed: true });
    clearTimeout(waiting);
    expect(hasWaited).toBe(false);
    expect(lacks(page)).toContain("delivery");
  });

  it("an echo that comes late is not shown as another message, and teaches that there are echoes", async () => {
    const server = await oldServer("relay");
    const page = await joined(server, "anna", { limits: { legacyEchoMs: 20 } });
    expect(await page.post("ciao")).toMatchObject({ ok: true });
    expect(page.messages.at(-1)).toMatchObject({ from: "anna", unconfirmed: true });
    server.say("anna: ciao");
    await until(() => !lacks(page).includes("delivery"));
    expect(page.said).toEqual(["anna: ciao"]);
  });

  it("people are addresses, and the page is told so", async () => {
    const server = await oldServer("relay");
    const page = await joined(server, "anna", { limits: { legacyEchoMs: 60_000 } });
    const waiting = page.post("c'è nessuno?");
    const bruno = new OldClient(server.port);
    bruno.send("io");
    await until(() => page.messages.some(({ text }) => text === "io"));
    expect(page.messages.find(({ text }) => text === "io")?.from).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(lacks(page)).toContain("names");
    expect(await waiting).toMatchObject({ ok: true });
    expect(page.messages.find(({ from }) => from === "anna")).toMatchObject({ unconfirmed: true });
  });
});

describe("on a server that lists people (userlist)", () => {
  it("the list is the server's", async () => {
    const server = await oldServer("userlist");
    const page = await joined(server, "anna");
    const bruno = new OldClient(server.port);
    bruno.send("bruno");
    await until(() => page.events.some((event) => event.type === "joined" && event.members.length === 2));
    bruno.send("{quit}");
    await until(() => {
      const last = page.events.at(-1);
      return last?.type === "joined" && last.members.length === 1;
    });
    expect(page.events.at(-1)).toMatchObject({ members: [{ name: "anna" }] });
  });

  it("an echo teaches the bridge that messages are confirmed", async () => {
    const page = await joined(await oldServer("userlist"), "anna", { limits: { legacyEchoMs: 60_000 } });
    expect(lacks(page)).toContain("delivery");
    expect(await page.post("ciao")).toMatchObject({ ok: true });
    expect(page.messages[0]).not.toHaveProperty("unconfirmed");
    expect(lacks(page)).not.toContain("delivery");
  });
});

describe("towards an old server", () => {
  it("a long text goes in parts that no reader's recv(1024) cuts, and stays one message for its sender", async () => {
    const server = await oldServer("ancestor");
    const page = await joined(server, "anna");
    const text = `${"è".repeat(450)}🙂${"x".repeat(100)}`;
    expect(await page.post(text)).toMatchObject({ ok: true });
    expect(server.connections[0]?.received).toEqual(["anna", "è".repeat(450), `🙂${"x".repeat(100)}`]);
    expect(page.said).toEqual([`anna: ${text}`]);
  });

  it("each line is a message, and blank ones are left out", async () => {
    const server = await oldServer("ancestor");
    const page = await joined(server, "anna");
    expect(await page.post("uno\n\n due")).toMatchObject({ ok: true });
    expect(server.connections[0]?.received).toEqual(["anna", "uno", " due"]);
    expect(page.said).toEqual(["anna: uno\n\n due"]);
  });

  it("what a person does stands in asterisks", async () => {
    const server = await oldServer("ancestor");
    const page = await joined(server, "anna");
    await page.post("saluta", { action: true });
    expect(server.connections[0]?.received).toEqual(["anna", "*saluta*"]);
    expect(page.messages[0]).toMatchObject({ text: "saluta", action: true });
  });

  it("the word of another server is a text", async () => {
    const server = await oldServer("ancestor");
    const page = await joined(server, "anna");
    expect(await page.post("/quit")).toMatchObject({ ok: true });
    expect(server.connections[0]?.received).toEqual(["anna", "/quit"]);
  });

  it("{quit} is a text where texts are signed", async () => {
    const server = await oldServer("nick");
    const page = await joined(server, "anna");
    expect(await page.post("{quit}")).toMatchObject({ ok: true });
    expect(server.connections[0]?.received).toEqual(["anna", "anna: {quit}"]);
  });

  it("what is signed is no longer than the others' recv", async () => {
    const server = await oldServer("nick");
    const page = await joined(server, "anna");
    await page.post("x".repeat(1_000));
    for (const text of server.connections[0]?.received ?? []) expect(text.length).toBeLessThanOrEqual(900);
    expect(page.said).toEqual([`anna: ${"x".repeat(1_000)}`]);
  });

  it.each(["{quit}", "  {quit} ", "ciao\n{quit}"])(
    "the text %j is refused: it would end the connection",
    async (text) => {
      const server = await oldServer("ancestor");
      const page = await joined(server, "anna");
      expect(await page.post(text)).toMatchObject({
        ok: false,
        code: "invalid",
        message: expect.stringContaining("Quit"),
      });
      await page.post("ancora qui");
      expect(server.connections[0]?.received).toEqual(["anna", "ancora qui"]);
    },
  );

  it("private messages and new names are refused with a reason", async () => {
    const page = await joined(await oldServer("ancestor"), "anna");
    expect(await page.post("psst", { room: "@bruno" })).toMatchObject({ ok: false, code: "no-such-room" });
    expect(await page.rename("carla")).toMatchObject({ ok: false, code: "unknown-command" });
  });

  it("what could paint on a screen is taken out of what is heard", async () => {
    const server = await oldServer("ancestor");
    const page = await joined(server, "anna");
    server.say("br\u001b[2Juno: ciao\u202e!");
    await until(() => page.said.length > 0);
    expect(page.said).toEqual(["bruno: ciao!"]);
  });

  it("a line that is nobody's message is shown as a notice", async () => {
    const server = await oldServer("a");
    const page = await joined(server, "anna");
    server.say("SERVER: Torno subito.");
    await until(() => page.events.some(({ type }) => type === "notice"));
    expect(page.events.at(-1)).toMatchObject({ type: "notice", text: "SERVER: Torno subito." });
  });

  it("a lost connection is made again under the same name, and numbers go on", async () => {
    const server = await oldServer("a");
    const page = await joined(server, "anna");
    await page.post("prima");
    server.cut();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    await page.post("dopo");
    expect(page.messages.map(({ seq, text }) => [seq, text])).toEqual([
      [1, "prima"],
      [2, "dopo"],
    ]);
    expect(server.connections.map(({ received }) => received[0])).toEqual(["anna", "anna"]);
  });

  it("what was sent and not echoed is lost with the connection, what was not sent is not", async () => {
    const server = await oldServer("relay");
    const page = await joined(server, "anna", { limits: { legacyEchoMs: 60_000, legacyGapMs: 60_000 } });
    // The name was a write, so nothing else is sent before the gap is over.
    const unsent = page.post("mai spedito");
    await until(() => server.connections[0]?.received.length === 1);
    server.cut();
    expect(await unsent).toMatchObject({ ok: false, code: "offline" });
  });

  it("too much that waits to be written does not keep a person from leaving", async () => {
    const server = await oldServer("ancestor");
    const page = await joined(server, "anna", { limits: { legacyGapMs: 40, legacyQuitMs: 60 } });
    const many = page.post(Array.from({ length: 100 }, (_, n) => `riga ${n}`).join("\n"));
    await until(() => (server.connections[0]?.received.length ?? 0) > 1);
    await page.quit();
    expect(await many).toMatchObject({ ok: false, code: "lost" });
    expect(server.connections[0]?.received.at(-1)).toBe("{quit}");
    expect(server.connections[0]?.received.length).toBeLessThan(10);
  });

  it("when the bridge ends, the person leaves properly", async () => {
    const server = await oldServer("a");
    const bridge = await bridgeTo({ port: server.port });
    const page = await openPage(bridge);
    await page.join("anna");
    await bridge.close();
    expect(server.connections[0]).toMatchObject({ received: ["anna", "{quit}"], ending: "closed-by-server" });
  });
});
