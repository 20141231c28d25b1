/** Attacks on what others have: their messages, and the rooms and memory that everybody shares. */
import { type Attack, repeat } from "../attack.ts";
import { postOf } from "../client.ts";

const notTimes = ["2026-11-21T10:00:00+09", "2026-02-30T10:00:00Z", "yesterday", "+275760-09-14T00:00:00Z", "", "0"];

export const people: readonly Attack[] = [
  {
    name: "messages with the id of somebody else's",
    async run(target) {
      const [anna, bruno] = [await target.join("anna"), await target.join("bruno")];
      const faults: string[] = [];
      await repeat(target, 1, async () => {
        const post = postOf("lobby", "anna's");
        const first = await anna.ask(post);
        const second = await bruno.ask({ ...post, text: "bruno's" });
        const again = await anna.ask(post);
        if (second?.type !== "ok" || second.msgid === first?.msgid)
          faults.push("a message vanishes behind another's id");
        if (again?.msgid !== first?.msgid) faults.push("another's id makes a message be said twice");
      });
      return faults;
    },
  },
  {
    name: "times that are none",
    async run(target) {
      const anna = await target.join("anna");
      const faults = new Set<string>();
      await repeat(target, 1, async () => {
        for (const since of notTimes) {
          const answer = await anna.ask({ type: "history", room: "lobby", since });
          if (answer?.code !== "invalid") faults.add(`${since} is answered with ${JSON.stringify(answer)}`);
        }
      });
      return [...faults];
    },
  },
  {
    name: "new names from 8 connections, while as many people are remembered as can be",
    withMessages: true,
    async run(target) {
      let names = 0;
      await repeat(target, 8, async (index) => {
        const client = await target.connect();
        const renames = Array.from({ length: 10 }, () => ({ type: "rename", name: `r${index} ${names++}` }));
        await client.sendJson({ type: "login", name: `restless ${index} ${names++}` }, ...renames);
        await client.ask({ type: "ping" });
        client.close();
      });
      const bruno = await target.join("person 1");
      const answer = await bruno.post("@person 0", "are you still known?");
      return answer?.type === "ok" ? [] : [`who said something is forgotten for names nobody uses: ${answer?.message}`];
    },
  },
  {
    name: "join, topic, leave, until there are no rooms left",
    async run(target) {
      let rooms = 0;
      await repeat(target, 4, async (index) => {
        const client = await target.connect();
        const login = { type: "login", name: `builder ${index} ${rooms}` };
        const round = Array.from({ length: 10 }, () => {
          const room = `room-${rooms++}`;
          return [
            { type: "join", room },
            { type: "topic", room, topic: "mine" },
            { type: "leave", room },
          ];
        });
        await client.sendJson(login, ...round.flat());
        await client.ask({ type: "ping" });
        client.close();
      });
      const other = await target.join("newcomer");
      const answer = await other.ask({ type: "join", room: "my-own" });
      return answer?.type === "ok" ? [] : [`there is no room left for others: ${answer?.message}`];
    },
  },
];
