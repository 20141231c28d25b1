/** Who is mentioned in a text, as everything that shows it gets it from the state. */
import { describe, expect, test } from "vitest";
import type { KeptEvent } from "../../protocol/bridge-events.ts";
import { isMessage } from "../../ui/store/model/entries.ts";
import { peopleToMention } from "../../ui/store/model/known-people.ts";
import { reduce } from "../../ui/store/model/reduce.ts";
import { initialState, type PageState, roomOf } from "../../ui/store/model/state.ts";
import { unreadOf } from "../../ui/store/model/unread.ts";
import { completePeople, unfinishedAt } from "../../ui/store/selectors/completion.ts";
import { noticeOf } from "../../ui/store/selectors/notices.ts";
import { defaultSettings } from "../../ui/store/settings/settings.ts";
import { parseBlocks, wordsOf } from "../../ui/store/text/markup.ts";
import { findMentions, mentionCandidatesMax, peopleMeant } from "../../ui/store/text/mentions.ts";
import { edit, joined, message, numbered, snapshot } from "./story.ts";

/** What the first of `people` knows while not looking. */
function told(people: readonly string[], ...events: KeptEvent[]): PageState {
  const [name = ""] = people;
  const inside = reduce(initialState(name), { type: "attention", attentive: false });
  const story = snapshot({ name, events: numbered(1, joined(0, ...people), ...events) });
  return reduce(inside, { type: "snapshot", snapshot: story, nowMs: 0 });
}

const meantIn = (state: PageState, position = 0) => {
  const entry = [...roomOf(state, "lobby").entries].filter(isMessage)[position];
  if (!entry) throw new Error("nothing was said");
  return entry;
};

/** What is highlighted in a message. */
const shownIn = (state: PageState, position = 0) => {
  const { message, meant } = meantIn(state, position);
  return wordsOf(parseBlocks(message.text))
    .flatMap((words) => findMentions(words, peopleMeant(meant)))
    .flatMap((part) => (typeof part === "string" ? [] : part.text));
};

