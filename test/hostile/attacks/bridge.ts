/** Attacks on the bridge: by foreign web pages, by its own pages, and by the chat server that it talks to. */
import { setTimeout as pause } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { type Attack, repeat, type Target } from "../attack.ts";
import { startEndlessServer } from "../endless-server.ts";
import { visit } from "../visit.ts";

function bridgeOf({ bridgeUrl }: Target): string {
  if (bridgeUrl === undefined) throw new Error("no bridge");
  return bridgeUrl;
}

const foreign: readonly Record<string, string>[] = [
  { host: "evil.example" },
  { host: "127.0.0.1:1" },
  { origin: "http://evil.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" },
];

const polling = "/socket.io/?EIO=4&transport=polling";

/** Much longer than anything that is examined, and within what a page may send at once. */
const spaces = `a${" ".repeat(120_000)}a`;

/** Resolves when the bridge knows the page. */
async function openPage(link: string): Promise<Socket> {
  const page = io(link, {
    ...{ transports: ["websocket"], reconnection: false, forceNew: true },
    auth: { session: crypto.randomUUID(), browser: crypto.randomUUID(), after: 0 },
  });
  await new Promise((resolve, reject) => page.once("snapshot", resolve).once("connect_error", reject));
  return page;
}

export const bridge: readonly Attack[] = [
  {
    name: "foreign hosts and origins, on the bridge",
    withBridge: true,
    async run(target) {
      const link = bridgeOf(target);
      const faults = new Set<string>();
      await repeat(target, 4, async () => {
        for (const headers of foreign) {
          for (const path of ["/", polling]) {
            const status = await visit(link, headers, path);
            if (status !== 403 && status !== 421) faults.add(`${JSON.stringify(headers)} gets ${status} for ${path}`);
          }
        }
      });
      return [...faults];
    },
  },
  {
    name: "another user of the computer, without the bridge's link, and guessing it",
    withBridge: true,
    async run(target) {
      const link = bridgeOf(target);
      const { port } = new URL(link);
      const faults = new Set<string>();
      await repeat(target, 4, async () => {
        const token = crypto.randomUUID();
        for (const path of ["/", `/?token=${token}`, polling, `${polling}&token=${token}`, `${polling}&sid=${token}`]) {
          const status = await visit(link, { cookie: `salotto-${port}=owner.${token}` }, path);
          if (status !== 401 && status !== 429) faults.add(`a stranger gets ${status} for ${path.replace(token, "…")}`);
        }
      });
      return [...faults];
    },
  },
  {
    name: "120,000 spaces from a page, before it is in the chat",
    withBridge: true,
    async run(target) {
      const faults = new Set<string>();
      await repeat(target, 2, async () => {
        const page = await openPage(bridgeOf(target));
        const post = { id: crypto.randomUUID(), room: "lobby", text: spaces };
        const answers: { ok: boolean }[] = await Promise.all([
          page.emitWithAck("join", { name: spaces }),
          page.emitWithAck("ask", { type: "rename", name: spaces }),
          page.emitWithAck("post", post),
          page.emitWithAck("ask", { type: "search", query: spaces }),
        ]);
        if (answers.some(({ ok }) => ok)) faults.add("120,000 spaces are taken for something");
        page.disconnect();
      });
      return [...faults];
    },
  },
  {
    name: "a server with endless rooms, people, messages and an endless history",
    asServer: true,
    async run(target) {
      const server = await startEndlessServer(target.ownPort);
      const page = await openPage(bridgeOf(target));
      page.emit("join", { name: "victim" });
      await repeat(target, 1, () => pause(50));
      page.disconnect();
      server.close();
      return server.connections === 0 ? ["the bridge has never come"] : [];
    },
  },
];
