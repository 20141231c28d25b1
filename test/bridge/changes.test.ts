/** Changes to messages, and read marks, through the bridge; the peer shows every command it gets. */
import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PageCommand } from "../../protocol/bridge-events.ts";
import { allFeatures, type Json, type JsonServer, rememberingAnswer, startJsonServer } from "../doubles/json-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

const time = "2026-01-01T00:00:00.000Z";
const said = (seq: number): Json => ({
  type: "message",
  msgid: `m${seq}`,
  seq,
  time,
  from: "bruno",
  text: `text ${seq}`,
});
const edit = (seq: number): Json => ({ type: "edit", msgid: "m1", seq, time, from: "bruno", text: `edit ${seq}` });
const react = (seq: number): Json => ({
  ...{ type: "react", msgid: "m1", seq, time, from: "anna", emoji: "👍", on: true },
  ...{ count: 1, names: ["anna"] },
});
const remove = (seq: number): Json => ({ type: "delete", msgid: "m1", seq, time, from: "bruno" });
const inLobby = (entry: Json): Json => ({ ...entry, room: "lobby" });

async function inChat(log: readonly Json[], features = allFeatures): Promise<{ server: JsonServer; page: TestPage }> {
  const server = await startJsonServer(rememberingAnswer(log, features));
  onTestFinished(() => server.close());
  const page = await openPage(await bridgeTo({ port: server.port }));
  await page.join("anna");
  await until(() => page.events.length > 0);
  return { server, page };
}

/** `joined 3`, `message 4`, `edit 5`: what the page was told about the lobby. */
const told = (page: TestPage) => page.events.flatMap((event) => ("seq" in event ? [`${event.type} ${event.seq}`] : []));
const asked = (server: JsonServer, type: string, connection = 0) =>
  server.connections[connection]?.received.filter((command) => command.type === type);

