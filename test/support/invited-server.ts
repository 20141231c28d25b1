/** A server for invited people, with a way to invite somebody: what `npm run account -- invite` asks for. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { controlSocket } from "../../server/control.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "./test-server.ts";

export interface InvitedServer extends TestServer {
  /** @returns the code of an invitation for one person */
  invite(): Promise<string>;
}

export async function startInvitedServer(options: TestServerOptions = {}): Promise<InvitedServer> {
  const data = mkdtempSync(join(tmpdir(), "salotto-invited-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const server = await startTestServer({ data, invitedOnly: true, ...options });
  const invite = async () => {
    const socket = connect(controlSocket(data));
    socket.write(`${JSON.stringify({ act: "invite", uses: 1, days: 1 })}\n`);
    const { code } = JSON.parse(await text(socket)) as { code: string };
    return code;
  };
  return { ...server, invite };
}
