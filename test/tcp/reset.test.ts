import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { reset } from "../../tcp/reset.ts";

/** Our end of a connection, and the peer's. */
async function connection(): Promise<{ ours: Socket; theirs: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const theirs = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [[ours]] = (await Promise.all([once(server, "connection"), once(theirs, "connect")])) as [[Socket], unknown];
  onTestFinished(() => {
    theirs.destroy();
    server.close();
  });
  return { ours, theirs };
}

test.each<[when: string, prepare: (ours: Socket) => void]>([
  ["at any moment", () => {}],
  ["whose end is on its way", (ours) => void ours.end("the last words")],
  ["with more to send than the peer takes", (ours) => void ours.end(Buffer.alloc(16_000_000))],
])("a connection %s is closed by a reset, and says so", async (_, prepare) => {
  const { ours, theirs } = await connection();
  const errors: unknown[] = [];
  ours.on("error", (error) => errors.push(error));
  // This is how the peer sees a reset.
  theirs.resume().on("error", () => {});
  prepare(ours);
  reset(ours);
  const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await Promise.all([closed(ours), closed(theirs)]);
  expect(errors).toEqual([]);
});
