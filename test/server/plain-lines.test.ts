/** Lines say what happened, whatever people are called and whatever they say. */
import { describe, expect, test } from "vitest";
import type { EntryEvent, HistoryMessage, RoomEvent } from "../../protocol/events.ts";
import { parseName } from "../../protocol/names.ts";
import { readText } from "../../protocol/text.ts";
import {
  elsewhereLines,
  eventLines,
  foundLines,
  historyMessageLines,
  type PlainLine,
  type Wording,
} from "../../server/dialects/plain-lines.ts";
import { createPlainRenderers } from "../../server/dialects/plain-renderer.ts";
import { textsOf } from "../../server/dialects/texts/texts.ts";
import { fc } from "../support/property.ts";

const time = "2026-11-21T10:00:00.000Z";
const quotedMessage: HistoryMessage = { type: "message", msgid: "q", seq: 1, time, from: "yan", text: "ciao" };
const wordings: Wording[] = Object.values(textsOf).map((texts) => {
  const known = {
    q: quotedMessage,
    gone: { ...quotedMessage, text: "", deleted: true },
    typed: { ...quotedMessage, text: `(${texts.deleted})` },
  };
  return { texts, quotes: new Map(Object.entries(known)) };
});

/** Words that the server's lines consist of, so that names and texts often look like them. */
const words = [
  ..."anna bruno xavier yan You The 2 here (2 here) (2 here). left joined is now replies to edited deleted a message. reacted with 👍 to".split(
    " ",
  ),
  ..."removed from changed the topic of dev to (away) edited waves agrees ha modificato Entra Esce da in ora si chiama".split(
    " ",
  ),
  ...'* ~ … [lobby] [dev] [from anna] [to anna] anna: bruno: xavier: , : ; ( ) ! . - " « [2026-11-21 10:04] 10:04] ] ['.split(
    " ",
  ),
];
const phrase = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((some) => some.join(" "));
const name = fc
  .oneof(phrase, fc.string({ unit: "grapheme" }))
  .map(parseName)
  .filter((read) => read.ok)
  .map((read) => read.name);
const text = fc
  .oneof(
    phrase,
    fc.array(phrase, { maxLength: 3 }).map((some) => some.join("\n")),
    fc.string({ unit: "grapheme" }),
  )
  .map(readText)
  .filter((read) => read.ok)
  .map((read) => read.text);
const room = fc.constantFrom("lobby", "dev", "joined", "here");
const count = fc.integer({ min: 1, max: 3 });
const said = { msgid: fc.constant("m"), seq: fc.constant(1), time: fc.constant(time) };
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const event: fc.Arbitrary<RoomEvent> = fc.oneof(
  fc.record({
    type: fc.constant("message" as const),
    room: fc.oneof(
      room,
      name.map((other) => `@${other}`),
    ),
    ...said,
    from: name,
    text,
    action: fc.boolean(),
    reply: maybe(fc.constant("q")),
  }),
  fc.record({
    type: fc.constant("edit" as const),
    room: fc.oneof(
      room,
      name.map((other) => `@${other}`),
    ),
    ...said,
    from: name,
    text,
  }),
  fc.record({ type: fc.constant("delete" as const), room, ...said, from: name }),
  fc.record({
    type: fc.constant("react" as const),
    room,
    ...said,
    from: name,
    emoji: fc.constantFrom("👍", "🎉"),
    on: fc.boolean(),
    reactions: fc.constant([]),
  }),
  fc.record({ type: fc.constant("member-joined" as const), room, name, count, time: fc.constant(time) }),
  fc.record({
    type: fc.constant("member-left" as const),
    room,
    name,
    count,
    time: fc.constant(time),
    reason: fc.constantFrom("quit", "lost", "too-slow"),
  }),
  fc.record({
    type: fc.constant("member-renamed" as const),
    room: fc.constant("lobby"),
    from: name,
    to: name,
    time: fc.constant(time),
  }),
  fc.record({
    type: fc.constant("topic" as const),
    room,
    topic: text.map((topic) => topic.replaceAll("\n", " ")),
    from: name,
    time: fc.constant(time),
  }),
) as fc.Arbitrary<RoomEvent>;

