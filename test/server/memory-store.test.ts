import { expect, test } from "vitest";
import type { Draft } from "../../server/chat/ports.ts";
import { MemoryStore } from "../../server/store/memory-store.ts";

const now = () => new Date("2026-11-21T10:00:00Z");
const open = (limits: { postIdsMax?: number; conversationsMax?: number } = {}) =>
  new MemoryStore({ now, postIdsMax: 10, conversationsMax: 10, ...limits });
const draft = (id: string, changes: Partial<Draft> = {}): Draft => ({
  conversation: "lobby",
  id,
  from: "anna",
  text: "ciao",
  action: false,
  ...changes,
});

test("messages of a conversation are numbered from 1 without gaps, each conversation for itself", () => {
  const store = open();
  const appended = store.append([draft("a"), draft("b", { conversation: "other" }), draft("c")]);
  expect(appended.map((each) => each.ok && each.position.seq)).toEqual([1, 1, 2]);
  expect(store.lastSeq("lobby")).toBe(2);
  expect(store.lastSeq("nowhere")).toBe(0);
});

test("a resent post has the position it was given first", () => {
  const store = open();
  const [first] = store.append([draft("a")]);
  const [again] = store.append([draft("a", { text: "changed" })]);
  expect(first).toMatchObject({ ok: true, duplicate: false });
  expect(again).toEqual({ ...first, duplicate: true });
  expect(store.lastSeq("lobby")).toBe(1);
});

test("a resend in the same commit is recognised too", () => {
  const [first, again] = open().append([draft("a"), draft("a")]);
  expect(again).toEqual({ ...first, duplicate: true });
});

test("the same id from somebody else is another message", () => {
  const [, other] = open().append([draft("a"), draft("a", { from: "bruno" })]);
  expect(other).toMatchObject({ ok: true, duplicate: false, position: { seq: 2 } });
});

test("as many ids as the bound says are remembered, the newest", () => {
  const store = open({ postIdsMax: 2 });
  store.append([draft("a"), draft("b"), draft("c")]);
  const [c, b, a] = store.append([draft("c"), draft("b"), draft("a")]);
  expect([c, b, a].map((each) => each?.ok && each.duplicate)).toEqual([true, true, false]);
});

test("one conversation more than the bound is refused, the others go on", () => {
  const store = open({ conversationsMax: 1 });
  const [, refused, kept] = store.append([draft("a"), draft("b", { conversation: "@x" }), draft("c")]);
  expect(refused).toEqual({ ok: false, code: "too-many-conversations" });
  expect(kept).toMatchObject({ ok: true, position: { seq: 2 } });
});
