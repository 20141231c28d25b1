/** Rooms through the bridge, against a peer that shows every command it gets. */
import { describe, expect, it, onTestFinished } from "vitest";
import type { BridgeLimits } from "../../bridge/limits.ts";
import {
  type Answer,
  allFeatures,
  friendlyAnswer,
  type Json,
  type JsonServer,
  startJsonServer,
} from "../doubles/json-server.ts";
import { bridgeTo, openPage, type TestPage, until } from "./page.ts";

const time = "2026-01-01T00:00:00.000Z";
const past = (seq: number) => ({
  type: "message",
  ...{ msgid: `m${seq}`, seq, time, from: "bruno", text: `text ${seq}` },
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => past(from + index));

/** A server with rooms, each with as many messages as `seqs` says. */
function withRooms(seqs: Record<string, number>): Answer {
  const friendly = friendlyAnswer();
  return (command, connection) => {
    const room = String(command.room ?? "").toLowerCase();
    const seq = seqs[room] ?? 0;
    switch (command.type) {
      case "hello":
        return { ...friendly(command, connection), features: allFeatures };
      case "join":
        setImmediate(() =>
          connection.send({ type: "joined", room, topic: "", members: [{ name: "anna" }], seq, recent: [] }),
        );
        return { type: "ok", room };
      case "leave":
        return { type: "ok", room };
      case "history": {
        const after = typeof command.after === "number" ? command.after : seq - 1;
        return { type: "ok", room, messages: range(after + 1, seq), more: false };
      }
      case "rooms":
        return { type: "ok", rooms: [{ room: "lobby", topic: "", count: 1 }] };
      case "topic":
        return { type: "error", code: "not-in-room", message: "you are not in that room" };
      default:
        return friendly(command, connection);
    }
  };
}

async function inChat(
  seqs: Record<string, number>,
  limits: Partial<BridgeLimits> = {},
): Promise<{ server: JsonServer; page: TestPage }> {
  const server = await startJsonServer(withRooms(seqs));
  onTestFinished(() => server.close());
  const page = await openPage(await bridgeTo({ port: server.port, limits }));
  await page.join("anna");
  await until(() => page.events.length > 0);
  return { server, page };
}

const inRoom = (page: TestPage, room: string) =>
  page.events.flatMap((event) => ("room" in event && event.room === room ? [event] : []));
const saidIn = (page: TestPage, room: string) =>
  page.messages.filter((message) => message.room === room).map(({ seq }) => seq);
const asked = (lines: readonly Json[] = []) => lines.map(({ type, room }) => [type, room].filter(Boolean).join(" "));

describe("a page that asks", () => {
  it("gets what the server answers, without the label", async () => {
    const { page } = await inChat({});
    expect(page.connection).toMatchObject({ upstream: { lacks: ["accounts"] } });
    expect(await page.ask({ type: "rooms" })).toEqual({ ok: true, rooms: [{ room: "lobby", topic: "", count: 1 }] });
    expect(await page.ask({ type: "topic", room: "dev", topic: "x" })).toEqual({
      ok: false,
      code: "not-in-room",
      message: "you are not in that room",
    });
  });

  it("gets nothing more than is there from a server that is gone", async () => {
    const { server, page } = await inChat({});
    server.answer = (_, connection) => void connection.cut();
    expect(await page.ask({ type: "rooms" })).toMatchObject({ ok: false, code: "lost" });
    await until(() => page.connection?.phase !== "online");
    expect(await page.ask({ type: "rooms" })).toMatchObject({ ok: false, code: "offline" });
  });
});

describe("questions", () => {
  it("more at once than the bound are answered busy, and the next one is asked again", async () => {
    const { server, page } = await inChat({}, { postsPendingMax: 1 });
    const rooms = server.answer;
    server.answer = () => undefined;
    const first = page.ask({ type: "rooms" });
    expect(await page.ask({ type: "rooms" })).toMatchObject({ ok: false, code: "busy" });
    server.answer = rooms;
    server.connections[0]?.send({ type: "ok", label: "3", rooms: [] });
    expect(await first).toEqual({ ok: true, rooms: [] });
    expect(await page.ask({ type: "rooms" })).toMatchObject({ ok: true });
  });
});

describe("a room", () => {
  it("is told from where the page says that it is", async () => {
    const { page } = await inChat({ dev: 5 });
    expect(await page.ask({ type: "join", room: "Dev", after: 2 })).toEqual({ ok: true, room: "dev" });
    await until(() => saidIn(page, "dev").length === 3);
    expect(inRoom(page, "dev").map((event) => ("seq" in event ? event.seq : event.type))).toEqual([2, 3, 4, 5]);
  });

  it("is entered again after a lost connection, before anything else, and has what was missed", async () => {
    const seqs: Record<string, number> = { dev: 5 };
    const { server, page } = await inChat(seqs);
    await page.ask({ type: "join", room: "dev" });
    await until(() => inRoom(page, "dev").length > 0);
    server.connections[0]?.send({ ...past(1), room: "@bruno" });
    await until(() => saidIn(page, "@bruno").length === 1);
    Object.assign(seqs, { dev: 7, "@bruno": 3 });
    server.connections[0]?.cut();
    await until(() => saidIn(page, "dev").length === 2 && saidIn(page, "@bruno").length === 3);
    expect(saidIn(page, "dev")).toEqual([6, 7]);
    expect(saidIn(page, "@bruno")).toEqual([1, 2, 3]);
    expect(asked(server.connections[1]?.received).slice(0, 4)).toEqual([
      "hello",
      "login",
      "join dev",
      "history @bruno",
    ]);
  });

  it("is entered again when the connection broke between the server's answer and the room itself", async () => {
    const { server, page } = await inChat({ dev: 5 });
    const { answer } = server;
    server.answer = (command, connection) => {
      if (command.type !== "join") return answer(command, connection);
      connection.send({ type: "ok", room: "dev", label: command.label });
      connection.end();
      server.answer = answer;
      return undefined;
    };
    expect(await page.ask({ type: "join", room: "dev" })).toEqual({ ok: true, room: "dev" });
    await until(() => inRoom(page, "dev").length > 0);
    expect(asked(server.connections[1]?.received)).toContain("join dev");
  });

  it("that was left is told as left to the page too, and not entered again", async () => {
    const { server, page } = await inChat({ dev: 5 });
    await page.ask({ type: "join", room: "dev" });
    await until(() => inRoom(page, "dev").length > 0);
    expect(await page.ask({ type: "leave", room: "dev" })).toEqual({ ok: true, room: "dev" });
    expect(inRoom(page, "dev").at(-1)).toMatchObject({ type: "member-left", name: "anna", reason: "left" });
    server.connections[0]?.cut();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    await page.ask({ type: "rooms" });
    expect(asked(server.connections[1]?.received)).not.toContain("join dev");
  });

  it("that does not take the person back is told as left", async () => {
    const { server, page } = await inChat({ dev: 5 });
    await page.ask({ type: "join", room: "dev" });
    await until(() => inRoom(page, "dev").length > 0);
    const rooms = withRooms({});
    server.answer = (command, connection) =>
      command.type === "join"
        ? { type: "error", code: "too-many-rooms", message: "too many" }
        : rooms(command, connection);
    server.connections[0]?.cut();
    await until(() => inRoom(page, "dev").some(({ type }) => type === "member-left"));
  });
});

describe("a private conversation", () => {
  it("is entered and left without the server, and has what was missed", async () => {
    const { server, page } = await inChat({ "@bruno": 3 });
    expect(await page.ask({ type: "join", room: "@bruno", after: 1 })).toEqual({ ok: true, room: "@bruno" });
    await until(() => saidIn(page, "@bruno").length === 2);
    expect(await page.ask({ type: "leave", room: "@bruno" })).toEqual({ ok: true, room: "@bruno" });
    expect(inRoom(page, "@bruno").at(-1)).toMatchObject({ type: "member-left", name: "anna" });
    expect(asked(server.connections[0]?.received)).not.toContain("join @bruno");
    expect(asked(server.connections[0]?.received)).not.toContain("leave @bruno");
  });

  it("goes on when the person takes another name and is the same", async () => {
    const { server, page } = await inChat({ "@bruno": 3 });
    const { answer } = server;
    server.answer = (command, connection) => {
      const answered = answer(command, connection);
      return command.type === "rename" ? { ...answered, same: true } : answered;
    };
    await page.ask({ type: "join", room: "@bruno", after: 1 });
    await until(() => saidIn(page, "@bruno").length === 2);
    await page.rename("annina");
    server.connections[0]?.cut();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    await page.ask({ type: "rooms" });
    expect(asked(server.connections[1]?.received)).toContain("history @bruno");
    expect(saidIn(page, "@bruno")).toEqual([2, 3]);
  });

  it("is another one when the person has become somebody else: nothing of the old one is asked for", async () => {
    const { server, page } = await inChat({ "@bruno": 3 });
    await page.ask({ type: "join", room: "@bruno", after: 1 });
    await until(() => saidIn(page, "@bruno").length === 2);
    await page.rename("annina");
    server.connections[0]?.cut();
    await until(() => page.connections.filter(({ phase }) => phase === "online").length === 2);
    await page.ask({ type: "rooms" });
    expect(asked(server.connections[1]?.received)).toEqual(["hello", "login", "rooms"]);
  });
});

it("a lobby of which the page has some already is told from there", async () => {
  const server = await startJsonServer(withRooms({}));
  onTestFinished(() => server.close());
  const friendly = server.answer;
  server.answer = (command, connection) => {
    if (command.type !== "login") return friendly(command, connection);
    const members = [{ name: "anna" }];
    setImmediate(() => connection.send({ type: "joined", room: "lobby", members, seq: 5, recent: range(4, 5) }));
    return { type: "ok", name: "anna" };
  };
  const page = await openPage(await bridgeTo({ port: server.port }));
  await page.join("anna", 4);
  await until(() => page.messages.length > 0);
  expect(saidIn(page, "lobby")).toEqual([5]);
});
