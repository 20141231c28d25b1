/** Attacks by connections that come, go, stall or never finish. */
import { setTimeout as pause } from "node:timers/promises";
import { wireLimits } from "../../../protocol/limits.ts";
import { type Attack, repeat } from "../attack.ts";
import { postOf } from "../client.ts";

/** What has taken parsers long: white space, marks, joiners, openers, text that grows when it is normalised. */
const fillers = [
  " ",
  "\t",
  "\u0301",
  "\u200d",
  "\u3164",
  "[",
  "`",
  "*_",
  "\u001b[",
  "http://",
  "@a ",
  "{quit}",
  "ﷺ",
  "👍\u200d",
];
/** Bytes of JSON that a line needs besides the text. */
const ENVELOPE_BYTES = 300;
/** Each is as long as a line may be, in JSON. */
const longTexts = fillers.map((filler) => {
  const times = (wireLimits.lineBytesMax - ENVELOPE_BYTES) / (Buffer.byteLength(JSON.stringify(filler)) - 2);
  return `a${filler.repeat(Math.floor(times))}a`;
});

export const connections: readonly Attack[] = [
  {
    name: "lines of 65,000 spaces, and of worse, before any name",
    async run(target) {
      await repeat(target, 2, async () => {
        for (const line of longTexts) {
          if (target.isOver()) return;
          const client = await target.connect();
          await client.send(`${line}\n`);
          await pause(20);
          client.close();
        }
      });
      return [];
    },
  },
  {
    name: "texts, names and searches of 65,000 spaces, and of worse",
    async run(target) {
      const faults = new Set<string>();
      const clients = await Promise.all([0, 1].map((index) => target.join(`long-winded ${index}`)));
      await repeat(target, clients.length, async (index) => {
        const client = clients[index];
        for (const text of longTexts) {
          for (const command of [
            postOf("lobby", text),
            { type: "rename", name: text },
            { type: "search", query: text },
            { type: "topic", room: "lobby", topic: text },
            { type: "join", room: text },
          ]) {
            if (target.isOver()) return;
            const answer = await client?.ask(command);
            if (!answer) faults.add(`${command.type} of ${JSON.stringify(text.slice(0, 10))}… is not answered`);
          }
        }
      });
      return [...faults];
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
        const client = await target.connect();
        const login = { type: "login", name: `again ${index} ${crypto.randomUUID().slice(0, 8)}` };
        await client.sendJson(login, ...Array.from({ length: 200 }, () => ({ type: "who" })));
        await pause(20);
        client.close();
      });
      return [];
    },
  },
];