const past: fc.Arbitrary<HistoryMessage> = fc.record({
  type: fc.constant("message" as const),
  ...said,
  from: name,
  text,
  action: fc.boolean(),
  edited: fc.boolean(),
  reactions: fc.constantFrom([], [{ emoji: "👍", count: 1, from: ["anna"] }]),
});

/** What an event tells its reader, apart from its number and the current room. */
function meaning(how: string, told: RoomEvent | HistoryMessage): string {
  if (told.type === "message") {
    const {
      room = "",
      from,
      text,
      action = false,
      reply,
      edited = false,
      reactions = [],
    } = told as HistoryMessage & { room?: string };
    const where = room.startsWith("@") || how !== "here" ? room : "";
    const lines = how.startsWith("past") ? [text, edited, reactions.length] : [text];
    const who = room.startsWith("@") && !action && reply === undefined ? from === room.slice(1) : from;
    return JSON.stringify([how, "message", where, who, action, reply ?? "", ...lines]);
  }
  const { time: _, seq: _seq, msgid: _msgid, reactions: _reactions, ...rest } = told as Record<string, unknown>;
  const isHere =
    ["edit", "delete", "react"].includes(told.type) && how === "here" && !String(rest.room).startsWith("@");
  return JSON.stringify([how, isHere ? { ...rest, room: "" } : rest]);
}

type Told =
  | { how: "here"; event: RoomEvent }
  | { how: "elsewhere"; event: EntryEvent }
  | { how: "past" | "past found"; event: HistoryMessage };
const isEntry = (each: RoomEvent): each is EntryEvent => ["message", "edit", "delete", "react"].includes(each.type);

const told: fc.Arbitrary<Told> = fc.oneof(
  event.map((each): Told => ({ how: "here", event: each })),
  event
    .filter(isEntry)
    .filter((each) => !each.room.startsWith("@"))
    .map((each): Told => ({ how: "elsewhere", event: each })),
  past.map((each): Told => ({ how: "past", event: each })),
  past.map((each): Told => ({ how: "past found", event: each })),
);

function linesOf(wording: Wording, told: Told): PlainLine[] {
  switch (told.how) {
    case "here":
      return eventLines(wording, told.event);
    case "elsewhere":
      return elsewhereLines(wording, told.event);
    case "past":
      return historyMessageLines(wording, "dev", [told.event]);
    case "past found":
      return foundLines(wording, { ...told.event, room: "dev" });
  }
}

/** Everything that could be meant to look like a line: its pieces as names and as texts, in all combinations. */
function forgeries(line: string): Told[] {
  const ends = [...line.matchAll(/ |$/g)].map(({ index }) => index).slice(0, 16);
  const begins = [0, ...ends.map((end) => end + 1)];
  const names = begins.flatMap((from) =>
    ends.flatMap((to) => {
      const typed = line.slice(from, to).replace(/^"|["\]:]+$/g, "");
      const read = parseName(typed);
      return to > from && read.ok && read.name === typed ? [{ from: typed, rest: line.slice(to + 1) }] : [];
    }),
  );
  const common = { msgid: "m", seq: 1, time };
  const texts = begins.map((from) => line.slice(from)).filter((rest) => rest !== "");
  return names.flatMap(({ from, rest }): Told[] => {
    const room = `@${from}`;
    const said = { type: "message", ...common, from, text: rest } as const;
    const unmarked = { ...said, text: rest.replace(/ [(]?(?:edited|modificato)[)]?$/, "") };
    return [
      { how: "here", event: { ...said, room: "lobby" } },
      { how: "here", event: { ...said, room: "lobby", action: true } },
      { how: "here", event: { ...said, room, action: true } },
      { how: "here", event: { ...common, type: "edit", room: "lobby", from, text: rest } },
      { how: "here", event: { ...common, type: "edit", room, from, text: rest } },
      { how: "here", event: { type: "topic", room: "dev", topic: rest, from, time } },
      { how: "here", event: { type: "member-renamed", room: "lobby", from, to: rest, time } },
      ...[1, 2].map(
        (count): Told => ({ how: "here", event: { type: "member-joined", room: "lobby", name: from, count, time } }),
      ),
      ...texts.map((text): Told => ({ how: "here", event: { ...said, room, text } })),
      ...[false, true].flatMap((action): Told[] => [
        { how: "elsewhere", event: { ...said, room: "dev", action } },
        { how: "past", event: { ...said, action } },
        { how: "past", event: { ...unmarked, action, edited: true } },
      ]),
    ];
  });
}

