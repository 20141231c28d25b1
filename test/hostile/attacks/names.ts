/**
 * Attacks by people who want to be taken for somebody else: through their name, or through what their lines look like.
 */
import { type Attack, repeat, type Target } from "../attack.ts";
import { postOf } from "../client.ts";
import { Terminal } from "../terminal.ts";

/** The width of a terminal in characters. */
const COLUMNS = 80;

/** Something that a person with a name does. */
interface Deed {
  name: string;
  text: string;
  action?: boolean;
}

/** Pairs that must be distinguishable, and would look the same if names could contain anything and end anywhere. */
const alike: readonly (readonly [honest: Deed, lie: Deed])[] = [
  [
    { name: "xavier", text: "agrees to pay", action: true },
    { name: "xavier agrees", text: "to pay", action: true },
  ],
  [
    { name: "xavier", text: "hi: there" },
    { name: "xavier: hi", text: "there" },
  ],
  [
    { name: "xavier", text: "waves", action: true },
    { name: "* xavier", text: "waves" },
  ],
  [
    { name: "yan", text: "ok" },
    { name: "xavier left (2 here). yan", text: "ok" },
  ],
];

/** Names that are, or look like, the name of somebody here or of the server. */
const doubles: readonly (readonly [name: string, doubles: readonly string[]])[] = [
  ["xavier", ["XAVIER", "x\u0251vier", "xav\u0131er", "ｘavier", "x\u200bavier", "xаvier"]],
  ["coco", ["сосо", "ⲤⲟⲤⲟ"]],
  ["anna", ["ꓮꓠꓠꓮ", "ANNA", "anna\u3164"]],
  ["bystander", ["Server (bot)", "server", "ѕеrver", "Salotto", "system"]],
];

/** @returns the lines that somebody at a terminal sees of a join, a deed and a leave; none when the join is refused */
async function linesOf(target: Target, terminal: Terminal, { name, ...said }: Deed): Promise<string[]> {
  const lines: string[] = [];
  terminal.onLine = (line) => lines.push(line);
  const client = await target.connect();
  const answer = await client.ask({ type: "login", name });
  if (answer?.type === "ok") {
    await client.ask({ ...postOf("lobby", said.text), action: said.action ?? false });
    await client.ask({ type: "quit" });
  }
  client.close();
  // When this arrives, everything told before has arrived at the terminal.
  const end = crypto.randomUUID();
  const told = terminal.until((line) => line.endsWith(end));
  const herald = await target.join("herald");
  await Promise.all([told, herald.post("lobby", end)]);
  await herald.ask({ type: "quit" });
  herald.close();
  return lines.filter((line) => line.includes("xavier") || line.includes("yan"));
}

/** @returns the rows that a terminal makes of a line */
function rowsOf(line: string): string[] {
  return Array.from({ length: Math.ceil(line.length / COLUMNS) }, (_, row) =>
    line.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
}

export const names: readonly Attack[] = [
  {
    name: "names that make lines which lie",
    async run(target) {
      const terminal = await Terminal.enter(target.port, "watcher");
      const faults = new Set<string>();
      await repeat(target, 1, async () => {
        for (const [honest, lie] of alike) {
          const lies = new Set(await linesOf(target, terminal, lie));
          for (const line of await linesOf(target, terminal, honest)) {
            if (lies.has(line)) faults.add(`${lie.name} can make this line: ${line}`);
          }
        }
      });
      terminal.close();
      return [...faults];
    },
  },
  {
    name: "names that look like others'",
    async run(target) {
      const faults = new Set<string>();
      for (const [name] of doubles.slice(0, -1)) await target.join(name);
      await repeat(target, 1, async () => {
        for (const [name, lookalikes] of doubles) {
          for (const lookalike of lookalikes) {
            const client = await target.connect();
            const answer = await client.ask({ type: "login", name: lookalike });
            if (answer?.type === "ok") faults.add(`${lookalike} is let in beside ${name}`);
            client.close();
          }
        }
      });
      return [...faults];
    },
  },
  {
    name: "texts that put another's name at the beginning of a row",
    async run(target) {
      const terminal = await Terminal.enter(target.port, "watcher");
      const liar = await target.join("liar");
      const faults = new Set<string>();
      const lie = "writer: I owe you";
      terminal.onLine = (line) => {
        if (line.includes("I owe you") && rowsOf(line).some((row) => row.startsWith(lie))) faults.add(line);
      };
      await repeat(target, 1, async () => {
        for (let before = COLUMNS - 20; before <= COLUMNS && !target.isOver(); before++) {
          for (const padding of ["x".repeat(before), " ".repeat(before), `x${"\t".repeat(before / 8)}`]) {
            await liar.post("lobby", `x${padding}${lie}`);
            await liar.post("lobby", `x\n${padding}\n${lie}`);
          }
        }
      });
      const end = crypto.randomUUID();
      await Promise.all([terminal.until((line) => line.endsWith(end)), liar.post("lobby", end)]);
      terminal.close();
      return [...faults];
    },
  },
];
