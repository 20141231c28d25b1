/** Attacks on what others have: their names, their messages, the rooms and the memory that all share. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Attack, repeat } from "../attack.ts";
import { postOf } from "../client.ts";

export const people: readonly Attack[] = [
  {
    name: "a message with the id of somebody else's",
    async run(target) {
      const [anna, bruno] = [await target.join("anna"), await target.join("bruno")];
      const post = postOf("lobby", "anna's");
      const first = await anna.ask(post);
      const second = await bruno.ask({ ...post, text: "bruno's" });
      return second?.type === "ok" && second.msgid === first?.msgid ? ["a message vanishes behind another's id"] : [];
    },
  },
  {
    name: "a time that is none",
    async run(target) {
      const anna = await target.join("anna");
      const answer = await anna.ask({ type: "history", room: "lobby", since: "2026-11-21T10:00:00+09" });
      return answer?.code === "not-read" ? ["a time that cannot be read counts as damage"] : [];
    },
  },
  {
    name: "renames from 8 connections",
    async run(target) {
      const absent = await target.join("absent");
      await absent.post("lobby", "I will be back");
      await absent.ask({ type: "quit" });
      const clients = await Promise.all(Array.from({ length: 8 }, (_, index) => target.join(`restless ${index}`)));
      let names = 0;
      await repeat(target, clients.length, async (index) => {
        const renames = Array.from({ length: 50 }, () => ({ type: "rename", name: `r${index} ${names++}` }));
        await clients[index]?.sendJson(...renames);
        await clients[index]?.ask({ type: "ping" });
      });
      const answer = await clients[0]?.post("@absent", "are you still known?");
      return answer?.code === "no-such-person"
        ? ["somebody who said something is forgotten for names nobody uses"]
        : [];
    },
  },
  {
    name: "join, topic, leave, until there are no rooms left",
    async run(target) {
      const client = await target.join("builder");
      for (let index = 0; index < 520; index++) {
        const room = `room-${index}`;
        await client.sendJson({ type: "join", room }, { type: "topic", room, topic: "mine" }, { type: "leave", room });
      }
      await client.ask({ type: "ping" });
      client.close();
      const other = await target.join("newcomer");
      const answer = await other.ask({ type: "join", room: "my-own" });
      return answer?.code === "too-many-rooms" ? ["one connection has used up all rooms"] : [];
    },
  },
  {
    name: "names that make lines which lie",
    async run(target) {
      const faults: string[] = [];
      for (const name of ["xavier left (2 here). yan", "xavier agrees", "* xavier", "xavier: hi"]) {
        const liar = await target.connect();
        const answer = await liar.ask({ type: "login", name });
        if (answer?.type === "ok") {
          await liar.ask(postOf("lobby", "to pay"));
          await liar.ask({ ...postOf("lobby", "to pay"), action: true });
        }
        liar.close();
      }
      const terminal = await target.connect();
      const lines: string[] = [];
      let rest = "";
      terminal.socket.removeAllListeners("data").on("data", (chunk) => {
        const all = (rest + chunk.toString("utf8")).split("\n");
        rest = all.pop() ?? "";
        lines.push(...all);
      });
      await terminal.send("watcher\n");
      await pause(500);
      const xavier = await target.join("xavier");
      await xavier.ask({ ...postOf("lobby", "agrees to pay"), action: true });
      const liar = await target.connect();
      const answer = await liar.ask({ type: "login", name: "xavier agrees" });
      if (answer?.type === "ok") await liar.ask({ ...postOf("lobby", "to pay"), action: true });
      await pause(500);
      const said = lines.filter((line) => line.startsWith("~ "));
      if (new Set(said).size < said.length) faults.push("two people's actions read the same");
      return faults;
    },
  },
  {
    name: "the database is deleted while it is used",
    async run(target) {
      const anna = await target.join("anna");
      await anna.post("lobby", "before");
      for (const suffix of ["", "-wal", "-shm"]) rmSync(join(target.data, `salotto.db${suffix}`), { force: true });
      await pause(2_500);
      const answer = await anna.post("lobby", "after");
      return answer?.type === "ok" ? ["a message is acknowledged into a deleted file"] : [];
    },
  },
];
