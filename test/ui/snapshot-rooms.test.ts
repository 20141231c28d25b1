/** What a page that comes back makes of the rooms in its snapshot. */
import { expect, it } from "vitest";
import type { Snapshot } from "../../protocol/bridge-events.ts";
import { reduce } from "../../ui/store/reduce.ts";
import { everyone, initialState, roomOf } from "../../ui/store/state.ts";

const time = "2026-01-01T00:00:00.000Z";
const snapshot: Snapshot = {
  epoch: "e",
  server: "s:1",
  name: "anna",
  link: { phase: "online", upstream: { kind: "salotto", description: "test", lacks: [] } },
  // Those before were dropped, and who was there with them.
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
