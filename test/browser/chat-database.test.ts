/** Kept chats in a real IndexedDB. */
import { deleteDB, openDB } from "idb";
import { expect, onTestFinished, test, vi } from "vitest";
import { reduce } from "../../ui/store/model/reduce.ts";
import { initialState, type PageState } from "../../ui/store/model/state.ts";
import { ChatDatabase, copiesMax, copyAgeMaxMs } from "../../ui/store/persistence/chat-database.ts";
import { joined, joinedRoom, message, numbered, remove, snapshot } from "../ui/story.ts";

const session = "6f1c2c9e-58a5-4a0a-9d0c-2f3f0e6b7a11";
const anna = { server: "127.0.0.1:8080", name: "anna" };

let databases = 0;

/** Windows of a browser that has not kept anything yet. */
function openBrowser() {
  databases += 1;
  const name = `salotto-test-${databases}`;
  let nowMs = 0;
  const pass = (ms: number) => {
    nowMs += ms;
  };
  const openWindow = (window: string = crypto.randomUUID()) =>
    new ChatDatabase({ window: () => window, now: () => ++nowMs, name });
  onTestFinished(() => deleteDB(name));
  return Object.assign(openWindow, { database: name, pass });
}

const start = reduce(initialState(), { type: "snapshot", snapshot: snapshot(), nowMs: 0 });
const told = (state: PageState, ...events: Parameters<typeof numbered>[1][]) =>
  numbered(state.lastN + 1, ...events).reduce((next, event) => reduce(next, { type: "event", event }), state);
const story = told(
  start,
  joined(0, "anna", "bruno"),
  message(1),
  joinedRoom("dev", 0, "anna"),
  message(1, { room: "dev" }),
);

/** The rooms that a database has anything of. */
async function roomsIn(name: string): Promise<string[]> {
  const database = await openDB(name);
  const keys = await database.getAllKeys("rooms");
  database.close();
  return keys.map((key) => (key as [owner: string, window: string, room: string])[2]);
}

async function textsIn(shelf: ChatDatabase, name = "anna"): Promise<Record<string, string[]> | undefined> {
  const chat = await shelf.last(name);
  const rooms = chat?.rooms.map((room): [string, string[]] => [
    room.name,
    room.entries.flatMap((entry) => (entry.kind === "message" ? entry.message.text : [])),
  ]);
  return rooms && Object.fromEntries(rooms);
}

test("a chat is there for the next window as it was kept, and for no other name", async () => {
  const openWindow = openBrowser();
  await openWindow().keep(anna, session, story);
  const next = openWindow();
  expect(await next.last("Anna")).toMatchObject({ ...anna, session, epoch: "epoch-1", lastN: 4, current: "lobby" });
  expect(await textsIn(next)).toEqual({ lobby: ["text 1"], dev: ["text 1"] });
  expect(await next.last("bruno")).toBeUndefined();
});

test("only what changed is written again, and a room that was left is gone", async () => {
  const openWindow = openBrowser();
  const shelf = openWindow("first");
  await shelf.keep(anna, session, story);
  const put = vi.spyOn(IDBObjectStore.prototype, "put");
  onTestFinished(() => put.mockRestore());
  const later = told(story, message(2));
  await shelf.keep(anna, session, later);
  expect(put.mock.calls.map(([, key]) => key)).toEqual([["127.0.0.1:8080 anna", "first", "lobby"], undefined]);
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1", "text 2"], dev: ["text 1"] });
  await shelf.keep(anna, session, reduce(later, { type: "room-left", room: "dev" }));
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1", "text 2"] });
  expect(await roomsIn(openWindow.database)).toEqual(["lobby"]);
});

test("of two windows that write, what is kept is that of one moment", async () => {
  const openWindow = openBrowser();
  const [ahead, behind] = [openWindow(), openWindow()];
  const later = told(story, message(2));
  await behind.keep(anna, session, story);
  await ahead.keep(anna, session, later);
  await behind.keep(anna, session, reduce(story, { type: "read", room: "lobby", seq: 1 }));
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1"], dev: ["text 1"] });
  await ahead.keep(anna, session, told(later, message(2, { room: "dev" })));
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1", "text 2"], dev: ["text 1", "text 2"] });
});

