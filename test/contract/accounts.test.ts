/** What every message log guarantees to keep of accounts, and what leaves it. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { KeptAccount, KeptInvitation, KeptSession } from "../../server/chat/account-ports.ts";
import type { Note, PeopleNote } from "../../server/chat/ports.ts";
import { ArchiveReader } from "../../server/store/archive.ts";
import { implementations, openInFolder, openSqlite, personCalled, say, TestLog } from "./logs.ts";

const anna = personCalled("anna");
const person: PeopleNote = {
  type: "person",
  person: anna,
  name: "anna",
  seen: "2026-11-21T10:00:00.000Z",
  tookPart: true,
  names: [{ spelled: "anna", isUsed: true }],
};
const account: KeptAccount = { name: "anna", hash: "$argon2id$hash", scram: "SCRAM$keys", mustChange: false };
const session = (id: string, seen = "2026-11-21T10:00:00.000Z"): KeptSession => ({
  id,
  hash: `hash of ${id}`,
  device: "laptop",
  made: "2026-11-20T10:00:00.000Z",
  seen,
});
const invitation = (id: string, made = "2026-11-21T10:00:00.000Z"): KeptInvitation => ({
  id,
  hash: `hash of ${id}`,
  maker: anna,
  by: "anna",
  uses: 3,
  made,
  until: "2026-12-01T00:00:00.000Z",
});
const accountNote = (changes: Partial<KeptAccount> = {}): Note => ({
  type: "account",
  person: anna,
  account: { ...account, ...changes },
});

describe.each(implementations)("a log %s", (_name, open) => {
  test("takes accounts, sessions and invitations, also of people whom it does not know", async () => {
    const log = open();
    const sessions: Note = { type: "sessions", person: anna, sessions: [session("a")] };
    expect(await log.note([accountNote(), sessions])).toBe(true);
    expect(await log.note([person, accountNote(), sessions, { type: "account", person: anna }])).toBe(true);
    expect(await log.note([{ type: "invitation", id: "a", invitation: invitation("a") }])).toBe(true);
    expect(
      await log.note([
        { type: "invitation", id: "a" },
        { type: "invitation", id: "b" },
      ]),
    ).toBe(true);
  });

  test("has a secret of its own, which stays the same", async () => {
    const { log } = open();
    const secret = await log.secret();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await log.secret()).toBe(secret);
    expect(await open().log.secret()).not.toBe(secret);
  });
});

describe("a log in SQLite", () => {
  const kept = async ({ log }: TestLog) => (await log.people()).map(({ account, sessions }) => ({ account, sessions }));

  test("keeps an account and its changes, until there is none any more", async () => {
    const log = openInFolder();
    await log.note([person, accountNote()]);
    expect(await kept(log)).toEqual([{ account, sessions: [] }]);
    await log.note([accountNote({ hash: "other", mustChange: true })]);
    expect(await kept(log)).toMatchObject([{ account: { hash: "other", mustChange: true } }]);
    await log.note([{ type: "account", person: anna }]);
    expect(await kept(log)).toEqual([{ account: undefined, sessions: [] }]);
  });

  test("keeps sessions, the one that was used last at the end", async () => {
    const log = openInFolder();
    const early = session("b", "2026-11-21T10:00:00.000Z");
    const late = session("a", "2026-11-22T10:00:00.000Z");
    await log.note([person, { type: "sessions", person: anna, sessions: [late, early] }]);
    expect((await kept(log))[0]?.sessions).toEqual([early, late]);
    await log.note([{ type: "sessions", person: anna, sessions: [late] }]);
    expect((await kept(log))[0]?.sessions).toEqual([late]);
  });

  test("keeps nothing of somebody who is forgotten, or whom it never knew", async () => {
    const log = openInFolder();
    const sessions: Note = { type: "sessions", person: anna, sessions: [session("a")] };
    await log.note([person, accountNote(), sessions, { type: "forgotten", person: anna }]);
    await log.note([accountNote(), sessions]);
    await log.note([person]);
    expect(await kept(log)).toEqual([{ account: undefined, sessions: [] }]);
  });

  test("keeps invitations, the one that was made first at the beginning, and how often each can still be used", async () => {
    const log = openInFolder();
    const [late, early] = [invitation("a", "2026-11-22T10:00:00.000Z"), invitation("b", "2026-11-21T10:00:00.000Z")];
    await log.note([late, early].map((each) => ({ type: "invitation", id: each.id, invitation: each })));
    expect(await log.log.invitations()).toEqual([early, late]);
    await log.note([{ type: "invitation", id: "a", invitation: { ...late, uses: 1 } }]);
    expect(await log.log.invitations()).toEqual([early, { ...late, uses: 1 }]);
    await log.note([{ type: "invitation", id: "b" }]);
    expect(await log.log.invitations()).toEqual([{ ...late, uses: 1 }]);
  });

  test("is backed up with its accounts for its owner only, and exported without them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "salotto-accounts-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [file, copy] = ["salotto.db", "copy.db"].map((name) => join(folder, name)) as [string, string];
    const store = openSqlite({ file });
    const log = new TestLog(store);
    await log.note([person, accountNote()]);
    await say(log, "a");
    const reader = new ArchiveReader(file);
    reader.backup(copy);
    const exported = JSON.stringify([...reader.messages("lobby")]);
    reader.close();
    await store.close();
    expect(exported).toContain("text of a");
    expect(exported).not.toContain(account.hash);
    expect(readFileSync(copy).includes(account.hash)).toBe(true);
    expect(statSync(copy).mode & 0o077).toBe(0);
    const restored = openSqlite({ file: copy });
    expect(await kept(new TestLog(restored))).toEqual([{ account, sessions: [] }]);
    await restored.close();
  });
});
