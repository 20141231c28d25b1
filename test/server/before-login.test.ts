/** A client without a name is told nothing about the people who have one, whatever it asks and however. */
import { expect, test } from "vitest";
import { commandWords } from "../../server/dialects/plain-commands.ts";
import { commandTypes } from "../support/command-types.ts";
import { barrier, startTestServer } from "../support/test-server.ts";

/** Fields for any command. */
const fields = {
  ...{ room: "lobby", id: "01920000-0000-7000-8000-000000000001", msgid: "m", text: "x", emoji: "👍", on: true },
  ...{ seq: 1, query: "secret", topic: "t", name: "anna", version: 1, password: "x", role: "none" },
};
const free = new Set([
  ...["hello", "login", "ping", "quit"],
  ...["register", "authenticate", "change-password", "sessions", "sign-out"],
]);

test.each(commandTypes.filter((type) => !free.has(type)))("%s is refused before login", async (type) => {
  const server = await startTestServer();
  const client = await server.connect();
  client.sendJson({ ...fields, type, label: "1" });
  await client.until('{"type":"error","label":"1","code":"not-logged-in"');
});

test("somebody without a name on plain text is asked for a name, and told of nobody and nothing", async () => {
  const server = await startTestServer();
  const anna = await server.joinJson("anna");
  anna.sendJson({ type: "join", room: "garden" });
  anna.sendJson({ ...fields, type: "post", text: "secret" });
  await barrier(anna);
  const asking = commandWords.filter((word) => word !== "quit").flatMap((word) => [`/${word}`, `/${word} secret`]);
  const nc = await server.connect();
  nc.send(`${asking.join("\n")}\n{quit}\n`);
  await nc.ended();
  expect(nc.text).not.toMatch(/anna|garden|secret/);
  expect(nc.text).toContain("Try another:");
});
