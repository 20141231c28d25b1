/** Attacks that say little and make others read a lot. */
import { wireLimits } from "../../../protocol/limits.ts";
import { type Attack, repeat } from "../attack.ts";
import { postOf } from "../client.ts";

const longName = (index: number) => `${index}${"é".repeat(wireLimits.nameCharsMax - 3)}`;
const manyLines = "x\n".repeat(wireLimits.textLinesMax - 1);

export const messages: readonly Attack[] = [
  {
    name: "70 reactions at once to a message that has 99",
    async run(target) {
      const author = await target.join("author");
      const { msgid } = (await author.post("lobby", "react to this")) ?? {};
      const react = (emoji: string, on: boolean) => ({
        ...{ type: "react", room: "lobby", id: crypto.randomUUID() },
        ...{ msgid, emoji, on },
      });
      const guests = Array.from({ length: 99 }, async (_, index) => {
        const guest = await target.join(longName(index));
        await guest.ask(react("👍", true));
        guest.close();
      });
      await Promise.all(guests);
      const toggles = Array.from({ length: 35 }, () => [react("🎉", true), react("🎉", false)]).flat();
      await repeat(target, 1, async () => {
        await author.sendJson(...toggles.map((toggle) => ({ ...toggle, id: crypto.randomUUID() })));
        await author.ask({ type: "ping" });
      });
      return [];
    },
  },
  ...[
    ["44 messages of 200 lines", "lobby"],
    ["the same to one person", "@reader"],
  ].map(
    ([name = "", room = ""]) =>
      ({
        name,
        async run(target): Promise<string[]> {
          const clients = await Promise.all([0, 1].map((index) => target.join(longName(index))));
          await repeat(target, clients.length, async (index) => {
            const client = clients[index];
            await client?.sendJson(...Array.from({ length: 44 }, () => postOf(room, manyLines)));
            await client?.ask({ type: "ping" });
          });
          return [];
        },
      }) satisfies Attack,
  ),
  {
    name: "a message of 200 lines, edited again and again",
    async run(target) {
      const author = await target.join(longName(0));
      const { msgid } = (await author.post("lobby", manyLines)) ?? {};
      await repeat(target, 1, async () => {
        const edit = { type: "edit", room: "lobby", msgid, text: `${manyLines}${crypto.randomUUID()}` };
        await author.sendJson(...Array.from({ length: 44 }, () => ({ ...edit, id: crypto.randomUUID() })));
        await author.ask({ type: "ping" });
      });
      return [];
    },
  },
  {
    name: "50 connections, 1,900 messages each",
    async run(target) {
      const clients = await Promise.all(Array.from({ length: 50 }, (_, index) => target.join(`sender ${index}`)));
      await repeat(target, clients.length, async (index) => {
        for (let sent = 0; sent < 1_900 && !target.isOver(); sent += 100) {
          await clients[index]?.sendJson(...Array.from({ length: 100 }, () => postOf("lobby", "hello everybody")));
        }
      });
      return [];
    },
  },
  {
    name: "typing, away and topics, as quickly as they go",
    async run(target) {
      const clients = await Promise.all([0, 1, 2, 3].map((index) => target.join(`nervous ${index}`)));
      await repeat(target, clients.length, async (index) => {
        const round = [0, 1].flatMap((on) => [
          { type: "typing", room: "lobby" },
          { type: "away", on: on === 1 },
          { type: "topic", room: "lobby", topic: `topic ${Math.random()}` },
        ]);
        await clients[index]?.sendJson(...Array.from({ length: 20 }, () => round).flat());
      });
      return [];
    },
  },
];
