/** A session on its own: how it joins, quits, reconnects and posts. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { until } from "./page.ts";
import { error, inChat, info, limits, openSession, post, taken } from "./session-rig.ts";

describe("joining", () => {
  it("is answered once the server has taken the name, as the server writes it", async () => {
    const { session, page, chat } = openSession();
    const answer = session.join("  anna ");
    expect(chat.logins).toEqual(["anna"]);
    chat.connection.online(info, "Anna");
    expect(await answer).toEqual({ ok: true, name: "Anna" });
    expect(page.connections).toEqual([
      { phase: "connecting", attempt: 1 },
      { phase: "online", upstream: info },
    ]);
    expect(page.names).toEqual(["Anna"]);
  });

  it.each(["", "{quit}", "* anna", "an\u0000na"])("with the name %j is refused without a connection", async (name) => {
    const { session, chat } = openSession();
    expect(await session.join(name)).toMatchObject({ ok: false, code: "name-invalid" });
    expect(chat.logins).toEqual([]);
  });

  it("that the server refuses ends idle, with the reason", async () => {
    const { session, page, chat } = openSession();
    const answer = session.join("anna");
    chat.connection.closed({ kind: "refused", refusal: taken });
    expect(await answer).toEqual({ ok: false, ...taken });
    expect(page.connections.at(-1)).toEqual({ phase: "idle", refusal: taken });
    session.join("bruno");
    expect(chat.logins).toEqual(["anna", "bruno"]);
  });

  it("goes on while the server cannot be reached, ever more slowly", () => {
    const { session, page, chat, clock } = openSession();
    session.join("anna");
    for (const retryInMs of [250, 500, 1_000]) {
      chat.connection.closed({ kind: "lost", error });
      expect(page.connections.at(-1)).toMatchObject({ phase: "waiting", retryInMs, error });
      const opened = chat.logins.length;
      clock.advance(retryInMs - 1);
      expect(chat.logins).toHaveLength(opened);
      clock.advance(1);
      expect(chat.logins).toHaveLength(opened + 1);
      expect(page.connections.at(-1)).toEqual({ phase: "connecting", attempt: opened + 1 });
    }
  });

  it("while it waits is cancelled by quitting", async () => {
    const { session, page, chat, clock } = openSession();
    const answer = session.join("anna");
    chat.connection.closed({ kind: "lost", error });
    await session.quit();
    expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
    expect(page.connections.at(-1)).toEqual({ phase: "idle" });
    clock.advance(60_000);
    expect(chat.logins).toHaveLength(1);
  });

  it("twice with one name is one connection, with another name an error", async () => {
    const { session, chat } = openSession();
    const first = session.join("anna");
    const second = session.join("anna");
    chat.connection.online(info, "anna");
    const ok = { ok: true, name: "anna" };
    expect([await first, await second, await session.join("ANNA")]).toEqual([ok, ok, ok]);
    expect(await session.join("bruno")).toMatchObject({ ok: false, code: "logged-in" });
    expect(chat.logins).toHaveLength(1);
  });

  it("more often than the bound, while nobody answers, is answered busy", async () => {
    const { session, chat } = openSession();
    const answers = Array.from({ length: limits.joinsPendingMax }, () => session.join("anna"));
    expect(await session.join("anna")).toMatchObject({ ok: false, code: "busy" });
    chat.connection.online(info, "anna");
    expect(await Promise.all(answers)).toEqual(answers.map(() => ({ ok: true, name: "anna" })));
    expect(chat.logins).toHaveLength(1);
  });

  it("right after quitting waits until the old connection is closed", async () => {
    const { session, page, chat } = inChat();
    session.quit();
    const answer = session.join("anna");
    expect(page.connections.at(-1)?.phase).toBe("online");
    chat.connection.closed({ kind: "quit" });
    await until(() => page.connections.at(-1)?.phase === "connecting");
    chat.connection.online(info, "anna");
    expect(await answer).toEqual({ ok: true, name: "anna" });
    expect(page.connections.map(({ phase }) => phase)).toEqual([
      "connecting",
      "online",
      "idle",
      "connecting",
      "online",
    ]);
  });
});

it("quitting is asked of the server once, and more often than the bound answered at once", async () => {
  const { session, page, chat } = inChat();
  const answered: string[] = [];
  const quit = (which: string) => session.quit().then(() => answered.push(which));
  const first = Array.from({ length: limits.joinsPendingMax }, () => quit("first"));
  await quit("one more");
  expect(answered).toEqual(["one more"]);
  expect(page.connections.at(-1)?.phase).toBe("online");
  chat.connection.closed({ kind: "quit" });
  await Promise.all(first);
  expect(page.connections.at(-1)).toEqual({ phase: "idle" });
  expect(chat.goodbyes).toBe(1);
});

it("joining right after quitting is called off when the page goes meanwhile: nobody would ever leave again", async () => {
  const { session, page, chat, over } = inChat();
  session.quit();
  const answer = session.join("anna");
  session.detach(page);
  chat.connection.closed({ kind: "quit" });
  expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
  expect(chat.logins).toEqual(["anna"]);
  expect(over).toHaveBeenCalledOnce();
});

describe("a lost connection", () => {
  it("is made again under the same name", () => {
    const { page, chat, clock } = inChat();
    chat.connection.closed({ kind: "lost", error });
    clock.advance(250);
    chat.connection.online(info, "anna");
    expect(chat.logins).toEqual(["anna", "anna"]);
    expect(page.connections.map(({ phase }) => phase)).toEqual([
      "connecting",
      "online",
      "waiting",
      "connecting",
      "online",
    ]);
  });

  it("that found the name taken, probably by our ghost, is tried again, but not for ever", () => {
    const { page, chat, clock } = inChat();
    chat.connection.closed({ kind: "lost", error });
    for (let taking = 0; taking < limits.nameTakenRetriesMax; taking++) {
      clock.advance(60_000);
      chat.connection.closed({ kind: "refused", refusal: taken });
      expect(page.connections.at(-1)).toMatchObject({ phase: "waiting", error: taken });
    }
    clock.advance(60_000);
    chat.connection.closed({ kind: "refused", refusal: taken });
    expect(page.connections.at(-1)).toEqual({ phase: "idle", refusal: taken });
  });

  it("is not hurried back to a server that takes us in only to drop us", () => {
    const { page, chat, clock } = inChat();
    for (const retryInMs of [250, 500, 1_000]) {
      chat.connection.closed({ kind: "lost", error });
      expect(page.connections.at(-1)).toMatchObject({ retryInMs });
      clock.advance(retryInMs);
      chat.connection.online(info, "anna");
    }
    clock.advance(limits.backoffMaxMs);
    chat.connection.closed({ kind: "lost", error });
    expect(page.connections.at(-1)).toMatchObject({ retryInMs: 250 });
  });

  it("keeps the name it had last, after a rename", async () => {
    const { page, chat, clock } = inChat();
    chat.connection.renamed("carla", true);
    chat.connection.closed({ kind: "lost", error });
    clock.advance(250);
    expect(chat.logins).toEqual(["anna", "carla"]);
    chat.connection.online(info, "carla");
    chat.connection.renamed("carla", true);
    expect(page.names).toEqual(["anna", "carla", "carla"]);
  });

  it("that the server meant to end is not made again", () => {
    const { page, chat, clock } = inChat();
    chat.connection.closed({ kind: "ended", message: "you were sent away" });
    expect(page.connections.at(-1)).toEqual({ phase: "idle", ended: "you were sent away" });
    clock.advance(60_000);
    expect(chat.logins).toHaveLength(1);
  });
});

describe("posting", () => {
  it("while not connected is answered offline, and nothing is kept for later", async () => {
    const { session, chat } = openSession();
    expect(await session.requests.post(post)).toMatchObject({ ok: false, code: "offline" });
    session.join("anna");
    expect(await session.requests.post(post)).toMatchObject({ ok: false, code: "offline" });
    chat.connection.online(info, "anna");
    expect(chat.posts).toEqual([]);
  });

  it("more at once than the bound is answered busy", async () => {
    const { session, chat } = inChat();
    session.requests.post(post);
    session.requests.post({ ...post, id: randomUUID() });
    expect(await session.requests.post({ ...post, id: randomUUID() })).toMatchObject({ ok: false, code: "busy" });
    expect(chat.posts).toHaveLength(2);
  });

  it.each([
    ["", "empty"],
    [" \u0007\n", "empty"],
    ["x".repeat(8_193), "too-long"],
    ["x\n".repeat(200).concat("x"), "too-many-lines"],
  ])("an unfit text is refused here", async (text, code) => {
    const { session, chat } = inChat();
    expect(await session.requests.post({ ...post, text })).toMatchObject({ ok: false, code });
    expect(chat.posts).toEqual([]);
  });
});
