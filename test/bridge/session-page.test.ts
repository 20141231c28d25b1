/** A session on its own: what its pages are told as they connect and leave. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../../protocol/events.ts";
import { inChat, info, limits, notice, openSession, taken } from "./session-rig.ts";

describe("a page", () => {
  it("that comes gets everything there is to show", () => {
    const { page, attach, chat } = inChat();
    chat.connection.event(notice("a"));
    const [first] = page.snapshots;
    expect(first).toMatchObject({ server: "h:1", connection: { phase: "idle" }, events: [] });
    expect(first).not.toHaveProperty("name");
    expect(attach().snapshots[0]).toEqual({
      epoch: first?.epoch,
      server: "h:1",
      name: "anna",
      connection: { phase: "online", upstream: info },
      events: [{ n: 1, event: notice("a") }],
      rooms: [],
    });
  });

  it("that comes back gets what it missed, in the same life of the session only", () => {
    const { page, attach, chat } = inChat();
    for (const text of ["a", "b", "c"]) chat.connection.event(notice(text));
    const epoch = page.snapshots[0]?.epoch ?? "";
    const missed = (handshake: { epoch?: string; after: number }) =>
      attach(handshake).snapshots[0]?.events.map(({ n }) => n);
    expect(missed({ epoch, after: 2 })).toEqual([3]);
    expect(missed({ epoch, after: 3 })).toEqual([]);
    expect(missed({ epoch: randomUUID(), after: 2 })).toEqual([1, 2, 3]);
    chat.connection.event(notice("d"));
    expect(missed({ epoch, after: 0 })).toEqual([2, 3, 4]);
  });

  it("that comes after more events than are kept is told who is where all the same", () => {
    const { session, attach, chat } = openSession();
    const time = "2026-01-01T00:00:00.000Z";
    const told = (event: RoomEvent) => chat.connection.event(event);
    session.join("anna");
    chat.connection.online(info, "anna");
    const members = [{ name: "anna" }, { name: "bruno" }];
    told({ type: "joined", room: "lobby", members, topic: "", seq: 4 });
    told({ type: "joined", room: "dev", members, topic: "code", seq: 0 });
    told({ type: "member-joined", room: "lobby", name: "carla", count: 3, time });
    told({ type: "member-left", room: "dev", name: "bruno", count: 1, time, reason: "left" });
    told({ type: "topic", room: "dev", topic: "tests", from: "anna", time });
    told({ type: "member-renamed", room: "lobby", from: "bruno", to: "bea", time });
    told({ type: "message", room: "lobby", msgid: "m", seq: 5, time, from: "bea", text: "ciao" });
    expect(attach().snapshots[0]?.rooms).toEqual([
      { room: "lobby", members: [{ name: "anna" }, { name: "carla" }, { name: "bea" }], topic: "", seq: 5 },
      { room: "dev", members: [{ name: "anna" }], topic: "tests", seq: 0 },
    ]);
    told({ type: "member-away", room: "lobby", name: "bea", away: true, time });
    told({ type: "member-renamed", room: "lobby", from: "bea", to: "bice", time });
    expect(attach().snapshots[0]?.rooms?.[0]?.members).toEqual([
      { name: "anna" },
      { name: "carla" },
      { name: "bice", away: true },
    ]);
    told({ type: "member-left", room: "dev", name: "anna", count: 0, time, reason: "left" });
    told({ type: "member-left", room: "lobby", name: "carla", count: 2, time, reason: "closed" });
    expect(attach().snapshots[0]?.rooms).toEqual([
      { room: "lobby", members: [{ name: "anna" }, { name: "bice", away: true }], topic: "", seq: 5 },
    ]);
    chat.connection.closed({ kind: "ended", message: "closing" });
    expect(attach().snapshots[0]?.rooms).toEqual([]);
  });

  it("that comes after more events than are kept is told how far a room was read, and changed, all the same", () => {
    const { session, attach, chat } = openSession();
    const time = "2026-01-01T00:00:00.000Z";
    const change = { room: "lobby", msgid: "m", time, from: "bruno" };
    const lobby = () => attach().snapshots[0]?.rooms?.[0];
    session.join("anna");
    chat.connection.online(info, "anna");
    chat.connection.event({ type: "joined", room: "lobby", members: [{ name: "anna" }], seq: 4, read: 3 });
    expect(lobby()).toMatchObject({ seq: 4, read: 3 });
    chat.connection.event({ type: "edit", ...change, seq: 5, text: "better" });
    chat.connection.event({ type: "read", room: "lobby", seq: 5 });
    expect(lobby()).toMatchObject({ seq: 5, read: 5 });
    chat.connection.event({ type: "react", ...change, seq: 6, emoji: "👍", on: true, count: 0, names: [] });
    expect(lobby()).toMatchObject({ seq: 6, read: 5 });
    chat.connection.event({ type: "delete", ...change, seq: 7 });
    chat.connection.event({ type: "read", room: "a room that nobody is in", seq: 9 });
    expect(lobby()).toMatchObject({ seq: 7, read: 5 });
  });

  it("that is not the only one is told everything, as the others are", () => {
    const { session, page, attach, chat } = openSession();
    const second = attach();
    session.join("anna");
    chat.connection.online(info, "anna");
    const third = attach();
    const read = { type: "read", room: "lobby", seq: 3 } as const;
    chat.connection.event(read);
    chat.connection.renamed("carla", true);
    for (const each of [page, second, third]) expect(each.events).toEqual([{ n: 1, event: read }]);
    expect([page.names, second.names, third.names]).toEqual([["anna", "carla"], ["anna", "carla"], ["carla"]]);
    session.quit();
    chat.connection.closed({ kind: "quit" });
    for (const each of [page, second, third]) expect(each.connections.at(-1)).toEqual({ phase: "idle" });
  });

  it("is told who is writing at that moment, and no page that comes later", () => {
    const { session, page, attach, chat } = openSession();
    const typing = { type: "typing", room: "lobby", from: "bruno" } as const;
    const second = attach();
    session.join("anna");
    chat.connection.online(info, "anna");
    chat.connection.event(typing);
    chat.connection.event(notice("a"));
    expect([page.typings, second.typings]).toEqual([[typing], [typing]]);
    expect(page.events).toEqual([{ n: 1, event: notice("a") }]);
    const late = attach();
    expect([late.typings, late.snapshots[0]?.events]).toEqual([[], page.events]);
  });

  it("that goes while another stays is told nothing more, and leaves the session to the other", () => {
    const { session, page, attach, chat, clock } = openSession();
    const second = attach();
    session.join("anna");
    chat.connection.online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    chat.connection.event(notice("a"));
    expect([page.events, second.events]).toEqual([[], [{ n: 1, event: notice("a") }]]);
    expect(chat.goodbyes).toBe(0);
    session.detach(second);
    clock.advance(limits.pageGraceMs);
    expect(chat.goodbyes).toBe(1);
  });

  it("that comes back within the grace time finds the session going on", () => {
    const { session, page, attach, chat, clock } = inChat();
    session.detach(page);
    clock.advance(limits.pageGraceMs - 1);
    chat.connection.event(notice("a"));
    const back = attach();
    clock.advance(limits.pageGraceMs);
    expect(chat.goodbyes).toBe(0);
    expect(back.snapshots[0]?.events).toHaveLength(1);
  });

  it("that stays away longer leaves the chat, and the session is over", () => {
    const { session, page, chat, clock, over } = inChat();
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    expect(chat.goodbyes).toBe(1);
    expect(over).not.toHaveBeenCalled();
    chat.connection.closed({ kind: "quit" });
    expect(over).toHaveBeenCalledOnce();
  });

  it("that comes back while the session leaves for lack of one is in the chat again as soon as that is done", () => {
    const { session, page, attach, chat, clock, over } = inChat();
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    const back = attach();
    chat.connection.closed({ kind: "quit" });
    chat.connection.online(info, "anna");
    expect(chat.logins).toEqual(["anna", "anna"]);
    expect(back.connections.map(({ phase }) => phase)).toEqual(["connecting", "online"]);
    expect(over).not.toHaveBeenCalled();
  });

  it("that comes back so and quits then is out", () => {
    const { session, page, attach, chat, clock } = inChat();
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    const back = attach();
    session.quit();
    chat.connection.closed({ kind: "quit" });
    expect(chat.logins).toEqual(["anna"]);
    expect(back.connections.at(-1)?.phase).toBe("idle");
  });

  it("that leaves nobody behind leaves nothing to be done later either", () => {
    const { session, page, chat, clock } = inChat();
    session.attend(page, false);
    session.detach(page);
    chat.connection.closed({ kind: "ended", message: "closing" });
    expect(clock.isWaiting).toBe(false);
  });

  it("that goes without being in the chat takes the session with it", () => {
    const { session, page, over } = openSession();
    session.detach(page);
    expect(over).toHaveBeenCalledOnce();
  });

  it("whose connection to the chat ends while it is away takes the session with it", () => {
    const { session, page, chat, clock, over } = openSession();
    session.join("anna");
    session.detach(page);
    chat.connection.closed({ kind: "refused", refusal: taken });
    expect(over).toHaveBeenCalledOnce();
    clock.advance(limits.pageGraceMs);
    expect(chat.goodbyes).toBe(0);
  });
});
