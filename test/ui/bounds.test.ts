/** What the page keeps is bounded, whatever a server tells: rooms, people, entries. */

import { expect, test } from "vitest";
import type { KeptEvent } from "../../protocol/bridge-events.ts";
import { Entries } from "../../ui/store/model/entries.ts";
import type { MessageEntry } from "../../ui/store/model/entry.ts";
import { addEvent } from "../../ui/store/model/events.ts";
import { reduce } from "../../ui/store/model/reduce.ts";
import { type Span, spansMax, withSpan } from "../../ui/store/model/seq-ranges.ts";
import {
  entriesOfAllMax,
  initialState,
  membersMax,
  newRoom,
  type PageState,
  type RoomState,
  roomOf,
  roomsMax,
} from "../../ui/store/model/state.ts";
import { nobody } from "../../ui/store/text/mentions.ts";
import { at, joined, joinedRoom, message, salotto } from "./story.ts";

const fresh: PageState = { ...initialState("anna"), epoch: "epoch-1", upstream: salotto };

function told(count: number, event: (n: number) => KeptEvent, from = fresh): PageState {
  let state = from;
  for (let n = 1; n <= count; n++) state = addEvent(state, { n: state.lastN + 1, event: event(n) });
  return state;
}

const line = (n: number) => ({ room: "lobby", count: n, time: at(0) });

test.each<[endless: string, event: (n: number) => KeptEvent]>([
  ["rooms", (n) => joinedRoom(`room${n}`, 0, "anna")],
  ["rooms that something is said in", (n) => message(1, { room: `room${n}` })],
  ["private conversations", (n) => message(1, { room: `@p${n}` })],
  ["topics of rooms", (n) => ({ type: "topic", room: `room${n}`, topic: "t", from: "b", time: at(0) })],
  ["people in rooms", (n) => ({ type: "member-joined", room: `room${n}`, name: "b", count: 1, time: at(0) })],
])("of endless %s so many are kept, and the lobby goes on", (_endless, event) => {
  const state = told(roomsMax + 50, event);
  expect(state.rooms.size).toBe(roomsMax);
  expect(
    roomOf(
      told(1, () => message(1), state),
      "lobby",
    ).entries.length,
  ).toBe(1);
});

test("of endless people so many are kept, also of those who look away", () => {
  const crowd = Array.from({ length: membersMax + 50 }, (_, n) => `p${n}`);
  const full = told(1, () => joined(0, ...crowd));
  const joinedToo = told(5, (n) => ({ type: "member-joined", name: `q${n}`, ...line(n) }), full);
  expect(roomOf(joinedToo, "lobby").members).toHaveLength(membersMax);
  const away = told(membersMax + 5, (n) => ({
    type: "member-away",
    room: "lobby",
    name: `q${n}`,
    away: true,
    time: at(0),
  }));
  expect(away.idle.size).toBe(membersMax);
});

/** A room that already has that many messages. */
function roomOfMany(name: string, count: number): RoomState {
  const entries = Array.from({ length: count }, (_, index): MessageEntry => {
    const told = message(index + 1, { room: name });
    const about = { own: false, unconfirmed: false, away: false, meant: nobody, former: false };
    return { kind: "message", key: told.msgid, message: told, ...about };
  });
  return { ...newRoom(name), entered: true, entries: Entries.of(entries), known: [{ from: 1, to: count }] };
}

test("of all entries so many are kept: the room that has most loses its oldest", () => {
  const rooms = new Map(fresh.rooms);
  for (const [name, count] of [
    ["a", 60_000],
    ["b", 80_000],
    ["c", 60_000],
  ] as const) {
    rooms.set(name, roomOfMany(name, count));
  }
  expect([...rooms.values()].reduce((sum, { entries }) => sum + entries.length, 0)).toBe(entriesOfAllMax);
  const next = told(1, () => message(1), { ...fresh, rooms });
  expect(["a", "b", "c", "lobby"].map((room) => roomOf(next, room).entries.length)).toEqual([
    60_000, 60_000, 60_000, 1,
  ]);
  expect(roomOf(next, "b").entries.firstMessage?.message.seq).toBe(20_001);
  expect(roomOf(next, "b").known).toEqual([{ from: 20_001, to: 80_000 }]);
});

test("of the gaps that nobody can fill so many are kept", () => {
  let state = fresh;
  for (let n = 1; n <= spansMax + 5; n++) {
    state = reduce(state, { type: "past", room: "lobby", asked: { after: 3 * n }, entries: [], more: false });
  }
  expect(roomOf(state, "lobby").lostAfter).toHaveLength(spansMax);
});

test("of the numbers of a room with ever more holes, so many ranges are kept, the last ones", () => {
  const odd = Array.from({ length: spansMax + 10 }, (_, index) => 2 * index + 1);
  const known = odd.reduce<readonly Span[]>((spans, seq) => withSpan(spans, { from: seq, to: seq }), []);
  expect(known).toHaveLength(spansMax);
  expect(known[0]).toEqual({ from: 21, to: 21 });
});