test("a window that is reloaded writes its copy anew", async () => {
  const openWindow = openBrowser();
  await openWindow("first").keep(anna, session, told(story, joinedRoom("gone", 0, "anna")));
  await openWindow("first").keep(anna, session, told(story, message(2)));
  expect(await roomsIn(openWindow.database)).toEqual(["dev", "lobby"]);
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1", "text 2"], dev: ["text 1"] });
});

test("what is kept is committed at once, before anything is waited for: the page may be about to go", async () => {
  const openWindow = openBrowser();
  const shelf = openWindow();
  await shelf.keep(anna, session, story);
  const commit = vi.spyOn(IDBTransaction.prototype, "commit");
  onTestFinished(() => commit.mockRestore());
  void shelf.keep(anna, session, told(story, message(2)));
  // The page ends with the current task.
  await Promise.resolve();
  await Promise.resolve();
  expect(commit).toHaveBeenCalledOnce();
});

test("a chat that is forgotten is gone, in all copies and also when it was just being kept, and the others are not", async () => {
  const openWindow = openBrowser();
  const [shelf, other] = [openWindow(), openWindow()];
  await shelf.keep({ ...anna, name: "anna maria" }, session, story);
  await other.keep(anna, session, story);
  void shelf.keep(anna, session, story);
  await shelf.forget(anna);
  expect(await textsIn(openWindow())).toBeUndefined();
  expect(await textsIn(openWindow(), "anna maria")).toEqual({ lobby: ["text 1"], dev: ["text 1"] });
  await shelf.keep(anna, session, story);
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1"], dev: ["text 1"] });
  await shelf.forget(anna);
  // A window that is still in the chat may have continued meanwhile: a part of its copy does not count until it is
  // complete.
  const later = told(story, message(2));
  await other.keep(anna, session, later);
  expect(await textsIn(openWindow())).toBeUndefined();
  await other.keep(anna, session, { ...later, epoch: "epoch-2" });
  expect(await textsIn(openWindow())).toEqual({ lobby: ["text 1", "text 2"], dev: ["text 1"] });
});

test("the copy that was kept last counts, and only so many are kept", async () => {
  const openWindow = openBrowser();
  for (let i = 0; i <= copiesMax; i++) {
    await openWindow().keep({ server: `s:${i}`, name: i === 0 ? "bruno" : "anna" }, session, story);
  }
  expect((await openWindow().last("anna"))?.server).toBe(`s:${copiesMax}`);
  expect(await openWindow().last("bruno")).toBeUndefined();
  expect(await roomsIn(openWindow.database)).toHaveLength(2 * copiesMax);
});

test("what nobody has added to for long is forgotten", async () => {
  const openWindow = openBrowser();
  await openWindow().keep(anna, session, story);
  // Each reading of the clock takes a millisecond.
  openWindow.pass(copyAgeMaxMs - 1);
  expect(await openWindow().last("anna")).toBeDefined();
  expect(await openWindow().last("anna")).toBeUndefined();
  await expect.poll(() => roomsIn(openWindow.database)).toEqual([]);
});

test("a browser that refuses only forgets", async () => {
  const refused = vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
    throw new DOMException("no", "SecurityError");
  });
  onTestFinished(() => refused.mockRestore());
  const shelf = openBrowser()();
  await shelf.keep(anna, session, story);
  expect(await shelf.last("anna")).toBeUndefined();
  await shelf.forget(anna);
});

test("what a message said before it was deleted is in no copy of any window or person, and the rest stays", async () => {
  const openWindow = openBrowser();
  await openWindow("gone").keep(anna, session, story);
  await openWindow("other").keep({ ...anna, name: "carla" }, session, story);
  await openWindow("here").amend(anna, "lobby", remove(2, 1));
  for (const name of ["anna", "carla"]) {
    expect(await textsIn(openWindow(), name)).toEqual({ lobby: [""], dev: ["text 1"] });
  }
});

test("what was deleted stays nowhere, though the browser has no space left to write the rest", async () => {
  const openWindow = openBrowser();
  await openWindow("gone").keep(anna, session, story);
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  onTestFinished(() => put.mockRestore());
  await openWindow("here").amend(anna, "lobby", remove(2, 1));
  expect(await roomsIn(openWindow.database)).toEqual(["dev"]);
  expect(await openWindow().last("anna")).toBeUndefined();
});
