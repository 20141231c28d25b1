/** A json client that asks and waits for its answers, for the tests of accounts. */
import { connect as openSocket } from "node:net";
import { expect } from "vitest";
import type { TestServer } from "../../support/test-server.ts";
import type { WireClient } from "../../support/wire-client.ts";

export type Told = Record<string, unknown>;

export interface Asking {
  readonly client: WireClient;
  /** Events that came before the last answers, oldest first; reading them empties the list. */
  events(): Told[];
  /** @returns the answer, without its label */
  ask(type: string, fields?: object): Promise<Told>;
  /** Asks for something that must be answered with `ok`. */
  get(type: string, fields?: object): Promise<Told>;
}

/** @param from the address to come from, all of which are this computer's on Linux */
export async function connect(server: Pick<TestServer, "connect">, from = "127.0.0.1"): Promise<Asking> {
  const client = await server.connect({ open: (options) => openSocket({ ...options, localAddress: from }) });
  const events: Told[] = [];
  let last = 0;
  const ask = async (type: string, fields: object = {}) => {
    last += 1;
    const label = String(last);
    client.sendJson({ type, label, ...fields });
    for (;;) {
      const line = await client.line();
      if (!line.startsWith("{")) continue;
      const told = JSON.parse(line) as Told;
      if (told.label !== label) {
        events.push(told);
        continue;
      }
      const { label: _, ...answer } = told;
      return answer;
    }
  };
  return {
    client,
    events: () => events.splice(0),
    ask,
    get: async (type, fields) => {
      const answer = await ask(type, fields);
      expect(answer).toMatchObject({ type: "ok" });
      return answer;
    },
  };
}

/** Somebody who is here under a name. */
export async function join(server: TestServer, name: string, fields: object = {}): Promise<Asking> {
  const asking = await connect(server);
  await asking.get("login", { name, ...fields });
  return asking;
}

export const password = "correct horse";

/** Somebody who is here and has registered their name. */
export async function register(
  server: TestServer,
  name: string,
  fields: object = {},
): Promise<Asking & { token: string }> {
  const asking = await join(server, name);
  const { token } = await asking.get("register", { password, ...fields });
  return { ...asking, token: String(token) };
}
