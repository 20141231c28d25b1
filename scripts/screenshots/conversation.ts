/** The conversation in the screenshots, by whom and when: a few friends over three days, in two languages. */
import type { Guest } from "./guest.ts";
import type { Studio } from "./studio.ts";

interface Said {
  /** The time, ISO 8601. */
  at: string;
  from: string;
  text: string;
  /** The lobby by default. */
  room?: string;
  action?: boolean;
  /** The name by which replies refer to it. */
  as?: string;
  answers?: string;
  reactions?: Record<string, readonly string[]>;
  editedTo?: string;
  deleted?: boolean;
}

const topics = {
  lobby: "Cinema, dinners and everything in between",
  cinema: "Saturday: Nuovo Cinema Paradiso, nine o'clock",
  "salotto-dev": "The chat itself: bugs, bots and wishes",
};

const people = ["Giulio", "Luca", "Chiara", "Professor Riva", "Tommaso", "Élodie Marchetti-Fontaine"] as const;

/** People who are away. */
const idle = ["Tommaso"];

/** People who leave after their last message. Marta comes back, in a window. */
const leaving = ["Beatrice", "Nonna Pina", "Marta"];

export const said: readonly Said[] = [
  { at: "2026-11-19T18:02:00Z", from: "Giulio", text: "Evening all! Who is in for **Saturday**?", as: "saturday" },
  { at: "2026-11-19T18:03:10Z", from: "Chiara", text: "Io ci sono 🙋‍♀️" },
  {
    at: "2026-11-19T18:04:00Z",
    from: "Professor Riva",
    text: "If the film is in black and white, count on me. If it is in colour, convince me.",
    reactions: { "😂": ["Giulio", "Chiara", "Marta"], "🎬": ["Luca"] },
  },
  { at: "2026-11-19T18:05:30Z", from: "Marta", text: "Professor, it is Tornatore. In *glorious* colour." },
  { at: "2026-11-19T18:05:50Z", from: "Marta", text: "And I bring the focaccia." },
  { at: "2026-11-19T18:06:20Z", from: "Nonna Pina", text: "Mangiate qualcosa di caldo, mi raccomando" },
  { at: "2026-11-20T08:50:00Z", from: "Beatrice", text: "I am in Turin until Monday. Save me a piece!" },
  { at: "2026-11-20T09:12:00Z", from: "Luca", text: "Does anyone still have the bot that reads the timetable?" },
  {
    at: "2026-11-20T09:14:30Z",
    from: "Tommaso",
    text: [
      "Here, ten lines:",
      "```python",
      'chat = socket.create_connection(("127.0.0.1", 8080))',
      'say({"type": "login", "name": "parrot"})',
      "for line in chat:",
      '    print(line.strip())  # anything that starts with "{" is an event, the rest is for people',
      "```",
    ].join("\n"),
    as: "bot",
    reactions: { "👍": ["Luca", "Marta", "Giulio"], "🦜": ["Chiara"] },
  },
  { at: "2026-11-20T09:15:10Z", from: "Luca", text: "Perfetto, grazie mille!", answers: "bot" },
  {
    at: "2026-11-20T21:40:00Z",
    from: "Élodie Marchetti-Fontaine",
    text: "The garden photographs are on https://example.org/albums/2026/autumn-garden-by-the-lake and they are lovely",
  },
  { at: "2026-11-21T19:31:00Z", from: "Giulio", text: "Tonight then. The plan, if nobody objects:" },
  {
    at: "2026-11-21T19:31:40Z",
    from: "Giulio",
    text: "- 20:30 focaccia at Marta's\n- 21:00 the film\n- afterwards `{quit}` and sleep",
    as: "plan",
    reactions: { "🎉": ["Marta", "Luca", "Chiara", "Élodie Marchetti-Fontaine"], "❤️": ["Professor Riva"] },
  },
  { at: "2026-11-21T19:35:00Z", from: "Chiara", text: "Porto io il vino. Rosso o bianco?" },
  {
    at: "2026-11-21T19:36:00Z",
    from: "Marta",
    text: "Rosso! And somebody bring chairs, I have five.",
    editedTo: "Rosso! And somebody bring chairs, I have four.",
  },
  { at: "2026-11-21T19:36:30Z", from: "Luca", text: "I sit on the floor since 1998", answers: "plan" },
  { at: "2026-11-21T19:40:00Z", from: "Tommaso", text: "wrong window, sorry", deleted: true },
  { at: "2026-11-21T19:52:00Z", from: "Professor Riva", text: "puts on his good coat", action: true },
  {
    at: "2026-11-21T20:05:00Z",
    from: "Élodie Marchetti-Fontaine",
    text: "> the film starts at nine\nThe poster says 21:15, so there is time for a second piece of focaccia. @Marta, is there a vegetarian one?",
    as: "poster",
  },
  { at: "2026-11-21T20:06:00Z", from: "Marta", text: "With olives and with onions.", answers: "poster" },
  { at: "2026-11-21T20:06:20Z", from: "Marta", text: "🫒🧅" },
  { at: "2026-11-21T20:12:00Z", from: "Luca", text: "Arrivo tra dieci minuti, sto cercando parcheggio" },
  { room: "cinema", at: "2026-11-21T19:58:00Z", from: "Luca", text: "Tonight at nine?" },
  { room: "salotto-dev", at: "2026-11-21T17:20:00Z", from: "Tommaso", text: "The parrot now answers in verse." },
  { room: "@Marta", at: "2026-11-21T20:02:00Z", from: "Luca", text: "I have two tickets left." },
  { room: "@Marta", at: "2026-11-21T20:02:30Z", from: "Luca", text: "Fila F, posti 7 e 8 🎟️" },
];

