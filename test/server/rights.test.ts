/** What somebody may do with a room that they are not in: know it, and nothing else. */
import { expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";

const id = crypto.randomUUID();

test.each([
  ["post", { id, text: "ciao" }, "not-in-room"],
  ["edit", { id, msgid: id, text: "ciao" }, "not-in-room"],
  ["delete", { id, msgid: id }, "not-in-room"],
  ["react", { id, msgid: id, emoji: "👍" }, "not-in-room"],
  ["typing", {}, "not-in-room"],
  ["topic", { topic: "tea" }, "not-in-room"],
  ["leave", {}, "not-in-room"],
  ["who", {}, undefined],
  ["history", {}, undefined],
  ["read", { seq: 1 }, undefined],
  ["reactions", { msgid: id }, "no-such-message"],
])("%s from outside a room", async (type, fields, code) => {
  const server = await startTestServer();
  const bruno = await server.joinJson("bruno");
  bruno.sendJson({ type: "join", room: "dev" });
  await bruno.until('"room":"dev","log"');
  const anna = await server.joinJson("anna");
  anna.sendJson({ type, room: "dev", ...fields, label: "1" });
  expect((await anna.json()).code).toBe(code);
});
