/** What every message log guarantees about changes to messages, tested on each implementation. */
import { describe, expect, test } from "vitest";
import type { ChangeDraft } from "../../server/chat/ports.ts";
import { by, draft, implementations, personCalled, say, search } from "./logs.ts";

/** A change to a message, by bruno. */
const toMessage = (msgid: string, from = "bruno") => ({
  conversation: "lobby",
  id: crypto.randomUUID(),
  ...by(from),
  msgid,
});
const react = (msgid: string, emoji: string, on = true): ChangeDraft => ({
  ...toMessage(msgid),
  type: "react",
  emoji,
  on,
});

describe.each(implementations)("a log %s", (_name, open) => {
  test("each change takes the next number, and the message is from then on as it is now", async () => {
    const log = open();
    const ciao = await say(log, "ciao");
    const [edited, reacted] = await log.append([
      { ...toMessage(ciao, "Anna"), type: "edit", text: "ciao a tutti" },
      react(ciao, "👍"),
      draft("after"),
    ]);
    expect(edited).toMatchObject({ ok: true, entry: { type: "edit", seq: 2, msgid: ciao, text: "ciao a tutti" } });
    const reactions = [{ emoji: "👍", from: [by("bruno").author] }];
    expect(reacted).toMatchObject({
      ok: true,
      entry: { type: "react", seq: 3, emoji: "👍", on: true, count: 1, names: ["bruno"] },
    });
    expect(await log.log.lastSeq("lobby")).toBe(4);
    const [message] = await log.messages("lobby", { limit: 10 });
    expect(message).toMatchObject({
      msgid: ciao,
      seq: 1,
      from: "anna",
      person: personCalled("anna"),
      text: "ciao a tutti",
      edited: true,
      reactions,
    });
    expect(await log.log.find(ciao)).toEqual({ ...message, conversation: "lobby" });
  });

  test("everything that happened is told in order, with what it is about as that is now", async () => {
    const log = open();
    const ciao = await say(log, "ciao");
    await log.append([{ ...toMessage(ciao, "anna"), type: "edit", text: "first" }]);
    await say(log, "between");
    await log.append([{ ...toMessage(ciao, "anna"), type: "edit", text: "second" }]);
    const told = await log.entries("lobby", { limit: 10 });
    expect(told.map((entry) => [entry.seq, entry.type, "text" in entry && entry.text])).toEqual([
      [1, "message", "second"],
      [2, "edit", "second"],
      [3, "message", "text of between"],
      [4, "edit", "second"],
    ]);
    expect((await log.entries("lobby", { limit: 2 })).map(({ seq }) => seq)).toEqual([3, 4]);
    expect((await log.entries("lobby", { limit: 2, before: 4 })).map(({ seq }) => seq)).toEqual([2, 3]);
    expect((await log.entries("lobby", { limit: 2, after: 1 })).map(({ seq }) => seq)).toEqual([2, 3]);
    expect((await log.messages("lobby", { limit: 2 })).map(({ seq }) => seq)).toEqual([1, 3]);
  });

  test("an id is its sender's own, of each kind of change, and that of a message is none of a change", async () => {
    const log = open();
    const ciao = await say(log, "ciao");
    const id = "the same";
    const [by1, by2, again, message, edit] = await log.append([
      { ...react(ciao, "👍"), id },
      { ...react(ciao, "🎉"), ...by("carla"), id },
      { ...react(ciao, "👍"), id },
      draft(id),
      { ...toMessage(ciao, "anna"), type: "edit", text: "ciao!", id },
    ]);
    expect([by1, by2, again, message, edit].map((each) => each?.ok && each.duplicate)).toEqual([
      ...[false, false, true, false, false],
    ]);
    expect((await log.log.find(ciao))?.text).toBe("ciao!");
    expect((await log.log.find(ciao))?.reactions).toEqual([
      { emoji: "👍", from: [by("bruno").author] },
      { emoji: "🎉", from: [by("carla").author] },
    ]);
  });

  test("of what is deleted nothing stays but that it was there, and nothing more can be done to it", async () => {
    const log = open();
    const secret = await say(log, "secret", { action: true });
    await log.append([react(secret, "👍"), { ...toMessage(secret, "anna"), type: "edit", text: "secret indeed" }]);
    await log.append([{ ...toMessage(secret, "anna"), type: "delete" }]);
    const time = "2026-11-21T10:00:00.000Z";
    expect(await log.messages("lobby", { limit: 10 })).toEqual([
      {
        type: "message",
        msgid: secret,
        seq: 1,
        time,
        from: "anna",
        person: personCalled("anna"),
        text: "",
        deleted: true,
      },
    ]);
    expect(JSON.stringify(await log.entries("lobby", { limit: 10 }))).not.toContain("secret");
    expect(await search(log, { words: ["secret"] })).toEqual([]);
    expect(await search(log, { words: [], from: "anna" })).toEqual([]);
    expect(await log.append([react(secret, "👍")])).toEqual([{ ok: false, code: "no-such-message" }]);
  });

  test("an edited message is found by its new words and not by the old ones", async () => {
    const log = open();
    const msgid = await say(log, "m", { text: "apples" });
    await log.append([{ ...toMessage(msgid, "anna"), type: "edit", text: "pears" }]);
    expect(await search(log, { words: ["apples"] })).toEqual([]);
    expect(await search(log, { words: ["pears"] })).toMatchObject([{ msgid, text: "pears", edited: true }]);
  });

  test("reactions are one of each kind for each person, and can be taken back", async () => {
    const log = open();
    const msgid = await say(log, "m");
    const reactions = async () => (await log.log.find(msgid))?.reactions;
    await log.append([react(msgid, "👍"), react(msgid, "🎉"), { ...react(msgid, "👍"), ...by("carla") }]);
    expect(await reactions()).toEqual([
      { emoji: "👍", from: [by("bruno").author, by("carla").author] },
      { emoji: "🎉", from: [by("bruno").author] },
    ]);
    expect(await log.append([react(msgid, "👍"), react(msgid, "😂", false)])).toEqual([{ ok: true }, { ok: true }]);
    await log.append([{ ...react(msgid, "👍", false), ...by("BRUNO") }, react(msgid, "🎉", false)]);
    expect(await reactions()).toEqual([{ emoji: "👍", from: [by("carla").author] }]);
    await log.append([{ ...react(msgid, "👍", false), ...by("carla") }]);
    expect(await reactions()).toBeUndefined();
    expect(await log.log.lastSeq("lobby")).toBe(7);
  });

  test("so many reactions and no more", async () => {
    const log = open();
    const msgid = await say(log, "m");
    const many = Array.from({ length: 100 }, (_, index) => ({ ...react(msgid, "👍"), ...by(`person ${index}`) }));
    expect((await log.append(many)).every(({ ok }) => ok)).toBe(true);
    expect(await log.append([react(msgid, "👍")])).toEqual([{ ok: false, code: "too-many-reactions" }]);
  });

  test("only one's own, only what is there, only where it is", async () => {
    const log = open();
    const msgid = await say(log, "m");
    await say(log, "x", { conversation: "dev" });
    const refused = await log.append([
      { ...toMessage(msgid), type: "edit", text: "mine" },
      { ...toMessage(msgid), type: "delete" },
      react("nothing", "👍"),
      { ...react(msgid, "👍"), conversation: "dev" },
      { ...react(msgid, "👍"), conversation: "nowhere" },
      { ...draft("y"), reply: "nothing" },
      { ...draft("z"), conversation: "dev", reply: msgid },
    ]);
    const missing = { ok: false, code: "no-such-message" };
    const notYours = { ok: false, code: "not-yours" };
    expect(refused).toEqual([notYours, notYours, missing, missing, missing, missing, missing]);
    expect(await log.log.lastSeq("lobby")).toBe(1);
    expect(await log.log.lastSeq("nowhere")).toBe(0);
    expect((await log.log.rooms()).map(({ name }) => name)).not.toContain("nowhere");
  });

  test("a change that is sent again is the same change", async () => {
    const log = open();
    const msgid = await say(log, "m");
    const change: ChangeDraft = { ...toMessage(msgid, "anna"), type: "edit", text: "once" };
    const [first] = await log.append([change]);
    await log.append([{ ...change, id: crypto.randomUUID(), text: "twice" }]);
    expect(await log.append([change])).toMatchObject([{ ok: true, duplicate: true, entry: { seq: 2 } }]);
    expect(first).toMatchObject({ duplicate: false, entry: { seq: 2 } });
    expect((await log.log.find(msgid))?.text).toBe("twice");
  });

  test("an answer knows what it answers, even when that is changed", async () => {
    const log = open();
    const question = await say(log, "question");
    const answer = await say(log, "answer", { reply: question });
    await log.append([{ ...toMessage(answer, "anna"), type: "edit", text: "better" }]);
    expect(await log.log.find(answer)).toMatchObject({ reply: question, text: "better" });
  });

  test("however often one is changed, the messages that are kept stay, and the changes are bounded", async () => {
    const log = open();
    const msgid = await say(log, "m");
    await say(log, "n");
    const toggles = Array.from({ length: 60 }, (_, index) => react(msgid, "👍", index % 2 === 0));
    await log.append(toggles);
    await log.log.forget({ messagesMax: 2 });
    expect((await log.messages("lobby", { limit: 10 })).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await log.entries("lobby", { limit: 100 })).map(({ seq }) => seq)).toEqual([
      ...[1, 2],
      ...Array.from({ length: 20 }, (_, index) => 43 + index),
    ]);
  });

  test("who has another name now can still change what they said, and takes back their reaction", async () => {
    const log = open();
    const msgid = await say(log, "m", by("bruno"));
    await log.append([react(msgid, "👍")]);
    const renamed = by("bea", "bruno");
    const [taken] = await log.append([{ ...react(msgid, "👍", false), ...renamed }]);
    expect(taken).toMatchObject({ ok: true, entry: { count: 0, names: [] } });
    const [edited] = await log.append([{ ...toMessage(msgid), ...renamed, type: "edit", text: "mine" }]);
    expect(edited).toMatchObject({ ok: true, entry: { text: "mine" } });
  });

  test("a change whose message is forgotten is still in its place", async () => {
    const log = open();
    const msgid = await say(log, "m");
    await say(log, "n");
    await log.append([react(msgid, "👍"), { ...toMessage(msgid, "anna"), type: "edit", text: "late" }]);
    await log.log.forget({ messagesMax: 1 });
    const told = await log.entries("lobby", { limit: 10 });
    expect(told.map(({ type, seq }) => [seq, type])).toEqual([
      [2, "message"],
      [3, "react"],
      [4, "edit"],
    ]);
    expect(told.slice(1)).toMatchObject([{ count: 0, names: [] }, { text: "" }]);
  });
});