/** Lets everyone say their lines at the right time, and stay or leave. @returns those who stayed, by name */
export async function converse(studio: Studio): Promise<Map<string, Guest>> {
  const guests = new Map<string, Guest>();
  studio.setClock("2026-11-19T18:00:00Z");
  for (const name of [...people, ...leaving]) guests.set(name, await studio.invite(name));
  const guest = (name: string) => guests.get(name) as Guest;
  for (const [room, topic] of Object.entries(topics)) {
    for (const name of ["Luca", "Chiara", "Tommaso", "Marta"]) await guest(name).ask({ type: "join", room });
    await guest("Luca").ask({ type: "topic", room, topic });
  }
  const msgids = new Map<string, string>();
  for (const [index, message] of said.entries()) {
    await tell(message, guest, msgids, studio);
    const isLast = !said.slice(index + 1).some(({ from }) => from === message.from);
    if (!leaving.includes(message.from) || !isLast) continue;
    await guest(message.from).read("lobby");
    await guest(message.from).leave();
    guests.delete(message.from);
  }
  for (const name of idle) await guest(name).ask({ type: "away", on: true });
  studio.setClock();
  return guests;
}

async function tell(
  { room = "lobby", at, from, text, action = false, as, answers, reactions = {}, editedTo, deleted }: Said,
  guest: (name: string) => Guest,
  msgids: Map<string, string>,
  studio: Studio,
): Promise<void> {
  studio.setClock(at);
  const reply = answers === undefined ? undefined : msgids.get(answers);
  const msgid = await guest(from).say(room, text, { action, ...(reply && { reply }) });
  if (as) msgids.set(as, msgid);
  for (const [emoji, names] of Object.entries(reactions)) {
    for (const name of names) await guest(name).react(room, msgid, emoji);
  }
  const change = { room, id: crypto.randomUUID(), msgid };
  if (editedTo) await guest(from).ask({ type: "edit", ...change, text: editedTo });
  if (deleted) await guest(from).ask({ type: "delete", ...change });
}
