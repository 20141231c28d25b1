/** What every message log guarantees, tested on each implementation. */
import { describe, expect, test } from "vitest";
import type { SearchQuery } from "../../protocol/search.ts";
import type { Retention } from "../../server/store/upkeep.ts";
import { fc, property } from "../support/property.ts";
import {
  between,
  by,
  draft,
  implementations,
  openMemory,
  openOnce,
  personCalled,
  say,
  search,
  seqs,
  type TestLog,
} from "./logs.ts";

describe.each(implementations)("a log %s", (_name, open) => {
  test("numbers the messages of a conversation from 1 without gaps, each conversation for itself", async () => {
    const log = open();
    expect(seqs(await log.append([draft("a"), draft("b", { conversation: "other" }), draft("c")]))).toEqual([1, 1, 2]);
    expect(seqs(await log.append([draft("d")]))).toEqual([3]);
    expect(await log.log.lastSeq("lobby")).toBe(3);
    expect(await log.log.lastSeq("nowhere")).toBe(0);
  });

  test("knows a resent post, and gives it the position it had", async () => {
    const log = open();
    const [first] = await log.append([draft("a")]);
    const [again] = await log.append([draft("a", { text: "changed" })]);
    expect(first).toMatchObject({ ok: true, duplicate: false });
    expect(again).toEqual({ ...first, duplicate: true });
    expect((await log.messages("lobby", { limit: 10 })).map(({ text }) => text)).toEqual(["text of a"]);
  });

  test("knows a post that is resent in the same commit", async () => {
    const [first, again] = await open().append([draft("a"), draft("a")]);
    expect(again).toEqual({ ...first, duplicate: true });
  });

  test("takes the same id elsewhere for another message, and from somebody else for theirs", async () => {
    const log = open();
    const appended = await log.append([
      draft("a"),
      draft("a", { conversation: "other" }),
      draft("a", { ...by("bruno"), text: "bruno's" }),
      draft("a", { ...by("Bruno"), text: "resent" }),
    ]);
    expect(appended.map((each) => each.ok && each.duplicate)).toEqual([false, false, false, true]);
    expect((await log.messages("lobby", { limit: 10 })).map(({ text }) => text)).toEqual(["text of a", "bruno's"]);
  });

  test("knows a post that is resent under another name of the same person", async () => {
    const log = open();
    const [first] = await log.append([draft("a")]);
    const renamed = draft("a", by("annina", "anna"));
    expect(await log.append([renamed])).toEqual([{ ...first, duplicate: true }]);
    expect(seqs(await log.append([draft("b", by("annina"))]))).toEqual([2]);
  });

  test("gives back what was said, by whom and when", async () => {
    const log = open();
    const [appended] = await log.append([draft("a", { text: "città\n👋", action: true })]);
    const entry = appended?.ok ? appended.entry : undefined;
    expect(await log.messages("lobby", { limit: 1 })).toEqual([entry]);
    expect(entry).toMatchObject({ from: "anna", text: "città\n👋", action: true, time: "2026-11-21T10:00:00.000Z" });
    expect(await log.log.find(entry?.msgid ?? "")).toEqual({ ...entry, conversation: "lobby" });
  });

  test.each([
    ["the last ones", { limit: 3 }, [8, 9, 10]],
    ["none of them", { limit: 0 }, []],
    ["more than there are", { limit: 100 }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ["those before one", { limit: 3, before: 5 }, [2, 3, 4]],
    ["those before the first", { limit: 3, before: 1 }, []],
    ["those after one", { limit: 3, after: 5 }, [6, 7, 8]],
    ["those after the last", { limit: 3, after: 10 }, []],
    ["all from the beginning", { limit: 4, after: 0 }, [1, 2, 3, 4]],
  ])("reads %s, oldest first", async (_what, range, expected) => {
    const log = open();
    await log.append(Array.from({ length: 10 }, (_, index) => draft(`m${index}`)));
    await log.append([draft("x", { conversation: "other" })]);
    expect((await log.messages("lobby", range)).map(({ seq }) => seq)).toEqual(expected);
  });

  test("has nothing to read where nobody has spoken", async () => {
    expect(await open().messages("nowhere", { limit: 10 })).toEqual([]);
  });

  test("knows its rooms and their topics, and no private conversation for a room", async () => {
    const log = open();
    expect(await log.log.rooms()).toEqual([]);
    await log.append([draft("a", { conversation: "dev" }), draft("b", { conversation: between("anna", "bruno") })]);
    const setTopic = async (room: string, topic: string) => await log.note([{ type: "topic", room, topic }]);
    expect(await setTopic("garden", "tomatoes")).toBe(true);
    expect(await log.log.rooms()).toEqual([
      { name: "dev", topic: "", seq: 1 },
      { name: "garden", topic: "tomatoes", seq: 0 },
    ]);
    await setTopic("garden", "");
    await setTopic("dev", "what we build");
    expect(await log.log.rooms()).toEqual([
      { name: "dev", topic: "what we build", seq: 1 },
      { name: "garden", topic: "", seq: 0 },
    ]);
    expect(seqs(await log.append([draft("c", { conversation: "garden" })]))).toEqual([1]);
  });

  test("forgets a room in which nothing was said, and of any other its topic", async () => {
    const log = open();
    await log.append([draft("a", { conversation: "dev" })]);
    await log.note(["dev", "garden"].map((room) => ({ type: "topic", room, topic: "tomatoes" })));
    for (const room of ["dev", "garden", "nowhere"]) await log.log.forgetRoom(room);
    expect(await log.log.rooms()).toEqual([{ name: "dev", topic: "", seq: 1 }]);
    expect(seqs(await log.append([draft("b", { conversation: "dev" })]))).toEqual([2]);
  });

  test("finds where a time begins", async () => {
    let hour = 10;
    const log = open(() => new Date(`2026-11-21T${hour}:00:00Z`));
    for (const id of ["a", "b", "c"]) {
      await say(log, id);
      hour += 1;
    }
    expect(await log.seqSince("lobby", "2026-11-20T00:00:00.000Z")).toBe(1);
    expect(await log.seqSince("lobby", "2026-11-21T10:30:00.000Z")).toBe(2);
    expect(await log.seqSince("lobby", "2026-11-21T12:00:00.000Z")).toBe(3);
    expect(await log.seqSince("lobby", "2026-11-21T12:00:00.001Z")).toBeUndefined();
    expect(await log.seqSince("nowhere", "2026-11-20T00:00:00.000Z")).toBeUndefined();
  });

  describe("forgets", () => {
    const rest = async (log: TestLog) => (await log.messages("lobby", { limit: 10_000 })).map(({ seq }) => seq);
    const forgetAll = async (log: TestLog, rule: Retention) => {
      let count = 0;
      for (let some = await log.log.forget(rule); some > 0; some = await log.log.forget(rule)) count += some;
      return count;
    };

    test("nothing by itself", async () => {
      const log = open();
      await log.append([draft("a")]);
      expect(await forgetAll(log, {})).toBe(0);
      expect(await forgetAll(log, { since: "2026-11-21T10:00:00.000Z", messagesMax: 1 })).toBe(0);
      expect(await rest(log)).toEqual([1]);
    });

    test("what is older than a moment", async () => {
      const log = open();
      await log.append([draft("a"), draft("b", { conversation: "dev" })]);
      expect(await forgetAll(log, { since: "2026-11-21T10:00:00.001Z" })).toBe(2);
      expect(await rest(log)).toEqual([]);
    });

    // The times of messages in order, in days before or after now; what is kept is in capitals.
    test.each<[what: string, said: [text: string, day: number][]]>([
      [
        "what was said in order",
        [
          ["a", -50],
          ["b", -31],
          ["C", -29],
          ["D", 0],
        ],
      ],
      [
        "what was said while the clock was slow",
        [
          ["a", -40],
          ["B", -5],
          ["C", -20_000],
          ["D", 0],
        ],
      ],
      [
        "what was said while the clock was fast, once that is old",
        [
          ["a", -40],
          ["b", 27_000],
          ["c", -35],
          ["D", 0],
        ],
      ],
      [
        "what was said last, while the clock was fast",
        [
          ["a", -40],
          ["B", 27_000],
          ["C", 27_001],
        ],
      ],
      [
        "nothing of what was said while the clock was fast only",
        [
          ["A", 27_000],
          ["B", 27_001],
        ],
      ],
    ])("by age, %s", async (_what, said) => {
      const now = Date.parse("2026-11-21T10:00:00Z");
      const at = (day: number) => new Date(now + day * 86_400_000);
      let today = 0;
      const log = open(() => at(today));
      for (const [text, day] of said) {
        today = day;
        await log.append([draft(text, { text }), draft(`dev ${text}`, { text, conversation: "dev" })]);
      }
      const kept = said.flatMap(([text]) => (text === text.toUpperCase() ? [text] : []));
      expect(await forgetAll(log, { since: at(-30).toISOString(), now: at(0).toISOString() })).toBe(
        2 * (said.length - kept.length),
      );
      for (const room of ["lobby", "dev"]) {
        expect((await log.messages(room, { limit: 10 })).map(({ text }) => text)).toEqual(kept);
      }
    });

    test("all but the newest of each conversation, and finds them no more; their numbers are not used again", async () => {
      const log = open();
      await log.append(Array.from({ length: 900 }, (_, index) => draft(`m${index}`, { text: `word${index}` })));
      await log.append([draft("x", { conversation: "dev" })]);
      expect(await forgetAll(log, { messagesMax: 3 })).toBe(897);
      expect(await rest(log)).toEqual([898, 899, 900]);
      expect(await search(log, { words: ["word5"] })).toEqual([]);
      expect(await log.messages("dev", { limit: 10 })).toHaveLength(1);
      expect(seqs(await log.append([draft("next")]))).toEqual([901]);
    });
  });

  describe("finds", () => {
    const said: [conversation: string, from: string, text: string][] = [
      ["lobby", "anna", "La città è bella"],
      ["lobby", "bruno", "bella idea, ANNA"],
      ["dev", "anna", "una idea: i test"],
      [between("anna", "bruno"), "bruno", "bella segreta"],
      [between("bruno", "carla"), "carla", "bella altrui"],
      ["dev", "Élodie", "bonjour"],
    ];
    const log = openOnce(open);
    const texts = async (query: Partial<SearchQuery>) => {
      // A message repeated in another test exists already.
      await log().append(
        said.map(([conversation, from, text], index) => draft(`${index}`, { conversation, ...by(from), text })),
      );
      const found = await search(log(), query);
      return found.map(({ text }) => text).sort();
    };

    test.each<[what: string, query: Partial<SearchQuery>, found: string[]]>([
      [
        "a word, in rooms and in one's own conversations",
        { words: ["bella"] },
        ["La città è bella", "bella idea, ANNA", "bella segreta"],
      ],
      ["the beginning of a word", { words: ["bel"] }, ["La città è bella", "bella idea, ANNA", "bella segreta"]],
      ["not its middle", { words: ["ella"] }, []],
      ["all of several words", { words: ["bella", "idea"] }, ["bella idea, ANNA"]],
      ["without case and accents", { words: ["citta"] }, ["La città è bella"]],
      ["what somebody said", { from: "Anna" }, ["La città è bella", "una idea: i test"]],
      ["in any case, accents and all", { from: "ÉLODIE" }, ["bonjour"]],
      ["in one room", { words: ["idea"], room: "dev" }, ["una idea: i test"]],
      ["from a day on", { words: ["idea"], after: "2026-11-21" }, ["bella idea, ANNA", "una idea: i test"]],
      ["not what came after it", { words: ["idea"], before: "2026-11-21" }, []],
    ])("%s", async (_what, query, found) => {
      expect(await texts(query)).toEqual(found);
    });

    test("the newest first, page by page", async () => {
      const log = open();
      await log.append(Array.from({ length: 5 }, (_, index) => draft(`m${index}`, { text: `word ${index}` })));
      const page = async (skip: number) => {
        const found = await search(log, { words: ["word"] }, { skip, limit: 2 });
        return found.map(({ text }) => text);
      };
      expect(await page(0)).toEqual(["word 4", "word 3"]);
      expect(await page(2)).toEqual(["word 2", "word 1"]);
      expect(await page(4)).toEqual(["word 0"]);
    });

    test("what is rare among many thousands, the newest first, and what was said there first", async () => {
      const log = open();
      const isRare = (index: number) => index % 7_000 === 0;
      const posts = Array.from({ length: 15_000 }, (_, index) =>
        draft(`m${index}`, { conversation: `room ${index % 100}`, text: isRare(index) ? `rare ${index}` : "common" }),
      );
      await log.append(posts);
      const found = await search(log, { words: ["rare"] });
      expect(found.map(({ text }) => text)).toEqual(["rare 14000", "rare 7000", "rare 0"]);
      const skipped = await search(log, { words: ["rare"] }, { skip: 2 });
      expect(skipped.map(({ text }) => text)).toEqual(["rare 0"]);
    });

    test("nothing for somebody who has gone", async () => {
      const log = open();
      await log.append([draft("a", { text: "word" })]);
      const gone = new AbortController();
      const wanted = { query: { words: ["word"] }, person: personCalled("anna"), skip: 0, limit: 10 };
      const searches = [
        log.log.search(wanted, gone.signal),
        log.log.search(wanted, gone.signal),
        log.log.search(wanted),
      ];
      gone.abort();
      const ends = await Promise.allSettled(searches);
      expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    });
  });

  const log = openOnce(open);
  let rooms = 0;
  property(
    "any posts, however they are divided into commits, are one sequence in which each stands once",
    [fc.array(fc.array(fc.nat({ max: 20 }).map(String), { maxLength: 5 }), { maxLength: 10 })],
    async (commits) => {
      const conversation = `room${++rooms}`;
      for (const ids of commits) await log().append(ids.map((id) => draft(id, { conversation })));
      const distinct = [...new Set(commits.flat())];
      const messages = await log().messages(conversation, { limit: 1_000 });
      expect(messages.map(({ text }) => text)).toEqual(distinct.map((id) => `text of ${id}`));
      expect(messages.map(({ seq }) => seq)).toEqual(distinct.map((_, index) => index + 1));
    },
  );
});

describe("a log in memory", () => {
  test("forgets the oldest messages at its bound, and never their numbers", async () => {
    const log = openMemory(2, 10);
    await log.append([draft("a"), draft("b"), draft("c")]);
    expect((await log.messages("lobby", { limit: 10 })).map(({ seq }) => seq)).toEqual([2, 3]);
    const [c, b, a] = await log.append([draft("c"), draft("b"), draft("a")]);
    expect([c, b, a].map((each) => each?.ok && each.duplicate)).toEqual([true, true, false]);
    expect(await log.log.lastSeq("lobby")).toBe(4);
  });

  test("refuses one room more than its bound, and goes on with the others", async () => {
    const log = openMemory(10, 1);
    const [, refused, kept] = await log.append([draft("a"), draft("b", { conversation: "dev" }), draft("c")]);
    expect(refused).toEqual({ ok: false, code: "too-many-conversations" });
    expect(kept).toMatchObject({ ok: true, entry: { seq: 2 } });
  });

  test("forgets the private conversation that has been silent for the longest, and no room, to make room", async () => {
    const log = openMemory(10, 3);
    await log.append([draft("a"), draft("b", { conversation: "@a,b" }), draft("c", { conversation: "@a,c" })]);
    await log.append([draft("d", { conversation: "@a,b" }), draft("e", { conversation: "@a,d" })]);
    const seqs = await Promise.all(["lobby", "@a,b", "@a,c", "@a,d"].map((name) => log.log.lastSeq(name)));
    expect(seqs.map((seq) => seq > 0)).toEqual([true, true, false, true]);
  });

  test("gives no number of a private conversation again that it has forgotten", async () => {
    const log = openMemory(10, 2);
    await log.append([draft("a", { conversation: "@a,b" }), draft("b", { conversation: "@a,b" })]);
    await log.append([draft("c", { conversation: "@a,c" }), draft("d", { conversation: "@a,d" })]);
    expect(await log.log.lastSeq("@a,b")).toBe(0);
    expect(seqs(await log.append([draft("e", { conversation: "@a,b" })]))).toEqual([3]);
    expect(seqs(await log.append([draft("f")]))).toEqual([1]);
  });
});
