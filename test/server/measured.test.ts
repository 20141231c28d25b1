/** Input that is too long is refused before anything is done with it, and the sender is told. */
import { expect, test } from "vitest";
import { wireLimits } from "../../protocol/limits.ts";
import { barrier, startTestServer } from "../support/test-server.ts";

const padded = `a${" ".repeat(65_000)}a`;

test.each([
  ["in place of a name", "", "* A name can have up to 32 characters. Try a shorter one:"],
  [
    "as a message",
    "anna\n",
    `* Not sent: a message can have up to ${wireLimits.textBytesMax} bytes. Send it in parts.`,
  ],
])("a line of spaces is refused %s", async (_where, first, answer) => {
  const server = await startTestServer();
  const client = await server.connect();
  client.send(`${first}${padded}\n`);
  await client.until(`${answer}\n`);
  await barrier(await server.joinJson("other"));
});

test("a query is refused that is longer than a query may be", async () => {
  const server = await startTestServer();
  const anna = await server.join("anna");
  anna.send(`/search ${"x ".repeat(500)}\n`);
  expect(await anna.line()).toBe(`* That search is too long. Use at most ${wireLimits.searchCharsMax} characters.`);
});

test("a first line that comes byte by byte, and never ends, is no line in the end", async () => {
  const server = await startTestServer({ limits: { sourceBurst: 1_000_000 } });
  const client = await server.connect();
  for (let sent = 0; sent <= wireLimits.lineBytesMax; sent += 64) client.send("x".repeat(64));
  await client.until(`a line can have up to ${wireLimits.lineBytesMax} bytes.`);
});