describe("a command of the page's", () => {
  const place = { room: "lobby", id: randomUUID(), msgid: "m1" };

  it.each<[PageCommand, answer: Json]>([
    [{ type: "edit", ...place, text: "better" }, { dropped: ["controls"] }],
    [{ type: "delete", ...place }, {}],
    [{ type: "react", ...place, emoji: "👍", on: false }, {}],
    [{ type: "read", room: "@bruno", seq: 3 }, {}],
    [{ type: "typing", room: "lobby" }, {}],
    [
      { type: "search", query: "ciao", skip: 50 },
      { found: [], more: true },
    ],
    [
      { type: "history", room: "lobby", around: 7 },
      { room: "lobby", messages: [said(7)], more: false },
    ],
    [
      { type: "history", room: "lobby", since: time, changes: true },
      { room: "lobby", messages: [edit(9)], more: true },
    ],
  ])("%j goes to the server as it is, and its answer comes back", async (command, answer) => {
    const { server, page } = await inChat([]);
    server.answer = () => ({ type: "ok", ...answer });
    expect(await page.ask(command)).toEqual({ ok: true, ...answer });
    expect(server.connections[0]?.received.at(-1)).toEqual({ ...command, label: "3" });
    server.answer = () => ({ type: "error", code: "no-such-message", message: "no" });
    expect(await page.ask(command)).toEqual({ ok: false, code: "no-such-message", message: "no" });
  });

  it("is answered between what happened before and what happened after, though all comes at once", async () => {
    const { server, page } = await inChat([said(1)]);
    const order: unknown[] = [];
    page.socket.on("events", (events) =>
      order.push(...events.map(({ event }) => ("seq" in event ? event.seq : event))),
    );
    server.answer = (command, connection) => {
      const answer = { type: "ok", label: command.label, room: "lobby", messages: [said(1)], more: false };
      const lines = [inLobby(edit(2)), inLobby(edit(3)), answer, inLobby(edit(4)), inLobby(edit(5))];
      connection.sendRaw(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      return undefined;
    };
    // Not as a promise, which would be late itself.
    page.socket.emit("ask", { type: "history", room: "lobby", before: 2 }, () => order.push("answer"));
    await until(() => order.includes(5));
    expect(order).toEqual([2, 3, "answer", 4, 5]);
  });

  it("is answered before what happened after, however many answers come at once", async () => {
    const { server, page } = await inChat([said(1)]);
    const order: unknown[] = [];
    page.socket.on("events", (events) =>
      order.push(...events.map(({ event }) => ("seq" in event ? event.seq : event))),
    );
    const asked: Json[] = [];
    server.answer = (command, connection) => {
      asked.push({ type: "ok", label: command.label, room: "lobby", messages: [said(1)], more: false });
      const [first, second] = asked;
      if (!first || !second) return undefined;
      const lines = [inLobby(edit(2)), first, inLobby(edit(3)), second, inLobby(edit(4))];
      connection.sendRaw(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      return undefined;
    };
    for (const name of ["first", "second"]) {
      page.socket.emit("ask", { type: "history", room: "lobby", before: 2 }, () => order.push(name));
    }
    await until(() => order.includes(4));
    expect(order).toEqual([2, "first", "second", 3, 4]);
  });

  it("has what the server lists in its answer", async () => {
    const { server, page } = await inChat([]);
    const conversations = [{ room: "@bruno", seq: 7, read: 5 }];
    server.answer = () => ({ type: "ok", conversations });
    expect(await page.ask({ type: "conversations" })).toEqual({ ok: true, conversations });
    const found = [{ ...said(7), room: "lobby", edited: true }];
    server.answer = () => ({ type: "ok", found, more: true });
    expect(await page.ask({ type: "search", query: "text" })).toEqual({ ok: true, found, more: true });
  });
});

describe("every page of a person", () => {
  it("is told what is done to messages and how far they were read, and one that comes back as well", async () => {
    const { server, page } = await inChat([said(1)]);
    const happened = [...[edit(2), react(3), remove(4)].map(inLobby), { type: "read", room: "lobby", seq: 4 }];
    for (const event of happened) server.connections[0]?.send(event);
    await until(() => page.events.length === 2 + happened.length);
    expect(page.events.slice(2)).toEqual(happened);
    expect(page.numbered.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("is told who is writing, outside of the numbers", async () => {
    const { server, page } = await inChat([]);
    const typing = { type: "typing", room: "@bruno", from: "bruno" };
    server.connections[0]?.send(typing);
    server.connections[0]?.send({ type: "read", room: "@bruno", seq: 1 });
    await until(() => page.events.length === 2);
    expect(page.typing).toEqual([typing]);
    expect(page.numbered.map(({ n }) => n)).toEqual([1, 2]);
  });
});

describe("after a lost connection", () => {
  it("what was done to messages meanwhile is told among what was said, each once", async () => {
    const log = [said(1)];
    const { server, page } = await inChat(log);
    expect(told(page)).toEqual(["joined 0", "message 1"]);
    log.push(said(2), edit(3), react(4), said(5), remove(6));
    server.connections[0]?.cut();
    await until(() => told(page).includes("delete 6"));
    expect(told(page).slice(2)).toEqual(["joined 1", "message 2", "edit 3", "react 4", "message 5", "delete 6"]);
    expect(asked(server, "history", 1)).toEqual([
      expect.objectContaining({ room: "lobby", after: 1, changes: true }),
      expect.objectContaining({ room: "lobby", after: 4, changes: true }),
    ]);
  });

  it.each([edit(2), react(2), remove(2)])("nothing is told again when the last that happened was %j", async (entry) => {
    const log = [said(1)];
    const { server, page } = await inChat(log);
    log.push(entry);
    server.connections[0]?.send(inLobby(entry));
    await until(() => told(page).length === 3);
    server.connections[0]?.cut();
    await until(() => told(page).length === 4);
    expect(told(page)).toEqual(["joined 0", "message 1", `${entry.type} 2`, "joined 2"]);
    expect(asked(server, "history", 1)).toEqual([]);
  });

  it("an own message has its place after what was missed, and its answer comes after it", async () => {
    const log = [said(1)];
    const { server, page } = await inChat(log);
    log.push(edit(2), edit(3), edit(4), edit(5));
    const remembering = server.answer;
    let answerHistory = () => {};
    server.answer = (command, connection) => {
      if (command.type === "post") return { type: "ok", msgid: "m6", seq: 6, time };
      const answer = remembering(command, connection);
      if (command.type !== "history") return answer;
      answerHistory = () => connection.send({ ...answer, label: command.label });
      return undefined;
    };
    server.connections[0]?.cut();
    await until(() => asked(server, "history", 1)?.length === 1);
    answerHistory();
    await until(() => asked(server, "history", 1)?.length === 2);
    const posted = page.post("mine");
    await until(() => asked(server, "post", 1)?.length === 1);
    answerHistory();
    expect(await posted).toMatchObject({ ok: true, seq: 6 });
    expect(told(page).slice(2)).toEqual(["joined 1", "edit 2", "edit 3", "edit 4", "edit 5", "message 6"]);
  });

  it("an own message that had arrived, and is sent again, is told once, as it is now", async () => {
    const log = [said(1)];
    const { server, page } = await inChat(log);
    log.push({ ...said(2), from: "anna", text: "as it is now" }, edit(3));
    const remembering = server.answer;
    server.answer = (command, connection) =>
      command.type === "post" ? { type: "ok", msgid: "m2", seq: 2, time } : remembering(command, connection);
    server.connections[0]?.cut();
    await until(() => told(page).includes("edit 3"));
    expect(await page.post("as it was")).toMatchObject({ ok: true, msgid: "m2", seq: 2 });
    server.connections[1]?.cut();
    await until(() => told(page).includes("joined 3"));
    expect(page.said).toEqual(["bruno: text 1", "anna: as it is now"]);
    expect(told(page).slice(2)).toEqual(["joined 1", "message 2", "edit 3", "joined 3"]);
  });
});

describe("somebody new", () => {
  it("is shown the last few messages and what happened since the first of them", async () => {
    const { server, page } = await inChat([said(1), said(2), edit(3), said(4), react(5), edit(6)]);
    await until(() => told(page).includes("edit 6"));
    expect(told(page)).toEqual(["joined 1", "message 2", "edit 3", "message 4", "react 5", "edit 6"]);
    expect(asked(server, "history")).toMatchObject([{ after: 1 }, { after: 4 }]);
  });
});

describe("a server from before messages could change", () => {
  const untyped = (seq: number): Json => ({ ...said(seq), type: undefined });

  it("is said to lack that, and its history is asked for as it knows it", async () => {
    const log = [untyped(1)];
    const { server, page } = await inChat(log, ["history", "rooms", "search"]);
    expect(page.connection).toMatchObject({ upstream: { lacks: ["memory", "accounts"] } });
    log.push(...[2, 3, 4, 5].map(untyped));
    server.connections[0]?.cut();
    await until(() => page.messages.length === 5);
    expect(page.messages).toEqual([1, 2, 3, 4, 5].map((seq) => inLobby(said(seq))));
    expect(asked(server, "history", 1)).toEqual([
      { type: "history", room: "lobby", after: 1, limit: 200, label: "3" },
      { type: "history", room: "lobby", after: 4, limit: 200, label: "4" },
    ]);
  });
});
