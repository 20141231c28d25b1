/** What becomes of accounts when the database cannot be written. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { startTestServer, type TestServer } from "../../support/test-server.ts";
import { type Asking, connect, join, password } from "./rig.ts";

interface Restartable {
  /** Starts a server on the same data as the one before. */
  start(): Promise<TestServer>;
  /** Keeps the server from writing. @returns what lets it write again */
  hold(): () => void;
}

function onDisk(): Restartable {
  const data = mkdtempSync(joinPath(tmpdir(), "salotto-unstored-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return {
    start: () => startTestServer({ data, limits: { databaseBusyMs: 50 } }),
    hold: () => {
      const other = new DatabaseSync(joinPath(data, "salotto.db"));
      other.exec("BEGIN IMMEDIATE");
      return () => {
        other.exec("ROLLBACK");
        other.close();
      };
    },
  };
}

const say = (asking: Asking, text: string, room = "lobby") =>
  asking.get("post", { room, id: crypto.randomUUID(), text });

test("whoever could not register may try again, and keeps what they have said", async () => {
  const { start, hold } = onDisk();
  const server = await start();
  const anna = await join(server, "anna");
  await say(anna, "mine");
  const release = hold();
  expect(await anna.ask("register", { password })).toMatchObject({ code: "not-stored" });
  release();
  await anna.get("register", { password });
  expect(await anna.get("history", { room: "lobby" })).toMatchObject({ messages: [{ text: "mine", own: true }] });
});

test("what somebody said and received before stays nobody's when it could not be stored at first", async () => {
  const { start, hold } = onDisk();
  const server = await start();
  const bruno = await join(server, "bruno");
  const anna = await join(server, "anna");
  await say(anna, "psst", "@bruno");
  await anna.get("quit");
  await anna.client.ended();
  const release = hold();
  expect(await (await connect(server)).ask("register", { name: "anna", password })).toMatchObject({
    code: "not-stored",
  });
  release();
  await say(bruno, "later");
  await server.close();
  const later = await start();
  const thief = await connect(later);
  expect(await thief.ask("login", { name: "anna (1)" })).toMatchObject({ code: "name-registered" });
  await thief.get("login", { name: "anna" });
  expect(await thief.get("history", { room: "@bruno" })).toMatchObject({ messages: [] });
});
