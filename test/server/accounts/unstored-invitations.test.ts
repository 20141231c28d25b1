/** Invitations where nothing can be stored for a while: what acts all the same, and what is made up for. */
import { expect, test } from "vitest";
import { Invitations } from "../../../server/chat/invitations.ts";
import type { Note } from "../../../server/chat/ports.ts";
import { Turn } from "../../../server/chat/turn.ts";

const wanted = { maker: "", by: "server", uses: 2, until: "2026-11-28T10:00:00.000Z" };

/** Invitations with a disk that is full or not. */
function open() {
  const disk = { isFull: false, notes: [] as Note[] };
  const turn = new Turn(() => {});
  turn.note = (note, then) => {
    if (!disk.isFull) disk.notes.push(note);
    then({ ok: !disk.isFull });
  };
  const invitations = new Invitations([], {
    limits: { invitationsMax: 10, invitationsOfMakerMax: 10 },
    turn: () => turn,
    time: () => "2026-11-21T10:00:00.000Z",
  });
  return { disk, invitations };
}

test("what could not be made is not there", () => {
  const { disk, invitations } = open();
  disk.isFull = true;
  const stored: boolean[] = [];
  const made = invitations.make(wanted, (isStored) => stored.push(isStored));
  expect(stored).toEqual([false]);
  expect(invitations.find(made?.code ?? "")).toBeUndefined();
  expect(invitations.open).toEqual([]);
});

test("uses count and what is dropped stays out at once, and both are stored as soon as that is possible", () => {
  const { disk, invitations } = open();
  const [used, dropped] = [invitations.make(wanted, () => {}), invitations.make(wanted, () => {})];
  const [usedId = "", droppedId = ""] = [used?.invitation.id, dropped?.invitation.id];
  disk.isFull = true;
  disk.notes = [];
  invitations.use(usedId);
  expect(invitations.drop(droppedId, () => {})).toBe(true);
  expect(invitations.open).toMatchObject([{ id: usedId, uses: 1 }]);
  expect(invitations.find(dropped?.code ?? "")).toBeUndefined();
  invitations.maintain();
  expect(disk.notes).toEqual([]);
  disk.isFull = false;
  invitations.maintain();
  expect(disk.notes).toEqual([
    { type: "invitation", id: usedId, invitation: { ...used?.invitation, uses: 1 } },
    { type: "invitation", id: droppedId },
  ]);
  invitations.maintain();
  expect(disk.notes).toHaveLength(2);
});
