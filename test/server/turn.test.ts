/** What becomes of a turn at a log that fails. */
import { expect, test } from "vitest";
import { People } from "../../server/chat/people.ts";
import type { MessageLog } from "../../server/chat/ports.ts";
import { Turn } from "../../server/chat/turn.ts";

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
