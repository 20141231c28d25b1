/** People in a room, for the tests of what those with rights do. */
import { expect } from "vitest";
import { ask } from "../support/rights-walk.ts";
import { barrier, type TestServer } from "../support/test-server.ts";
import type { WireClient } from "../support/wire-client.ts";

export const password = "correct horse battery staple";
export const post = (room: string, text: string, id = crypto.randomUUID()) => ({ type: "post", room, id, text });

/** What a client was told of one type since it last waited. */
export async function told(client: WireClient, type: string): Promise<Record<string, unknown>[]> {
  const lines = (await barrier(client)).split("\n").filter((line) => line.startsWith("{") && line.endsWith("}"));
  return lines.map((line) => JSON.parse(line)).filter((event) => event.type === type);
}

/** anna owns the room, in which bruno is, too. */
export async function roomOfTwo(server: TestServer, room = "dev") {
  const anna = await server.joinJson("anna");
  const bruno = await server.joinJson("bruno");
  for (const client of [anna, bruno]) await ask(client, { type: "join", room });
  await barrier(bruno);
  return { anna, bruno };
}

export async function admin(server: TestServer): Promise<WireClient> {
  const root = await server.joinJson("root");
  expect(await ask(root, { type: "register", password })).toMatchObject({ type: "ok" });
  await barrier(root);
  return root;
}
