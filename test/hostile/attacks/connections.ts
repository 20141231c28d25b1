/** Attacks by connections that come, go, stall or never finish. */
import { setTimeout as pause } from "node:timers/promises";
import { wireLimits } from "../../../protocol/limits.ts";
import { type Attack, repeat } from "../attack.ts";

export const connections: readonly Attack[] = [
  {
    name: "a line of 65,000 spaces before any name",
    async run(target) {
      await repeat(target, 2, async () => {
        const client = await target.connect();
        await client.send(`a${" ".repeat(65_000)}a\n`);
        await pause(50);
        client.close();
      });
      return [];
    },
  },
  {
    name: "connections that are reset, one after the other",
    async run(target) {
      await repeat(target, 4, async (index) => {
        const client = await target.connect();
        await client.send(`{"type":"login","name":"passer-by ${index}"}\n`);
        await pause(1);
        client.close();
      });
      return [];
    },
  },
  {
    name: "hundreds of connections that say nothing",
    async run(target) {
      for (let opened = 0; opened < 800 && !target.isOver(); opened++) await target.connect();
      await repeat(target, 1, () => pause(50));
      return [];
    },
  },
  {
    name: "connections that end their side and stay",
    async run(target) {
      await repeat(target, 4, async () => {
        const client = await target.connect();
        client.socket.end();
        await pause(5);
      });
      return [];
    },
  },
  {
    name: "lines that never end, a byte at a time",
    async run(target) {
      const clients = await Promise.all(Array.from({ length: 100 }, () => target.connect()));
      for (const client of clients) await client.send("{");
      await repeat(target, clients.length, async (index) => {
        await clients[index]?.send("x");
        await pause(5);
      });
      return [];
    },
  },
  {
    name: "lines that never end, as long as they may be",
    async run(target) {
      const clients = await Promise.all(Array.from({ length: 300 }, () => target.connect()));
      for (const client of clients) await client.send(`{${"x".repeat(wireLimits.lineBytesMax - 1)}`);
      await repeat(target, 1, () => pause(50));
      return [];
    },
  },
  {
    name: "readers that never read, in a room where much is said",
    async run(target) {
      const deaf = await Promise.all(Array.from({ length: 20 }, (_, index) => target.join(`deaf ${index}`)));
      for (const client of deaf) client.socket.pause();
      const speaker = await target.join("speaker");
      await repeat(target, 1, async () => {
        await speaker.post("lobby", "x".repeat(wireLimits.textBytesMax));
      });
      return [];
    },
  },
  {
    name: "connecting anew for each flood",
    async run(target) {
      await repeat(target, 8, async (index) => {
        const client = await target.join(`again ${index} ${crypto.randomUUID().slice(0, 8)}`);
        const posts = Array.from({ length: 200 }, () => ({ type: "who" }));
        await client.sendJson(...posts);
        await pause(20);
        client.close();
      });
      return [];
    },
  },
];
