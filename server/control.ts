/**
 * The administrator's way into a running server: a socket in the data directory, which only the user who runs the server can
 * open. One line of JSON asks, one answers. Of the chat it knows only what is for administrators.
 */
import { chmod, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { InvitationInfo } from "../protocol/account-commands.ts";
import type { AccountInfo, Administration, AdministrationProblem } from "./chat/administration.ts";

export type ControlRequest =
  | { act: "list" | "invitations" }
  | { act: "reset" | "remove"; name: string }
  | { act: "invite"; uses: number; days: number }
  | { act: "revoke"; id: string };

export type ControlAnswer =
  | { accounts: readonly AccountInfo[] }
  | { password: string }
  | { done: true }
  | { code: string; id: string; uses: number; until: string }
  | { invitations: readonly InvitationInfo[] }
  | { problem: string };

const problems: Record<AdministrationProblem, (name: string) => string> = {
  "no-account": (name) => `${name} has no account`,
  "not-stored": (name) => `${name}: it could not be stored; try again`,
};

/** Milliseconds that a silent client may stay. */
const IDLE_MS = 10_000;
const CLIENTS_MAX = 8;

export function controlSocket(directory: string): string {
  return join(directory, "control.sock");
}

const inviteProblems: Record<string, string> = {
  "too-many-rules": "there are too many invitations; revoke one first",
  "not-stored": "it could not be stored",
};

export async function handle(administration: Administration, request: ControlRequest): Promise<ControlAnswer> {
  switch (request.act) {
    case "list":
      return { accounts: administration.list() };
    case "reset":
    case "remove": {
      const outcome = await administration[request.act](request.name);
      return "problem" in outcome ? { problem: problems[outcome.problem](request.name) } : outcome;
    }
    case "invite": {
      const made = await administration.inviting.makeAsRunner(request);
      if (!made.ok) return { problem: inviteProblems[made.code] ?? made.code };
      const { invitation: code, id, uses, until } = made;
      return { code, id, uses, until };
    }
    case "invitations":
      return { invitations: administration.inviting.open() };
    case "revoke": {
      const dropped = await administration.inviting.dropAsRunner(request.id);
      if (dropped.ok) return { done: true };
      return { problem: inviteProblems[dropped.code] ?? `there is no invitation ${request.id}` };
    }
    default:
      return { problem: "unknown request" };
  }
}

/** @returns a function that closes it. @throws the system's error, also where the path is too long for a socket */
export async function openControl(directory: string, administration: Administration): Promise<() => void> {
  const path = controlSocket(directory);
  // What a killed server left behind; the lock on the database says that no other one is running.
  await rm(path, { force: true });
  const server = createServer((socket) => {
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    createInterface({ input: socket }).once("line", (line) => {
      void answer(administration, line).then((told) => socket.end(`${JSON.stringify(told)}\n`));
    });
  });
  server.maxConnections = CLIENTS_MAX;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  server.on("error", () => {}).unref();
  await chmod(path, 0o600);
  return () => server.close();
}

async function answer(administration: Administration, line: string): Promise<ControlAnswer> {
  try {
    return await handle(administration, JSON.parse(line));
  } catch {
    return { problem: "the request could not be read" };
  }
}