/** `|` separates people; the first of them reads. */
const table: [people: string, text: string, shown: string[], isReader: boolean][] = [
  ["Ann|Ann Lee|bruno", "@Ann Lee are you there?", ["@Ann Lee"], false],
  ["Ann Lee|Ann|bruno", "@Ann Lee are you there?", ["@Ann Lee"], true],
  ["Ann|Ann Lee|bruno", "@Ann are you there?", ["@Ann"], true],
  ["Ann|Ann Lee|bruno", "@ann lee and @ANN", ["@ann lee", "@ANN"], true],
  ["Ann|Ann Lee|bruno", "@Ann Leeds", ["@Ann"], true],
  ["Ann|bruno", "@Ann-Marie", [], false],
  ["Ann|bruno", "@Ann‑Marie", [], false],
  ["Ann|bruno", "@Ann.B", [], false],
  ["Ann|bruno", "@Ann_B @Ann2 @Anna", [], false],
  ["Ann|Ann-Marie|bruno", "@Ann-Marie", ["@Ann-Marie"], false],
  ["Ann|bruno", "@Ann. @Ann, @Ann! (@Ann) @Ann: @Ann- @Ann…", Array(7).fill("@Ann"), true],
  ["Ann|bruno", "@Ann's and @Ann’s", ["@Ann", "@Ann"], true],
  ["Ann|O'Brien|bruno", "@O'Brien", ["@O'Brien"], false],
  ["O|bruno", "@O'Brien", [], false],
  ["Ann|bruno", "x@Ann, @@Ann, ann@example.org, @ann@example.social", [], false],
  ["Ann|J.|bruno", "@J. and @J.", ["@J.", "@J."], false],
  // Without an @, only the reader.
  ["Ann|bruno", "Ann, ann and ANN", ["Ann", "ann", "ANN"], true],
  ["Ann|bruno", "bruno knows", [], false],
  ["Ann|Ann Lee|bruno", "Ann Lee is late", [], false],
  ["Ann|Lee Ann|bruno", "Lee Ann is late", [], false],
  ["Ann|Ann Lee|bruno", "Ann Lee is late, Ann", ["Ann"], true],
  ["Ann|bruno", "Ann's turn", ["Ann"], true],
  ["Ann|bruno", "Ann-Marie, Jo-Ann, Ann.B, ann@example.org, x.ann@example.org, Annie", [], false],
  ["m|bruno", "i'm, I’m, 5m", [], false],
  ["m|bruno", "ask m", ["m"], true],
  ["d|bruno", "D'accordo, d’accordo", [], false],
  ["s|bruno", "it's Ann's", [], false],
  // Neither in addresses nor in code.
  ["Ann|bruno", "https://example.org/@Ann and https://ann.example/ann", [], false],
  ["Ann|bruno", "ftp://example.org/ann www.example.org/@Ann", [], false],
  ["Ann|bruno", "[Ann](https://example.org/)", [], false],
  ["Ann|bruno", "`@Ann` and ``Ann``", [], false],
  ["Ann|bruno", "```\n@Ann\nAnn\n```", [], false],
  ["Ann|bruno", "**@Ann** and _Ann_", ["@Ann", "Ann"], true],
  ["Ann|bruno", "> @Ann", ["@Ann"], true],
  ["Ann|bruno", "- @Ann\n- b", ["@Ann"], true],
  // Names of every script.
  ["花子|bruno", "@花子さん、元気？", ["@花子"], true],
  ["花子|花|bruno", "こんにちは@花子さん", ["@花子"], true],
  ["花|花子|bruno", "こんにちは@花子さん", ["@花子"], false],
  ["花子|bruno", "＠花子さん", ["＠花子"], true],
  ["花子|bruno", "花子さんは？", ["花子"], true],
  ["明|bruno", "明天见", [], false],
  ["小明|bruno", "@小明你好", ["@小明"], true],
  ["민수|bruno", "@민수야 안녕", ["@민수"], true],
  ["สมชาย|bruno", "@สมชายครับ", ["@สมชาย"], true],
  ["ann|bruno", "@annさん @ann님", ["@ann", "@ann"], true],
  ["Анна|Анна Ли|bruno", "@анна ли и @Анна", ["@анна ли", "@Анна"], true],
  ["Анна|bruno", "@Аннабель", [], false],
  ["Νίκος|bruno", "@ΝΊΚΟΣ και νίκος", ["@ΝΊΚΟΣ", "νίκος"], true],
  ["أحمد|bruno", "@أحمد، مرحبا", ["@أحمد"], true],
  ["علی|علی\u200cرضا|bruno", "@علی\u200cرضا سلام", ["@علی\u200cرضا"], false],
  ["علی|bruno", "@علی\u200cرضا، علی\u200cرضا", [], false],
  ["דנה|דנה כהן|bruno", "@דנה כהן!", ["@דנה כהן"], false],
  ["कमल|bruno", "@कमला @कमल।", ["@कमल"], true],
  ["José|bruno", "@jose\u0301 @JOSÉ @Jose", ["@jose\u0301", "@JOSÉ"], true],
  ["ann|bruno", "@ann\u0301", [], false],
  ["ｱﾝﾅ|bruno", "@アンナ", ["@アンナ"], true],
  ["🎉|bruno", "@🎉 and 🎉🎉", ["@🎉", "🎉", "🎉"], true],
  ["👨|👨\u200d👩\u200d👧|bruno", "@👨\u200d👩\u200d👧", ["@👨\u200d👩\u200d👧"], false],
  ["👨|bruno", "👨\u200d👩\u200d👧 @👨🏽", [], false],
  ["ann|bruno", "@ann👍", ["@ann"], true],
  ["ﬁn|bruno", "@fin, FIN", ["@fin", "FIN"], true],
  ["Iş|bruno", "@iş", ["@iş"], true],
  ["A+B|bruno", "@a+b", ["@a+b"], true],
];

describe.each(table)("of %s, in %j", (people, text, shown, isReader) => {
  const state = told(people.split("|"), message(1, { text }));

  test(`${JSON.stringify(shown)} stand out`, () => {
    expect(shownIn(state)).toEqual(shown);
  });

  test(`the reader is ${isReader ? "" : "not "}meant, counted and notified`, () => {
    expect(meantIn(state).meant.own !== undefined).toBe(isReader);
    expect(unreadOf(roomOf(state, "lobby"))).toEqual({ messages: 1, mentions: isReader ? 1 : 0 });
    expect(noticeOf(state, new Set(), defaultSettings) !== undefined).toBe(isReader);
  });
});

