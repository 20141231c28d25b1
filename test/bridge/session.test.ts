/** A session by itself: how it joins, quits, reconnects and posts. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import {
  clock,
  error,
  info,
  limits,
  listeners,
  names,
  over,
  page,
  post,
  posts,
  quits,
  session,
  taken,
  upstream,
} from "./session-rig.ts";

describe("joining", () => {
  it("is answered once the server has taken the name, as the server writes it", async () => {
    const answer = session.join("  anna ");
    expect(names).toEqual(["anna"]);
    upstream().online(info, "Anna");
    expect(await answer).toEqual({ ok: true, name: "Anna" });
    expect(page.connections).toEqual([
      { phase: "connecting", attempt: 1 },
      { phase: "online", upstream: info },
    ]);
    expect(page.names).toEqual(["Anna"]);
  });

  it.each(["", "{quit}", "* anna", "an\u0000na"])("with the name %j is refused without a connection", async (name) => {
    expect(await session.join(name)).toMatchObject({ ok: false, code: "name-invalid" });
    expect(listeners).toEqual([]);
  });

  it("that the server refuses ends idle, with the reason", async () => {
    const answer = session.join("anna");
    upstream().closed({ kind: "refused", refusal: taken });
    expect(await answer).toEqual({ ok: false, ...taken });
    expect(page.connections.at(-1)).toEqual({ phase: "idle", refusal: taken });
    session.join("bruno");
    expect(names).toEqual(["anna", "bruno"]);
  });

  it("goes on while the server cannot be reached, ever more slowly", () => {
    session.join("anna");
    for (const retryInMs of [250, 500, 1_000]) {
      upstream().closed({ kind: "lost", error });
      expect(page.connections.at(-1)).toMatchObject({ phase: "waiting", retryInMs, error });
      const opened = listeners.length;
      clock.advance(retryInMs - 1);
      expect(listeners).toHaveLength(opened);
      clock.advance(1);
      expect(listeners).toHaveLength(opened + 1);
      expect(page.connections.at(-1)).toEqual({ phase: "connecting", attempt: opened + 1 });
    }
  });

  it("while it waits is cancelled by quitting", async () => {
    const answer = session.join("anna");
    upstream().closed({ kind: "lost", error });
    await session.quit();
    expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
    expect(page.connections.at(-1)).toEqual({ phase: "idle" });
    clock.advance(60_000);
    expect(listeners).toHaveLength(1);
  });

  it("twice with one name is one connection, with another name an error", async () => {
    const first = session.join("anna");
    const second = session.join("anna");
    upstream().online(info, "anna");
    const ok = { ok: true, name: "anna" };
    expect([await first, await second, await session.join("ANNA")]).toEqual([ok, ok, ok]);
    expect(await session.join("bruno")).toMatchObject({ ok: false, code: "logged-in" });
    expect(listeners).toHaveLength(1);
  });

  it("more often than the bound, while nobody answers, is answered busy", async () => {
    const answers = Array.from({ length: limits.joinsPendingMax }, () => session.join("anna"));
    expect(await session.join("anna")).toMatchObject({ ok: false, code: "busy" });
    upstream().online(info, "anna");
    expect(await Promise.all(answers)).toEqual(answers.map(() => ({ ok: true, name: "anna" })));
    expect(listeners).toHaveLength(1);
  });

  it("right after quitting waits until the old connection is closed", async () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.quit();
    const answer = session.join("anna");
    expect(listeners).toHaveLength(1);
    upstream().closed({ kind: "quit" });
    await Promise.resolve().then(() => Promise.resolve());
    expect(listeners).toHaveLength(2);
    upstream().online(info, "anna");
    expect(await answer).toEqual({ ok: true, name: "anna" });
  });
});

it("quitting is asked of the server once, and more often than the bound answered at once", async () => {
  session.join("anna");
  upstream().online(info, "anna");
  let answered = 0;
  const quit = () => void session.quit().then(() => (answered += 1));
  for (let asked = 0; asked < limits.joinsPendingMax; asked++) quit();
  await Promise.resolve();
  expect([quits, answered]).toEqual([1, 0]);
  await session.quit();
  expect(answered).toBe(0);
  upstream().closed({ kind: "quit" });
  await session.quit();
  expect(answered).toBe(limits.joinsPendingMax);
});

it("joining right after quitting is called off when the page goes meanwhile: nobody would ever leave again", async () => {
  session.join("anna");
  upstream().online(info, "anna");
  session.quit();
  const answer = session.join("anna");
  session.detach(page);
  upstream().closed({ kind: "quit" });
  expect(await answer).toMatchObject({ ok: false, code: "cancelled" });
  expect([listeners.length, over]).toEqual([1, 1]);
});

describe("a lost connection", () => {
  beforeEach(() => {
    session.join("anna");
    upstream().online(info, "anna");
  });

  it("is made again under the same name", () => {
    upstream().closed({ kind: "lost", error });
    clock.advance(250);
    upstream().online(info, "anna");
    expect(names).toEqual(["anna", "anna"]);
    expect(page.connections.map(({ phase }) => phase)).toEqual([
      "connecting",
      "online",
      "waiting",
      "connecting",
      "online",
    ]);
  });

  it("that found the name taken, probably by our ghost, is tried again, but not for ever", () => {
    upstream().closed({ kind: "lost", error });
    for (let taking = 0; taking < limits.nameTakenRetriesMax; taking++) {
      clock.advance(60_000);
      upstream().closed({ kind: "refused", refusal: taken });
      expect(page.connections.at(-1)).toMatchObject({ phase: "waiting", error: taken });
    }
    clock.advance(60_000);
    upstream().closed({ kind: "refused", refusal: taken });
    expect(page.connections.at(-1)).toEqual({ phase: "idle", refusal: taken });
  });

  it("is not hurried back to a server that takes us in only to drop us", () => {
    for (const retryInMs of [250, 500, 1_000]) {
      upstream().closed({ kind: "lost", error });
      expect(page.connections.at(-1)).toMatchObject({ retryInMs });
      clock.advance(retryInMs);
      upstream().online(info, "anna");
    }
    clock.advance(limits.backoffMaxMs);
    upstream().closed({ kind: "lost", error });
    expect(page.connections.at(-1)).toMatchObject({ retryInMs: 250 });
  });

  it("keeps the name it had last, after a rename", async () => {
    upstream().renamed("carla");
    upstream().closed({ kind: "lost", error });
    clock.advance(250);
    expect(names).toEqual(["anna", "carla"]);
    expect(page.names).toEqual(["anna", "carla"]);
  });

  it("that the server meant to end is not made again", () => {
    upstream().closed({ kind: "ended", message: "you were sent away" });
    expect(page.connections.at(-1)).toEqual({ phase: "idle", ended: "you were sent away" });
    clock.advance(60_000);
    expect(listeners).toHaveLength(1);
  });
});

describe("posting", () => {
  it("while not connected is answered offline, and nothing is kept for later", async () => {
    expect(await session.requests.post(post)).toMatchObject({ ok: false, code: "offline" });
    session.join("anna");
    expect(await session.requests.post(post)).toMatchObject({ ok: false, code: "offline" });
    upstream().online(info, "anna");
    expect(posts).toEqual([]);
  });

  it("more at once than the bound is answered busy", async () => {
    session.join("anna");
    upstream().online(info, "anna");
    session.requests.post(post);
    session.requests.post({ ...post, id: randomUUID() });
    expect(await session.requests.post({ ...post, id: randomUUID() })).toMatchObject({ ok: false, code: "busy" });
    expect(posts).toHaveLength(2);
  });

  it.each([
    ["", "empty"],
    [" \u0007\n", "empty"],
    ["x".repeat(8_193), "too-long"],
    ["x\n".repeat(200).concat("x"), "too-many-lines"],
  ])("an unfit text is refused here", async (text, code) => {
    session.join("anna");
    upstream().online(info, "anna");
    expect(await session.requests.post({ ...post, text })).toMatchObject({ ok: false, code });
    expect(posts).toEqual([]);
  });
});
