import { describe, expect, test } from "vitest";
import { ExportFetch, type ExportSource, loadedMessages } from "../../ui/export/export-fetch.ts";
import { currentRoom } from "../../ui/store/model/state.ts";
import { openStore } from "./memory-bridge-client.ts";
import { at, edit, joined, message, numbered, past, snapshot } from "./story.ts";

const lobby: ExportSource = { kind: "room", room: "lobby" };
const found = (...seqs: number[]) => seqs.map((seq) => ({ ...message(seq), room: "dev" }));

function startFetch(source: ExportSource, messagesMax?: number) {
  const { store, client } = openStore();
  const fetch = new ExportFetch(store.asking, source, messagesMax);
  const counts: number[] = [];
  const run = () => fetch.run(() => counts.push(fetch.count));
  const asked = () => client.asks.map(({ request }) => request);
  return { store, client, fetch, counts, run, asked };
}

describe("what is fetched of a room", () => {
  test("is all of it, page after page, without touching what the room shows", async () => {
    const { store, client, fetch, counts, run, asked } = startFetch(lobby);
    const end = run();
    const before = store.state;
    await client.asks[0]?.answer({ ok: true, messages: past(1, 200), more: true });
    // Changes have numbers too.
    await client.asks[1]?.answer({ ok: true, messages: past(301, 302), more: true });
    await client.asks[2]?.answer({ ok: true, messages: [], more: false });
    expect(await end).toBe("whole");
    expect(counts).toEqual([200, 202, 202]);
    expect(asked()).toMatchObject([{ after: 0 }, { after: 200 }, { after: 302 }]);
    expect(fetch.messages).toEqual([...past(1, 200), ...past(301, 302)]);
    expect(store.state).toBe(before);
  });

  test("begins at a moment, without what comes along from before it", async () => {
    const { client, fetch, run, asked } = startFetch({ ...lobby, since: at(3 / 60) });
    const end = run();
    await client.asks[0]?.answer({ ok: true, messages: past(1, 4), more: true });
    await client.asks[1]?.answer({ ok: true, messages: past(5, 5), more: false });
    expect(await end).toBe("whole");
    expect(asked()).toEqual([
      { type: "history", room: "lobby", since: at(3 / 60), limit: 200 },
      { type: "history", room: "lobby", after: 4, limit: 200 },
    ]);
    expect(fetch.messages).toEqual(past(3, 5));
  });

  test("has everybody who reacted, where a message tells the first of them only", async () => {
    const { client, fetch, run, asked } = startFetch(lobby);
    const end = run();
    const [first, second] = past(1, 2);
    if (!first || !second) throw new Error("two messages");
    const few = [{ emoji: "👍", count: 1, from: ["b"] }];
    const some = [{ emoji: "👍", count: 7, from: ["b", "c", "d", "e", "f"] }];
    const all = [{ emoji: "👍", count: 7, from: ["b", "c", "d", "e", "f", "g", "h"] }];
    const messages = [
      { ...first, reactions: few },
      { ...second, reactions: some },
    ];
    await client.asks[0]?.answer({ ok: true, messages, more: false });
    await client.asks[1]?.answer({ ok: true, reactions: all });
    expect(await end).toBe("whole");
    expect(asked()).toMatchObject([{ type: "history" }, { type: "reactions", room: "lobby", msgid: second.msgid }]);
    expect(fetch.messages).toEqual([
      { ...first, reactions: few },
      { ...second, reactions: all },
    ]);
  });

  test("is no more than one export holds, and exactly so many are all", async () => {
    const more = startFetch(lobby, 3);
    const end = more.run();
    await more.client.asks[0]?.answer({ ok: true, messages: past(1, 4), more: false });
    expect(await end).toBe("full");
    expect(more.fetch.messages).toEqual(past(1, 3));

    const exactly = startFetch(lobby, 3);
    const whole = exactly.run();
    await exactly.client.asks[0]?.answer({ ok: true, messages: past(1, 3), more: false });
    expect(await whole).toBe("whole");
  });

  test("is asked for again where a refusal came", async () => {
    const { client, fetch, run, asked } = startFetch(lobby);
    const refused = { ok: false, code: "lost", message: "" } as const;
    const end = run();
    await client.asks[0]?.answer({ ok: true, messages: past(1, 2), more: true });
    await client.asks[1]?.answer(refused);
    expect(await end).toEqual(refused);
    const again = run();
    await client.asks[2]?.answer({ ok: true, messages: past(3, 4), more: false });
    expect(await again).toBe("whole");
    expect(asked()).toMatchObject([{ after: 0 }, { after: 2 }, { after: 2 }]);
    expect(fetch.messages).toEqual(past(1, 4));
  });

  test("is not asked for any more when nobody wants it", async () => {
    const { client, fetch, counts, run, asked } = startFetch(lobby);
    const end = run();
    fetch.stop();
    await client.asks[0]?.answer({ ok: true, messages: past(1, 2), more: true });
    expect(await end).toBe("stopped");
    expect(counts).toEqual([]);
    expect(asked()).toHaveLength(1);
  });
});

test("what a search finds is fetched once, whatever is said meanwhile, and is told oldest first", async () => {
  const { client, fetch, run, asked } = startFetch({ kind: "search", query: "text" });
  const end = run();
  await client.asks[0]?.answer({ ok: true, found: found(9, 8), more: true });
  await client.asks[1]?.answer({ ok: true, found: found(9, 8), more: true });
  await client.asks[2]?.answer({ ok: true, found: found(8, 7), more: false });
  expect(await end).toBe("whole");
  expect(asked()).toMatchObject([{ skip: 0 }, { skip: 1 }, { skip: 2 }]);
  expect(fetch.messages).toEqual(found(7, 8, 9));
});

test("what a search finds is all there, though some of it is deleted meanwhile", async () => {
  const { client, fetch, run, asked } = startFetch({ kind: "search", query: "text" });
  const end = run();
  await client.asks[0]?.answer({ ok: true, found: found(9, 8, 7, 6), more: true });
  // The 9 and the 8 are gone.
  await client.asks[1]?.answer({ ok: true, found: found(4, 3), more: false });
  await client.asks[2]?.answer({ ok: true, found: found(5, 4, 3), more: false });
  await client.asks[3]?.answer({ ok: true, found: found(7, 6, 5, 4, 3), more: false });
  expect(await end).toBe("whole");
  expect(asked()).toMatchObject([{ skip: 0 }, { skip: 3 }, { skip: 2 }, { skip: 0 }]);
  expect(fetch.messages).toEqual(found(3, 4, 5, 6, 7, 8, 9));
});

test("what the page has is told as the server would, as it is now", () => {
  const { store, client } = openStore();
  const mine = message(2, { from: "anna", id: "mine" });
  const events = numbered(1, joined(0, "anna"), message(1), mine, message(3), edit(4, 1, "better"));
  client.bridge.snapshot(snapshot({ events }));
  const [first, ...rest] = past(1, 3);
  const told = [{ ...first, text: "better", edited: true }, { ...rest[0], from: "anna" }, rest[1]];
  expect(loadedMessages(currentRoom(store.state))).toEqual(told);
  expect(loadedMessages(currentRoom(store.state), at(2 / 60))).toEqual(told.slice(1));
});
