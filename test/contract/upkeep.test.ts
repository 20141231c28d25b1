/** What the server asks of every log besides what the chat asks. */
import { expect, test } from "vitest";
import { implementations } from "./logs.ts";

test.each(implementations)("a log %s can be written, and says the same again", async (_name, open) => {
  const { log } = open();
  expect([await log.isWritable(), await log.isWritable()]).toEqual([true, true]);
});
