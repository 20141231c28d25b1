/** Attacks on the bridge, by web pages that are not its own and by pages that are. */
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { io } from "socket.io-client";
import { type Attack, repeat, type Target } from "../attack.ts";

/** @returns the status of the answer, 0 when there was none */
function statusOf(port: number, headers: Record<string, string>, path = "/"): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", () => resolve(0));
    asked.end();
  });
}

function bridgeOf({ bridgePort }: Target): number {
  if (bridgePort === undefined) throw new Error("no bridge");
  return bridgePort;
}

const foreign: readonly Record<string, string>[] = [
  { host: "evil.example" },
  { host: "127.0.0.1:1" },
  { origin: "http://evil.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" },
];

export const bridge: readonly Attack[] = [
  {
    name: "foreign hosts and origins, on the bridge",
    withBridge: true,
    async run(target) {
      const port = bridgeOf(target);
      const own = `127.0.0.1:${port}`;
      const faults = new Set<string>();
      await repeat(target, 4, async () => {
        for (const headers of foreign) {
          for (const path of ["/", "/socket.io/?EIO=4&transport=polling"]) {
            const status = await statusOf(port, { host: own, ...headers }, path);
            if (status !== 403 && status !== 421) faults.add(`${JSON.stringify(headers)} gets ${status} for ${path}`);
          }
        }
      });
      return [...faults];
    },
  },
  {
    name: "120,000 spaces from a page, before it is in the chat",
    withBridge: true,
    async run(target) {
      const port = bridgeOf(target);
      const answers: number[] = [];
      await repeat(target, 1, async () => {
        const session = crypto.randomUUID();
        const page = io(`http://127.0.0.1:${port}`, {
          ...{ transports: ["websocket"], reconnection: false, forceNew: true },
          auth: { session, browser: crypto.randomUUID(), after: 0 },
        });
        await new Promise((resolve) => page.once("snapshot", resolve));
        const sinceMs = performance.now();
        const spaces = `a${" ".repeat(120_000)}a`;
        page.emit("join", { name: spaces }, () => {});
        page.emit("post", { id: crypto.randomUUID(), room: "lobby", text: spaces }, () => {});
        await pause(100);
        await statusOf(port, { host: `127.0.0.1:${port}` });
        answers.push(performance.now() - sinceMs);
        page.disconnect();
      });
      return Math.max(...answers) > 5_000 ? ["the bridge answers nobody for seconds"] : [];
    },
  },
];
