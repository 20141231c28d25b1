/** What a turn costs, and what becomes of one at a log that is busy or fails. */

import { expect, test } from "vitest";
import { HashedPasswords } from "../../server/accounts/passwords.ts";
import { Chat } from "../../server/chat/chat.ts";
import { People } from "../../server/chat/people.ts";
import type { MessageLog } from "../../server/chat/ports.ts";
import { prices } from "../../server/chat/prices.ts";
import { Turn } from "../../server/chat/turn.ts";
import { serverLimits } from "../../server/limits.ts";
import { MemoryStore } from "../../server/store/memory-store.ts";

const time = "2026-11-21T10:00:00.000Z";
const error = new Error("the disk is full");

/** Runs a turn at a log that can do nothing. */
async function run(turn: Turn, people: People) {
  const reported: string[] = [];
  const log: Pick<MessageLog, "commit" | "lastSeq"> = {
    commit: () => Promise.reject(error),
    lastSeq: () => Promise.reject(error),
  };
  await turn.run(log as MessageLog, people, time, {
    failed: (what) => reported.push(`failed: ${what}`),
    unreadable: (what) => reported.push(`unreadable: ${what}`),
  });
  return reported;
}

const open = () => new People({ peopleMax: 10, namesPerPersonMax: 5, isHere: () => false });

test("what was not kept of people is told to the log with the next turn", async () => {
  const people = open();
  people.meet("anna", time);
  const turn = new Turn(() => {});
  const told: string[] = [];
  turn.note({ type: "topic", room: "dev", topic: "tea" }, ({ ok }) => told.push(`topic: ${ok}`));
  expect(await run(turn, people)).toEqual([`failed: ${error}`]);
  expect(told).toEqual(["topic: false"]);
  expect(people.takeNotes()).toMatchObject([{ type: "person", name: "anna" }]);
});

test("what cannot be read is reported, and whoever asked is told, in order", async () => {
  const turn = new Turn(() => {});
  const told: string[] = [];
  turn.add(() => told.push("before"));
  turn.read(
    1,
    (log) => log.lastSeq("dev"),
    (read) => told.push(`read: ${read}`),
  );
  turn.add(() => told.push("after"));
  expect(await run(turn, open())).toEqual([`unreadable: ${error}`]);
  expect(told).toEqual(["before", "read: undefined", "after"]);
});

test("what is said after a read costs a commit of its own", () => {
  const unitsOf = (isRead: boolean) => {
    const turn = new Turn(() => {});
    for (let i = 0; i < 10; i++) {
      turn.note({ type: "topic", room: "dev", topic: "tea" }, () => {});
      if (isRead)
        turn.read(
          0,
          (log) => log.lastSeq("dev"),
          () => {},
        );
    }
    return turn.units;
  };
  expect(unitsOf(true) - unitsOf(false)).toBe(9 * prices.commit);
});

test("while the log is busy, so much is gathered, and no more until everybody was told", async () => {
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const chat = new Chat({
    log: new MemoryStore({ limits: serverLimits }),
    kept: { people: [], rooms: [], records: [], invitations: [], secret: "" },
    admins: [],
    passwords: new HashedPasswords(serverLimits),
    door: { password: undefined, registeredOnly: false, invitedOnly: false, tlsRequired: false, exposed: () => {} },
    now: () => new Date(time),
    wake: () => {},
    told: () => resolve(),
    observer: {
      joined: () => {},
      left: () => {},
      renamed: () => {},
      failed: (failure) => expect.fail(String(failure)),
      unreadable: (failure) => expect.fail(String(failure)),
    },
    limits: { ...serverLimits, gatheredUnitsMax: 1 },
  });
  const ask = () => {
    for (let i = 0; i < 20; i++) chat.inTurn(() => {});
  };
  ask();
  expect(chat.isBehind).toBe(false);
  chat.flush();
  expect(chat.isBehind).toBe(false);
  ask();
  expect(chat.isBehind).toBe(true);
  await told;
  expect(chat.isBehind).toBe(false);
});
