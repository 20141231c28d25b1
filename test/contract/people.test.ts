/** What every message log promises to remember of people, asked of each implementation. */
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
  test("what people have read, and never less than before", () => {
    const log = open();
    log.append([draft("a"), draft("b", { conversation: between("anna", "bruno") })]);
    log.note([known("anna"), read("anna", "lobby", 5), read("anna", "lobby", 3), read("anna", "nowhere", 1)]);
    const upTo = (name: string, conversation: string) => log.readUpTo(personCalled(name), conversation);
    expect(upTo("anna", "lobby")).toBe(5);
    expect(upTo("anna", between("anna", "bruno"))).toBeUndefined();
    expect(upTo("anna", "nowhere")).toBeUndefined();
    expect(upTo("bruno", "lobby")).toBeUndefined();
  });

  test("with whom they talked, the newest first", () => {
    const log = open();
    log.note([known("anna")]);
    for (const other of ["bruno", "carla", "dora"]) say(log, other, { conversation: between("anna", other) });
    say(log, "x", { conversation: between("bruno", "carla") });
    say(log, "y", { conversation: between("anna", "bruno") });
    log.note([read("anna", between("anna", "carla"), 1)]);
    const anna = personCalled("anna");
    expect(log.conversations(anna, 10)).toEqual([
      { conversation: between("anna", "bruno"), seq: 2, read: 0 },
      { conversation: between("anna", "dora"), seq: 1, read: 0 },
      { conversation: between("anna", "carla"), seq: 1, read: 1 },
    ]);
    expect(log.conversations(anna, 1)).toHaveLength(1);
    expect(log.conversations("an", 10)).toEqual([]);
  });

  test("nothing that somebody has read who is forgotten", () => {
    const log = open();
    say(log, "a");
    log.note([known("anna"), read("anna", "lobby", 1), { type: "forgotten", person: personCalled("anna") }]);
    expect(log.readUpTo(personCalled("anna"), "lobby")).toBeUndefined();
  });
});

describe("a log in SQLite remembers", () => {
  test("who they are, and all names that lead to them", () => {
    const log = openInFolder();
    const names = ["anna", "Annina"].map((spelled) => ({ spelled, isUsed: spelled === "anna" }));
    log.note([person("anna", names.slice(0, 1))]);
    log.note([person("Annina", names)]);
    log.note([{ ...known("bruno"), tookPart: true, names: [] } as PeopleNote]);
    expect(log.people()).toMatchObject([
      { id: personCalled("anna"), name: "Annina", tookPart: false, names },
      { id: personCalled("bruno"), name: "bruno", tookPart: true, names: [] },
    ]);
  });

  test("a name as that of whoever had it last", () => {
    const log = openInFolder();
    const names = [{ spelled: "Zoe", isUsed: true }];
    log.note([person("anna", names), { ...known("bruno"), names } as PeopleNote]);
    expect(log.people().map((each) => each.names.length)).toEqual([0, 1]);
  });

  test("nobody who is forgotten", () => {
    const log = openInFolder();
    log.note([person("anna", [{ spelled: "anna", isUsed: true }]), known("bruno")]);
    log.note([{ type: "forgotten", person: personCalled("anna") }]);
    expect(log.people().map(({ name }) => name)).toEqual(["bruno"]);
  });
});
