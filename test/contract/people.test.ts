/** What every message log guarantees to remember about people, tested on each implementation. */
import { describe, expect, test } from "vitest";
import type { PeopleNote, PersonName } from "../../server/chat/ports.ts";
import { between, draft, implementations, openInFolder, personCalled, say } from "./logs.ts";

const person = (name: string, names?: PersonName[]): PeopleNote => ({
  type: "person",
  person: personCalled("anna"),
  name,
  seen: "2026-11-21T10:00:00.000Z",
  tookPart: false,
  ...(names ? { names } : {}),
});
const known = (name: string): PeopleNote => ({
  ...(person(name) as Extract<PeopleNote, { type: "person" }>),
  person: personCalled(name),
});
const read = (name: string, conversation: string, seq: number) =>
  ({ type: "read", person: personCalled(name), conversation, seq }) as const;

describe.each(implementations)("a log %s remembers", (_name, open) => {
  test("what people have read, and never less than before", async () => {
    const log = open();
    await log.append([draft("a"), draft("b", { conversation: between("anna", "bruno") })]);
    await log.note([known("anna"), read("anna", "lobby", 5), read("anna", "lobby", 3), read("anna", "nowhere", 1)]);
    const upTo = (name: string, conversation: string) => log.log.readUpTo(personCalled(name), conversation);
    expect(await upTo("anna", "lobby")).toBe(1);
    expect(await upTo("anna", between("anna", "bruno"))).toBeUndefined();
    expect(await upTo("anna", "nowhere")).toBeUndefined();
    expect(await upTo("bruno", "lobby")).toBeUndefined();
  });

  test("with whom they talked, the newest first", async () => {
    const log = open();
    await log.note([known("anna")]);
    for (const other of ["bruno", "carla", "dora"]) await say(log, other, { conversation: between("anna", other) });
    await say(log, "x", { conversation: between("bruno", "carla") });
    await say(log, "y", { conversation: between("anna", "bruno") });
    await log.note([read("anna", between("anna", "carla"), 1)]);
    const anna = personCalled("anna");
    expect(await log.log.conversations(anna, 10)).toEqual([
      { conversation: between("anna", "bruno"), seq: 2, read: 0 },
      { conversation: between("anna", "dora"), seq: 1, read: 0 },
      { conversation: between("anna", "carla"), seq: 1, read: 1 },
    ]);
    expect(await log.log.conversations(anna, 1)).toHaveLength(1);
    expect(await log.log.conversations(personCalled("an"), 10)).toEqual([]);
  });

  test("nothing that somebody has read who is forgotten", async () => {
    const log = open();
    await say(log, "a");
    await log.note([known("anna"), read("anna", "lobby", 1), { type: "forgotten", person: personCalled("anna") }]);
    expect(await log.log.readUpTo(personCalled("anna"), "lobby")).toBeUndefined();
  });
});

describe("a log in SQLite remembers", () => {
  test("who they are, and all names that lead to them", async () => {
    const log = openInFolder();
    const names = ["anna", "Annina"].map((spelled) => ({ spelled, isUsed: spelled === "anna" }));
    await log.note([person("anna", names.slice(0, 1))]);
    await log.note([person("Annina", names)]);
    await log.note([{ ...known("bruno"), tookPart: true, names: [] } as PeopleNote]);
    expect(await log.log.people()).toMatchObject([
      { id: personCalled("anna"), name: "Annina", tookPart: false, names },
      { id: personCalled("bruno"), name: "bruno", tookPart: true, names: [] },
    ]);
  });

  test("a name as that of whoever had it last", async () => {
    const log = openInFolder();
    const names = [{ spelled: "Zoe", isUsed: true }];
    await log.note([person("anna", names), { ...known("bruno"), names } as PeopleNote]);
    expect((await log.log.people()).map((each) => each.names.length)).toEqual([0, 1]);
  });

  test("nobody who is forgotten", async () => {
    const log = openInFolder();
    await log.note([person("anna", [{ spelled: "anna", isUsed: true }]), known("bruno")]);
    await log.note([{ type: "forgotten", person: personCalled("anna") }]);
    expect((await log.log.people()).map(({ name }) => name)).toEqual(["bruno"]);
  });
});
