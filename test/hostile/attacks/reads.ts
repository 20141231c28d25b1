/** Attacks that make the server look for a lot. */
import { wireLimits } from "../../../protocol/limits.ts";
import { serverLimits } from "../../../server/limits.ts";
import { type Attack, repeat, type Target } from "../attack.ts";

/** Asks the same thing from several connections, many times at once. */
async function flood(target: Target, clients: number, atOnce: number, command: object): Promise<string[]> {
  const joined = await Promise.all(Array.from({ length: clients }, (_, index) => target.join(`curious ${index}`)));
  await repeat(target, clients, async (index) => {
    await joined[index]?.sendJson(...Array.from({ length: atOnce }, () => command));
  });
  return [];
}

export const reads: readonly Attack[] = [
  {
    name: "20 searches at a time, of what is everywhere and nowhere",
    withMessages: true,
    run: (target) => flood(target, 4, 20, { type: "search", query: "a from:nobody" }),
  },
  {
    name: "searches whose asker leaves at once",
    withMessages: true,
    async run(target) {
      await repeat(target, 4, async (index) => {
        const client = await target.connect();
        const login = { type: "login", name: `hasty ${index} ${crypto.randomUUID().slice(0, 8)}` };
        await client.sendJson(login, ...Array.from({ length: 20 }, () => ({ type: "search", query: "m from:nobody" })));
        client.close();
      });
      return [];
    },
  },
  {
    name: "500 who, with many people here",
    withCrowd: true,
    run: (target) => flood(target, 2, 500, { type: "who" }),
  },
  {
    name: "who, by somebody who does not read the answers",
    withCrowd: true,
    async run(target) {
      const client = await target.join("deaf");
      client.socket.pause();
      await repeat(target, 1, () => client.sendJson(...Array.from({ length: 500 }, () => ({ type: "who" }))));
      return [];
    },
  },
  {
    name: "rooms, with as many as one person can make",
    async run(target) {
      const client = await target.join("builder");
      const topic = "x".repeat(wireLimits.topicCharsMax);
      for (let index = 0; index < serverLimits.newRoomsOfMember.atOnce; index++) {
        await client.sendJson({ type: "join", room: `hall-${index}` }, { type: "topic", room: `hall-${index}`, topic });
      }
      return flood(target, 4, 100, { type: "rooms" });
    },
  },
  {
    name: "200 messages of history, again and again",
    withMessages: true,
    run: (target) => flood(target, 4, 100, { type: "history", room: "lobby", limit: 200, changes: true }),
  },
  ...["people", "conversations"].map(
    (type): Attack => ({
      name: `${type}, again and again`,
      withCrowd: true,
      run: (target) => flood(target, 4, 50, { type }),
    }),
  ),
  {
    name: "questions before any login",
    async run(target) {
      const faults = new Set<string>();
      await repeat(target, 2, async () => {
        const stranger = await target.connect();
        for (const type of ["who", "rooms", "people", "conversations", "history", "search"]) {
          const answer = await stranger.ask({ type, room: "lobby", query: "bystander" });
          if (answer?.code !== "not-logged-in") faults.add(`${type} is answered before login`);
        }
        stranger.close();
      });
      return [...faults];
    },
  },
];
