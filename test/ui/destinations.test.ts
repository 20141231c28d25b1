import { describe, expect, test } from "vitest";
import { destinationsFor, destinationsMax } from "../../ui/store/selectors/destinations.ts";
import { neighbour } from "../../ui/store/selectors/room-order.ts";
import { openStore } from "./memory-bridge-client.ts";
import { joined, joinedRoom, message, numbered, onlineLegacy, snapshot } from "./story.ts";

function inRooms(...events: Parameters<typeof numbered>[1][]) {
  const { store, client } = openStore();
  const rooms = ["zoo", "dev", "tea"].map((room) => joinedRoom(room, 0, "anna", "bruno"));
  const story = [joined(0, "anna", "bruno", "Chiara De Luca", "Zoë"), ...rooms, ...events];
  client.bridge.snapshot(snapshot({ events: numbered(1, ...story) }));
  return store;
}
const found = (store: ReturnType<typeof inRooms>, typed = "", listed: string[] = []) =>
  destinationsFor(store.state, typed, listed, "en").map(({ kind, room }) => `${kind} ${room}`);

describe("the destinations to go", () => {
  test("are the rooms, then the people; where one is asked for first, then what is unread, where one is last", () => {
    const store = inRooms(message(1, { room: "tea" }), message(1, { room: "zoo", text: "anna?" }));
    expect(found(store)).toEqual([
      "open zoo",
      "open tea",
      "open dev",
      "person @bruno",
      "person @Chiara De Luca",
      "person @Zoë",
      "open lobby",
    ]);
  });

  test.each([
    ["e", ["open dev", "open tea", "person @Chiara De Luca", "person @Zoë", "create e"]],
    ["zo", ["open zoo", "person @Zoë", "create zo"]],
    ["oe", ["person @Zoë", "create oe"]],
    ["luca chi", ["person @Chiara De Luca"]],
    ["@BRU", ["person @bruno"]],
    ["#dev", ["open dev"]],
    ["??", []],
  ])("hold %j", (typed, expected) => {
    expect(found(inRooms(), typed)).toEqual(expected);
  });

  test("are found by what they are compared as, like words of messages", () => {
    expect(found(inRooms(), "strasse", ["straße"])).toEqual(["join straße", "create strasse"]);
  });

  test("begin with those whose names do", () => {
    expect(found(inRooms(), "l", ["pool"])).toEqual(["open lobby", "person @Chiara De Luca", "join pool", "create l"]);
  });

  test("name nobody twice with whom there is a conversation", () => {
    expect(found(inRooms(message(1, { room: "@bruno" })), "bru")).toEqual(["open @bruno", "create bru"]);
  });

  test("of others are joined, not created", () => {
    expect(found(inRooms(), "garden", ["garden", "dev"])).toEqual(["join garden"]);
  });

  test("are few on an old server, and never too many", () => {
    const { store, client } = openStore();
    client.bridge.snapshot(snapshot({ connection: onlineLegacy, events: numbered(1, joined(0, "anna", "bruno")) }));
    expect(found(store, "b")).toEqual(["open lobby"]);
    const listed = Array.from({ length: destinationsMax + 10 }, (_, index) => `room-${index}`);
    expect(found(inRooms(), "", listed)).toHaveLength(destinationsMax);
  });
});

describe("the next room", () => {
  const step = (store: ReturnType<typeof inRooms>, by: 1 | -1, unreadOnly = false) =>
    neighbour(store.state, by, unreadOnly, "en")?.name;

  test("is the one below, after the last the first; the previous the other way round", () => {
    const store = inRooms();
    expect([step(store, 1), step(store, -1)]).toEqual(["dev", "zoo"]);
    store.openRoom("zoo");
    expect([step(store, 1), step(store, -1)]).toEqual(["lobby", "tea"]);
  });

  test("with something unread passes over the others", () => {
    const store = inRooms(message(1, { room: "tea" }));
    expect([step(store, 1, true), step(store, -1, true)]).toEqual(["tea", "tea"]);
    expect(step(inRooms(), 1, true)).toBeUndefined();
  });
});
