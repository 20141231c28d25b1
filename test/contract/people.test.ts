/** What every message log promises to remember of people, asked of each implementation. */
import { describe, expect, test } from "vitest";
import type { MessageLog } from "../../server/chat/ports.ts";
import { draft, implementations, say } from "./logs.ts";

const seen = (name: string, minute = 0) =>
  ({ type: "seen", person: name.toLowerCase(), name, time: `2026-11-21T10:${10 + minute}:00.000Z` }) as const;
const read = (person: string, conversation: string, seq: number) =>
  ({ type: "read", person, conversation, seq }) as const;

describe.each(implementations)("a log %s remembers people", (_name, open) => {
  test("by the name that they had last", () => {
    const log = open();
    expect(log.nameOf("anna")).toBeUndefined();
    expect(log.note([seen("anna"), seen("Anna", 1)])).toBe(true);
    expect(log.nameOf("anna")).toBe("Anna");
  });

  test("those who were here last first", () => {
    const log = open();
    log.note([seen("anna"), seen("bruno", 1), seen("anna", 2)]);
    expect(log.people(10)).toEqual([
      { name: "anna", seen: "2026-11-21T10:12:00.000Z" },
      { name: "bruno", seen: "2026-11-21T10:11:00.000Z" },
    ]);
    expect(log.people(1)).toHaveLength(1);
  });

  test("what they have read, and never less than before", () => {
    const log = open();
    log.append([draft("a"), draft("b", { conversation: "@anna,bruno" })]);
    log.note([seen("anna"), read("anna", "lobby", 5), read("anna", "lobby", 3), read("anna", "nowhere", 1)]);
    expect(log.readUpTo("anna", "lobby")).toBe(5);
    expect(log.readUpTo("anna", "@anna,bruno")).toBeUndefined();
    expect(log.readUpTo("anna", "nowhere")).toBeUndefined();
    expect(log.readUpTo("bruno", "lobby")).toBeUndefined();
  });

  test("with whom they talked, the newest first", () => {
    const log = open();
    log.note([seen("anna")]);
    for (const other of ["bruno", "carla", "dora"]) say(log, other, { conversation: `@anna,${other}` });
    say(log, "x", { conversation: "@bruno,carla" });
    say(log, "y", { conversation: "@anna,bruno" });
    log.note([read("anna", "@anna,carla", 1)]);
    expect(log.conversations("anna", 10)).toEqual([
      { conversation: "@anna,bruno", seq: 2, read: 0 },
      { conversation: "@anna,dora", seq: 1, read: 0 },
      { conversation: "@anna,carla", seq: 1, read: 1 },
    ]);
    expect(log.conversations("anna", 1)).toHaveLength(1);
    expect(log.conversations("an", 10)).toEqual([]);
  });

  const known = (log: MessageLog, ...names: string[]) => names.filter((name) => log.nameOf(name) !== undefined);

  test("so many of them: those who were not seen for the longest are forgotten", () => {
    const log = open();
    log.note([seen("anna"), seen("bruno", 1), seen("carla", 2)]);
    log.note([seen("dora", 3)]);
    expect(known(log, "anna", "bruno", "carla", "dora")).toEqual(["bruno", "carla", "dora"]);
  });

  test("and what those have read who are forgotten, which they begin anew", () => {
    const log = open(() => new Date("2026-11-21T11:00:00Z"));
    for (const [minute, name] of ["anna", "bruno", "carla", "dora"].entries()) {
      log.note([seen(name, minute)]);
      say(log, name, { from: name });
      log.note([read(name, "lobby", 1)]);
    }
    expect(known(log, "anna", "bruno", "carla", "dora")).toEqual(["bruno", "carla", "dora"]);
    log.note([seen("anna", 8)]);
    expect(log.readUpTo("anna", "lobby")).toBeUndefined();
  });

  test.each<[what: string, takePart: (log: MessageLog) => void]>([
    ["said something", (log) => say(log, "a", { from: "anna" })],
    ["were written to", (log) => say(log, "a", { from: "zoe", to: "anna", conversation: "@anna,zoe" })],
    [
      "read something",
      (log) => {
        say(log, "a", { from: "zoe" });
        log.note([read("anna", "lobby", 1)]);
      },
    ],
  ])("and nobody who %s is forgotten for those who did nothing, however many pass by", (_what, takePart) => {
    const log = open();
    log.note([seen("anna")]);
    takePart(log);
    for (let i = 0; i < 20; i++) log.note([seen(`passer ${i}`, 10 + i)]);
    expect(log.nameOf("anna")).toBe("anna");
    expect(log.people(1)).toHaveLength(1);
    expect(log.people(2).map(({ name }) => name)).toContain("anna");
  });

  test("who speaks is remembered, whoever else is", () => {
    const log = open(() => new Date("2026-11-21T11:00:00Z"));
    log.note([seen("anna"), seen("bruno", 1), seen("carla", 2)]);
    for (const name of ["anna", "bruno", "carla", "dora"]) say(log, name, { from: name });
    expect(known(log, "bruno", "carla", "dora")).toContain("dora");
  });

  test("not a name that was given up, unless something was said under it", () => {
    const log = open();
    log.note([seen("anna"), seen("bruno", 1)]);
    say(log, "a", { from: "bruno" });
    log.note([{ type: "given-up", person: "anna" }, { type: "given-up", person: "bruno" }, seen("carla", 2)]);
    expect(known(log, "anna", "bruno", "carla")).toEqual(["bruno", "carla"]);
  });
});
