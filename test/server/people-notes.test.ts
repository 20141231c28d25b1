/** What the log is told of people, and what becomes of it when it could not be kept. */
import { expect, test } from "vitest";
import { People } from "../../server/chat/people.ts";

const time = "2026-11-21T10:00:00.000Z";
const open = () => new People({ peopleMax: 10, namesPerPersonMax: 5, isHere: () => false });

test("somebody who is forgotten is told as that only, whatever else changed", () => {
  const people = open();
  const anna = people.meet("anna", time);
  people.forget(anna);
  expect(people.takeNotes()).toEqual([{ type: "forgotten", person: anna.id }]);
});

test("notes that could not be kept are told again with the next ones, also of those who were forgotten", () => {
  const people = open();
  const [anna, bruno] = [people.meet("anna", time), people.meet("bruno", time)];
  people.takeNotes();
  people.takePart(bruno);
  people.forget(anna);
  const notes = people.takeNotes();
  expect(notes).toMatchObject([
    { type: "person", person: bruno.id, tookPart: true },
    { type: "forgotten", person: anna.id },
  ]);
  expect(people.takeNotes()).toEqual([]);
  people.giveBack(notes);
  expect(people.takeNotes()).toEqual(notes);
});
