/**
 * All code that handles commands lists them all. A list that lacks one, or an answer mistaken for another command's,
 * does not compile. The compiler is the test: a `@ts-expect-error` without an error is an error itself.
 */
import { expect, test } from "vitest";
import { type CommandType, commands } from "../../protocol/commands.ts";
import { isForPages, type PageCommandType } from "../../protocol/page-commands.ts";
import { verbs } from "../../server/dialects/json-verbs.ts";
import type { BridgeClient } from "../../ui/bridge-client/bridge-client.ts";

test("the server's table and the bridge's lack no command", () => {
  const { rooms: _verb, ...otherVerbs } = verbs;
  // @ts-expect-error: the server does not handle `rooms`.
  const handled: typeof verbs = otherVerbs;
  const { rooms: _mark, ...otherMarks } = isForPages;
  // @ts-expect-error: nobody says whether a page may ask for `rooms`.
  const decided: Record<CommandType, boolean> = otherMarks;
  expect(Object.keys(decided)).not.toContain("rooms");
  expect(Object.keys(handled)).not.toContain("rooms");
  expect(Object.keys(isForPages)).toEqual(Object.keys(commands));
});

test("an answer has the fields of what was asked", () => {
  async function ask(bridge: BridgeClient): Promise<unknown> {
    // @ts-expect-error: a page cannot ask for `ping`.
    await bridge.ask({ type: "ping" });
    // @ts-expect-error: `history` needs a room.
    await bridge.ask({ type: "history" });
    const answer = await bridge.ask({ type: "rooms" });
    // @ts-expect-error: only a positive answer has rooms.
    if (!answer.ok) return answer.rooms;
    // @ts-expect-error: the answer to `rooms` has no people.
    answer.people;
    const count: number = answer.rooms.length;
    return count;
  }
  const asked: PageCommandType = "rooms";
  expect([typeof ask, asked]).toEqual(["function", "rooms"]);
});