test.each(table.filter(([, text]) => text.startsWith("@") && !text.slice(1).includes("@")))(
  "of %s, what the completion offers for %j is who is meant",
  (people, _text, shown) => {
    const state = told(people.split("|"));
    for (const name of shown.filter((mention) => mention.startsWith("@")).map((mention) => mention.slice(1))) {
      const unfinished = unfinishedAt(`@${name}`, name.length + 1);
      const [offered = ""] = completePeople(peopleToMention(state, roomOf(state, "lobby")), unfinished?.typed ?? "");
      expect(shownIn(told(people.split("|"), message(1, { text: `@${offered} hello` })))).toEqual([`@${offered}`]);
    }
  },
);

describe("who is meant is decided once:", () => {
  const time = message(1).time;

  test("who comes later changes nothing", () => {
    const later: KeptEvent = { type: "member-joined", room: "lobby", name: "Ann Lee", count: 3, time };
    const state = told(["Ann", "bruno"], message(1, { text: "@Ann Lee" }), later, message(2, { text: "@Ann Lee" }));
    expect([0, 1].map((position) => shownIn(state, position))).toEqual([["@Ann"], ["@Ann Lee"]]);
    expect(unreadOf(roomOf(state, "lobby")).mentions).toBe(1);
  });

  test("who has left a moment ago is still told from others", () => {
    const left: KeptEvent = { type: "member-left", room: "lobby", name: "Ann Lee", reason: "quit", count: 2, time };
    const state = told(
      ["Ann", "Ann Lee", "bruno"],
      message(1, { from: "Ann Lee", text: "x" }),
      left,
      message(2, { text: "@Ann Lee" }),
    );
    expect(shownIn(state, 1)).toEqual(["@Ann Lee"]);
    expect(unreadOf(roomOf(state, "lobby")).mentions).toBe(0);
  });

  test("a name that was changed means whom it meant then, and the new one from then on", () => {
    const renamed: KeptEvent = { type: "member-renamed", room: "lobby", from: "Ann", to: "Zoe", time };
    const said = [message(1, { text: "@Ann" }), renamed, message(2, { text: "@Zoe" }), message(3, { text: "Ann" })];
    const watched = reduce(told(["Ann", "bruno"], said[0] as KeptEvent), { type: "name", name: "Zoe", same: true });
    expect(unreadOf(roomOf(watched, "lobby")).mentions).toBe(1);
    // As a page hears it that was loaded since.
    const inside = reduce(initialState("Zoe"), { type: "attention", attentive: false });
    const story = snapshot({ name: "Zoe", events: numbered(1, joined(0, "Ann", "bruno"), ...said) });
    const state = reduce(inside, { type: "snapshot", snapshot: story, nowMs: 0 });
    expect(unreadOf(roomOf(state, "lobby"))).toEqual({ messages: 3, mentions: 2 });
    expect([0, 1, 2].map((position) => shownIn(state, position))).toEqual([["@Ann"], ["@Zoe"], []]);
  });

  test("an edited text means whom it means now", () => {
    const state = told(["Ann", "bruno"], message(1, { text: "@Ann" }), edit(2, 1, "never mind"));
    expect(unreadOf(roomOf(state, "lobby")).mentions).toBe(0);
    const other = told(["Ann", "bruno"], message(1, { text: "x" }), edit(2, 1, "x @Ann"));
    expect(unreadOf(roomOf(other, "lobby")).mentions).toBe(1);
  });
});

test("so many places are looked at, and not one more", () => {
  const names = (count: number) =>
    shownIn(told(["Ann", "bruno"], message(1, { text: "@bruno ".repeat(count) }))).length;
  expect(names(mentionCandidatesMax)).toBe(mentionCandidatesMax);
  expect(names(mentionCandidatesMax + 1)).toBe(mentionCandidatesMax);
});

test.each(["`@An", "`code` and `@An", "```\n@An", "https://example.org/@An", "www.example.org/@An", "x@An", "@@An"])(
  "nobody is offered in %j",
  (text) => {
    expect(unfinishedAt(text, text.length)?.kind).not.toBe("person");
  },
);

test.each(["@An", "hi @An", "(@An", "こんにちは@An", "＠An", "`code` @An", "**@An"])(
  "people are offered in %j",
  (text) => {
    expect(unfinishedAt(text, text.length)).toMatchObject({ kind: "person", typed: "An" });
  },
);
