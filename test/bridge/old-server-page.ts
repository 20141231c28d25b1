/** Shared by the tests of the bridge and the old servers: such a server, and a page in its chat. */
import { expect, onTestFinished } from "vitest";
import type { OldServerKind } from "../doubles/old-server-programs.ts";
import { type OldServer, startOldServer } from "../doubles/old-servers.ts";
import { bridgeTo, openPage, type TestPage } from "./page.ts";

export async function oldServer(kind: OldServerKind, readMs = 0): Promise<OldServer> {
  const server = await startOldServer(kind, 0, readMs);
  onTestFinished(() => server.close());
  return server;
}

export async function joined(
  server: OldServer,
  name: string,
  config: Partial<Parameters<typeof bridgeTo>[0]> = {},
): Promise<TestPage> {
  const page = await openPage(await bridgeTo({ port: server.port, ...config }));
  expect(await page.join(name)).toEqual({ ok: true, name });
  return page;
}

export function lacks(page: TestPage): readonly string[] {
  return page.connection?.phase === "online" ? page.connection.upstream.lacks : [];
}
