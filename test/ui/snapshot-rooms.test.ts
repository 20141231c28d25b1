/** What a returning page makes of the rooms in its snapshot. */
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../protocol/bridge-events.ts";
import { reduce } from "../../ui/store/model/reduce.ts";
import { everyone, initialState, type PageState, roomOf } from "../../ui/store/model/state.ts";
import { joined, joinedRoom, message, numbered, waiting } from "./story.ts";

const time = "2026-01-01T00:00:00.000Z";
const snapshot: Snapshot = {
  epoch: "e",
  server: "127.0.0.1:8080",
  name: "anna",
  connection: { phase: "online", upstream: { kind: "salotto", description: "test", lacks: [] } },
  // The events before were dropped, and with them who was there.
  events: [{ n: 1_501, event: { type: "member-joined", room: "lobby", name: "carla", count: 3, time } }],
  rooms: [
    { room: "lobby", members: [{ name: "anna" }, { name: "bruno" }, { name: "carla" }], seq: 7 },
    { room: "dev", members: [{ name: "anna" }], topic: "code", seq: 2 },
  ],
};

it("the people and topics of a snapshot's rooms are the truth, whatever events are left", () => {
  const state = reduce(initialState("anna"), { type: "snapshot", snapshot, nowMs: 0 });
  expect(everyone(state)).toEqual(["anna", "bruno", "carla"]);
  expect(roomOf(state, "dev")).toMatchObject({ members: ["anna"], topic: "code" });
});

describe("a room that is not in the snapshot", () => {
  const take = (state: PageState, told: Snapshot) => reduce(state, { type: "snapshot", snapshot: told, nowMs: 0 });
  const rooms = (state: PageState) => [...state.rooms.keys()];
  const left = { type: "member-left", room: "dev", name: "anna", count: 0, reason: "left", time } as const;
  const renamed = { type: "member-renamed", room: "lobby", from: "anna", to: "anita", time } as const;
  const [inLobby] = snapshot.rooms ?? [];
  const lobbyOnly: Snapshot = { ...snapshot, events: [], rooms: inLobby ? [inLobby] : [] };
  const inDev = [joined(0, "anna"), joinedRoom("dev", 0, "anna")];

  it("was left under another name", () => {
    const events = numbered(1, ...inDev, left, renamed);
    expect(rooms(take(initialState("anita"), { ...lobbyOnly, name: "anita", events }))).toEqual(["lobby"]);
  });

  it("was left in another window, while more happened than is kept", () => {
    const before = take(initialState("anna"), { ...snapshot, events: numbered(1, ...inDev) });
    const showing = reduce(before, { type: "open-room", room: "dev" });
    const back = take(showing, { ...lobbyOnly, events: [{ n: 5_000, event: message(9) }] });
    expect(rooms(back)).toEqual(["lobby"]);
    expect(back.current).toBe("lobby");
  });

  it("stays when the page is about to go back to it: after a reload, or to a bridge that has restarted", () => {
    const kept = { current: "dev", rooms: [{ name: "dev", readSeq: 2 }] };
    expect(rooms(take(initialState("anna", kept), lobbyOnly))).toEqual(["lobby", "dev"]);
    const before = take(initialState("anna"), { ...snapshot, events: numbered(1, ...inDev) });
    expect(rooms(take(before, { ...lobbyOnly, epoch: "another" }))).toEqual(["lobby", "dev"]);
    expect(rooms(take(before, { ...lobbyOnly, epoch: "another", connection: waiting, rooms: [] }))).toEqual([
      "lobby",
      "dev",
    ]);
  });

  it("stays when it is a private conversation, which nobody joins", () => {
    const events = numbered(1, ...inDev, message(1, { room: "@bruno" }));
    expect(rooms(take(initialState("anna"), { ...snapshot, events }))).toEqual(["lobby", "dev", "@bruno"]);
  });
});