describe.each(wordings.map((wording, index) => [Object.keys(textsOf)[index], wording] as const))(
  "in %s",
  (_language, wording) => {
    const renderers = createPlainRenderers(wording, 1_024);

    test.each(["\n", "chunk"] as const)("two different things never read the same, ended by %j", (ending) => {
      const renderer = renderers[ending];
      const shown = (each: Told) =>
        renderer
          .lines(linesOf(wording, each))
          .map((bytes) => Buffer.from(bytes).toString())
          .join("\n");
      fc.assert(
        fc.property(told, (each) => {
          const bytes = shown(each);
          const same = forgeries(bytes.trimEnd()).filter((forged) => shown(forged) === bytes);
          const meanings = new Set([each, ...same].map((one) => meaning(one.how, one.event)));
          expect([...meanings], bytes).toHaveLength(1);
        }),
        { numRuns: 200 },
      );
    });

    test("nobody's line begins like the server's, and a message begins with its sender", () => {
      fc.assert(
        fc.property(event, (each) => {
          for (const { head } of eventLines(wording, each)) {
            if (each.type !== "message") expect(head).toMatch(/^\* /);
            else if (!each.room.startsWith("@") && !each.action)
              expect(head === "* " || head === `${each.from}: `).toBe(true);
          }
        }),
      );
    });
  },
);

test.each<[string, RoomEvent, RoomEvent]>([
  [
    "a name that holds a notice",
    { type: "member-left", room: "lobby", name: "xavier", count: 2, time, reason: "quit" },
    { type: "member-left", room: "lobby", name: "xavier left (2 here). yan", count: 1, time, reason: "quit" },
  ],
  [
    "a name that holds the beginning of an action",
    { type: "message", room: "lobby", msgid: "m", seq: 1, time, from: "xavier", text: "agrees to pay", action: true },
    { type: "message", room: "lobby", msgid: "m", seq: 1, time, from: "xavier agrees", text: "to pay", action: true },
  ],
  [
    "a private text that looks like an action",
    { type: "message", room: "@anna", msgid: "m", seq: 1, time, from: "anna", text: "waves", action: true },
    { type: "message", room: "@anna", msgid: "m", seq: 1, time, from: "anna", text: "~ anna waves" },
  ],
  [
    "a private text that looks like a notice",
    { type: "edit", room: "@anna", msgid: "m", seq: 1, time, from: "anna", text: "x" },
    { type: "message", room: "@anna", msgid: "m", seq: 1, time, from: "anna", text: "* anna edited: x" },
  ],
  [
    "an answer to what was deleted, and one to who says that it was",
    { type: "message", room: "lobby", msgid: "m", seq: 1, time, from: "anna", text: "x", reply: "gone" },
    { type: "message", room: "lobby", msgid: "m", seq: 1, time, from: "anna", text: "x", reply: "typed" },
  ],
])("%s reads otherwise", (_what, one, other) => {
  for (const wording of wordings) {
    const read = (each: RoomEvent) => eventLines(wording, each).map(({ head, text: rest }) => head + rest);
    expect(read(one)).not.toEqual(read(other));
  }
});
