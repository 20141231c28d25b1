/** A session by itself: what its pages are told as they come and go. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../../protocol/events.ts";
import {
  attach,
  clock,
  info,
  limits,
  names,
  notice,
  over,
  page,
  quits,
  session,
  taken,
  upstream,
} from "./session-rig.ts";

describe("a page", () => {
  it("that comes gets everything there is to show", () => {
    session.join("anna");
    upstream().online(info, "anna");
    upstream().event(notice("a"));
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
    session.join("anna");
    upstream().online(info, "anna");
    for (const text of ["a", "b", "c"]) upstream().event(notice(text));
    const epoch = page.snapshots[0]?.epoch ?? "";
    const missed = (handshake: { epoch?: string; after: number }) =>
      attach(handshake).snapshots[0]?.events.map(({ n }) => n);
    expect(missed({ epoch, after: 2 })).toEqual([3]);
    expect(missed({ epoch, after: 3 })).toEqual([]);
    expect(missed({ epoch: randomUUID(), after: 2 })).toEqual([1, 2, 3]);
    upstream().event(notice("d"));
    expect(missed({ epoch, after: 0 })).toEqual([2, 3, 4]);
  });

  it("that comes after more events than are kept is told who is where all the same", () => {
    const time = "2026-01-01T00:00:00.000Z";
    const told = (event: RoomEvent) => upstream().event(event);
    session.join("anna");
    upstream().online(info, "anna");
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
    told({ type: "member-left", room: "dev", name: "anna", count: 0, time, reason: "left" });
    told({ type: "member-left", room: "lobby", name: "carla", count: 2, time, reason: "closed" });
    expect(attach().snapshots[0]?.rooms).toEqual([
      { room: "lobby", members: [{ name: "anna" }, { name: "bea" }], topic: "", seq: 5 },
    ]);
    upstream().closed({ kind: "ended", message: "closing" });
    expect(attach().snapshots[0]?.rooms).toEqual([]);
  });

  it("that comes after more events than are kept is told how far a room was read, and changed, all the same", () => {
    const time = "2026-01-01T00:00:00.000Z";
    const change = { room: "lobby", msgid: "m", time, from: "bruno" };
    const lobby = () => attach().snapshots[0]?.rooms?.[0];
    session.join("anna");
    upstream().online(info, "anna");
    upstream().event({ type: "joined", room: "lobby", members: [{ name: "anna" }], seq: 4, read: 3 });
    expect(lobby()).toMatchObject({ seq: 4, read: 3 });
    upstream().event({ type: "edit", ...change, seq: 5, text: "better" });
    upstream().event({ type: "read", room: "lobby", seq: 5 });
    expect(lobby()).toMatchObject({ seq: 5, read: 5 });
    upstream().event({ type: "react", ...change, seq: 6, emoji: "👍", on: true, count: 0, names: [] });
    expect(lobby()).toMatchObject({ seq: 6, read: 5 });
    upstream().event({ type: "delete", ...change, seq: 7 });
    upstream().event({ type: "read", room: "a room that nobody is in", seq: 9 });
    expect(lobby()).toMatchObject({ seq: 7, read: 5 });
  });

  it("that is not the only one is told everything, as the others are", () => {
    const second = attach();
    session.join("anna");
    upstream().online(info, "anna");
    const third = attach();
    const read = { type: "read", room: "lobby", seq: 3 } as const;
    upstream().event(read);
    upstream().renamed("carla");
    for (const each of [page, second, third]) expect(each.events).toEqual([{ n: 1, event: read }]);
    expect([page.names, second.names, third.names]).toEqual([["anna", "carla"], ["anna", "carla"], ["carla"]]);
    session.quit();
    upstream().closed({ kind: "quit" });
    for (const each of [page, second, third]) expect(each.connections.at(-1)).toEqual({ phase: "idle" });
  });

  it("is told who is writing at that moment, and no page that comes later", () => {
    const typing = { type: "typing", room: "lobby", from: "bruno" } as const;
    const second = attach();
    session.join("anna");
    upstream().online(info, "anna");
    upstream().event(typing);
    upstream().event(notice("a"));
    expect([page.typings, second.typings]).toEqual([[typing], [typing]]);
    expect(page.events).toEqual([{ n: 1, event: notice("a") }]);
    const late = attach();
    expect([late.typings, late.snapshots[0]?.events]).toEqual([[], page.events]);
  });

  it("that goes while another stays is told nothing more, and leaves the conversation to the other", () => {
    const second = attach();
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    upstream().event(notice("a"));
    expect([page.events, second.events]).toEqual([[], [{ n: 1, event: notice("a") }]]);
    expect(quits).toBe(0);
    session.detach(second);
    clock.advance(limits.pageGraceMs);
    expect(quits).toBe(1);
  });

  it("that comes back within the grace time finds the conversation going on", () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs - 1);
    upstream().event(notice("a"));
    const back = attach();
    clock.advance(limits.pageGraceMs);
    expect(quits).toBe(0);
    expect(back.snapshots[0]?.events).toHaveLength(1);
  });

  it("that stays away longer leaves the chat, and the session is over", () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    expect([quits, over]).toEqual([1, 0]);
    upstream().closed({ kind: "quit" });
    expect(over).toBe(1);
  });

  it("that comes back while the session leaves for lack of one is in the chat again as soon as that is done", () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    const back = attach();
    upstream().closed({ kind: "quit" });
    upstream().online(info, "anna");
    expect(names).toEqual(["anna", "anna"]);
    expect(back.connections.map(({ phase }) => phase)).toEqual(["connecting", "online"]);
    expect(over).toBe(0);
  });

  it("that comes back so and quits then is out", () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.detach(page);
    clock.advance(limits.pageGraceMs);
    const back = attach();
    session.quit();
    upstream().closed({ kind: "quit" });
    expect(names).toEqual(["anna"]);
    expect(back.connections.at(-1)?.phase).toBe("idle");
  });

  it("that goes without being in the chat takes the session with it", () => {
    session.detach(page);
    expect(over).toBe(1);
  });

  it("whose connection to the chat ends while it is away takes the session with it", () => {
    session.join("anna");
    session.detach(page);
    upstream().closed({ kind: "refused", refusal: taken });
    expect(over).toBe(1);
    clock.advance(limits.pageGraceMs);
    expect(quits).toBe(0);
  });
});
