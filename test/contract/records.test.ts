/** What every message log guarantees about records, removed rooms and closed ones, tested on each implementation. */
import { describe, expect, test } from "vitest";
import type { Note } from "../../server/chat/ports.ts";
import { between, by, draft, implementations, personCalled, say, search } from "./logs.ts";

const record = (id: string, value?: unknown, scope = "dev"): Note => ({
  type: "record",
  kind: "ban",
  scope,
  id,
  ...(value === undefined ? {} : { value: JSON.stringify(value) }),
});

describe.each(implementations)("a log %s", (_name, open) => {
  test("keeps records by kind, scope and id, the last value of each, until they are forgotten", async () => {
    const log = open();
    await log.note([record("1", "a"), record("2", "b"), record("1", "c", "lobby"), record("1", "d")]);
    await log.note([record("2"), record("3")]);
    const records = [...(await log.log.records())].sort((a, b) => a.scope.localeCompare(b.scope));
    expect(records).toEqual([
      { kind: "ban", scope: "dev", id: "1", value: '"d"' },
      { kind: "ban", scope: "lobby", id: "1", value: '"c"' },
    ]);
  });

  test("removes a room with its messages, changes, topic and read marks, and never uses its numbers again", async () => {
    const log = open();
    const conversation = "dev";
    const msgid = await say(log, "a", { conversation, text: "secret" });
    await say(log, "b", { conversation });
    await say(log, "c", { text: "secret, too" });
    await log.append([{ type: "edit", conversation, id: "e", msgid, text: "secret!", ...by("anna") }]);
    const anna = personCalled("anna");
    await log.note([
      { type: "person", person: anna, name: "anna", seen: "2026-11-21T10:00:00.000Z", tookPart: true, names: [] },
      { type: "topic", room: conversation, topic: "secrets" },
      { type: "read", person: anna, conversation, seq: 2 },
    ]);
    expect(await log.note([{ type: "room-removed", room: conversation }])).toBe(true);
    expect(await log.entries(conversation, { limit: 10 })).toEqual([]);
    expect(await log.log.find(msgid)).toSatisfy((found) => found === undefined || found.conversation !== conversation);
    expect(await log.log.readUpTo(anna, conversation)).toBeUndefined();
    expect((await search(log, { words: ["secret"] })).map(({ conversation: room }) => room)).toEqual(["lobby"]);
    expect(await log.log.conversations(anna, 10)).toEqual([]);
    const rooms = await log.log.rooms();
    expect(rooms.filter(({ topic }) => topic !== "")).toEqual([]);
    expect(rooms.map(({ name }) => name).filter((name) => name.startsWith("@"))).toEqual([]);
    expect(await log.log.lastSeq(conversation)).toBe(3);
    const [appended] = await log.append([draft("new", { conversation })]);
    expect(appended).toMatchObject({ ok: true, entry: { seq: 4 } });
    expect(await log.note([{ type: "room-removed", room: "nowhere" }])).toBe(true);
  });

  test("searches no closed room", async () => {
    const log = open();
    await say(log, "a", { conversation: "dev", text: "tea" });
    await say(log, "b", { text: "tea" });
    await say(log, "c", { conversation: between("anna", "bruno"), text: "tea" });
    const found = async (closedRooms: readonly string[]) => {
      const wanted = { query: { words: ["tea"] }, person: personCalled("anna"), closedRooms, skip: 0, limit: 10 };
      return (await log.log.search(wanted)).messages.map(({ conversation }) => conversation).sort();
    };
    expect(await found(["dev"])).toEqual([between("anna", "bruno"), "lobby"]);
    expect(await found(["dev", "lobby"])).toEqual([between("anna", "bruno")]);
  });

  test("tells who deleted the message of somebody else, and lets nobody do so without that right", async () => {
    const log = open();
    const [one, other] = [await say(log, "a"), await say(log, "b")];
    const remove = (msgid: string, name: string, isModerated: boolean) =>
      log.append([{ type: "delete", conversation: "lobby", id: crypto.randomUUID(), msgid, isModerated, ...by(name) }]);
    expect(await remove(one, "carla", false)).toEqual([{ ok: false, code: "not-yours" }]);
    expect(await remove(one, "carla", true)).toMatchObject([{ entry: { from: "carla", by: "carla" } }]);
    await remove(other, "anna", true);
    const entries = await log.entries("lobby", { limit: 10 });
    expect(entries.filter(({ type }) => type === "delete")).toEqual([
      expect.objectContaining({ msgid: one, by: "carla" }),
      expect.not.objectContaining({ by: expect.anything() }),
    ]);
  });
});
