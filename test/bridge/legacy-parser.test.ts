import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EchoQueue } from "../../bridge/upstream/legacy-echo.ts";
import { legacyFamilies, named } from "../../bridge/upstream/legacy-families.ts";
import { knownNamesMax, type LegacyItem, LegacyParser, waitingCharsMax } from "../../bridge/upstream/legacy-parser.ts";

const said = (from: string, text: string): LegacyItem => ({ type: "message", from, text });

interface Row {
  what: string;
  /** Earlier input, so that the parser knows names. */
  before?: string[];
  text: string;
  items: LegacyItem[];
}

const unframed = legacyFamilies.filter(({ ending, signed }) => ending === "" && !signed);

/** The parser belongs to "anna" in every row. */
const rows: Row[] = [
  ...unframed.flatMap(({ greeting = "", welcome, joined, left, leavingWord }): Row[] => [
    ...(greeting.includes(" ") ? [{ what: "a greeting", text: greeting, items: [{ type: "greeting" as const }] }] : []),
    ...(welcome
      ? [{ what: "a welcome", text: named(welcome, "anna"), items: [{ type: "welcome" as const, leavingWord }] }]
      : []),
    ...joined.map((line) => ({
      what: "a person who joined",
      text: named(line, "bruno rossi"),
      items: [{ type: "joined" as const, name: "bruno rossi" }],
    })),
    ...left.map((line) => ({
      what: "a person who left",
      text: named(line, "bruno rossi"),
      items: [{ type: "left" as const, name: "bruno rossi" }],
    })),
  ]),
  { what: "a taken name", text: "Questo nome è già in uso. Prova con un altro!", items: [{ type: "taken" }] },
  { what: "a message of somebody unknown", text: "zoe: ciao", items: [said("zoe", "ciao")] },
  { what: "a message that contains a colon", text: "zoe: ore 10: qui", items: [said("zoe", "ore 10: qui")] },
  { what: "an own message", text: "anna: ciao", items: [said("anna", "ciao")] },
  { what: "a name that begins with a space", text: " bruno: ciao", items: [said(" bruno", "ciao")] },
  {
    what: "a greeting and a taken name in one chunk",
    text: "Benvenuto! Inserisci il tuo nome e premi INVIO!Questo nome è già in uso. Prova con un altro!",
    items: [{ type: "greeting" }, { type: "taken" }],
  },
  {
    what: "a welcome, a join and a message in one chunk",
    text: "Hey anna! Per uscire, digita {quit}SERVER: Utente anna si è unito alla chat.bruno: ciao anna",
    items: [{ type: "welcome", leavingWord: "{quit}" }, { type: "joined", name: "anna" }, said("bruno", "ciao anna")],
  },
  {
    what: "two joins in one chunk",
    text: "bruno JOINED THE CHAT!carla JOINED THE CHAT!",
    items: [
      { type: "joined", name: "bruno" },
      { type: "joined", name: "carla" },
    ],
  },
  {
    what: "messages of one speaker in one chunk",
    text: "zoe: unozoe: duezoe: tre",
    items: [said("zoe", "uno"), said("zoe", "due"), said("zoe", "tre")],
  },
  {
    what: "messages of several known speakers in one chunk",
    before: ["bruno has joined the chat!", "carla has joined the chat!"],
    text: "bruno: ciaocarla: salveanna: eccomi",
    items: [said("bruno", "ciao"), said("carla", "salve"), said("anna", "eccomi")],
  },
  {
    what: "a message and a leave line in one chunk",
    before: ["bruno has joined the chat!"],
    text: "anna: ciaobruno has left the chat.",
    items: [said("anna", "ciao"), { type: "left", name: "bruno" }],
  },
  {
    what: "a message and a line of server A in one chunk",
    text: "anna: ciaoSERVER: Utente bruno ha lasciato la chat.anna: dove va?",
    items: [said("anna", "ciao"), { type: "left", name: "bruno" }, said("anna", "dove va?")],
  },
  {
    what: "the junk of a client that was closed",
    text: "zoe: zoe: zoe: SERVER: Utente zoe ha lasciato la chat.",
    items: [said("zoe", ""), said("zoe", ""), said("zoe", ""), { type: "left", name: "zoe" }],
  },
  {
    what: "somebody who is called by name",
    before: ["bruno has joined the chat!"],
    text: "anna: bruno: come va?",
    items: [said("anna", "bruno: come va?")],
  },
  {
    what: "somebody who is quoted",
    before: ["bruno has joined the chat!"],
    text: "anna: ha detto bruno: no, e poi SERVER: boh",
    items: [said("anna", "ha detto bruno: no, e poi SERVER: boh")],
  },
  {
    what: "somebody who says that another has left",
    before: ["bruno has joined the chat!"],
    text: "anna: bruno has left the chat.",
    items: [said("anna", "bruno has left the chat.")],
  },
  {
    what: "the longer of two known names that end alike",
    before: ["na has joined the chat!"],
    text: "zoe: ciaoanna: sì",
    items: [said("zoe", "ciao"), said("anna", "sì")],
  },
  {
    what: "a name made of pattern characters",
    before: ["(.*) has joined the chat!"],
    text: "zoe: ciao(.*): sì",
    items: [said("zoe", "ciao"), said("(.*)", "sì")],
  },
  {
    what: "a server's line that is not known",
    text: "SERVER: Chiudo tra poco.SERVER: Addio.",
    items: [
      { type: "other", text: "SERVER: Chiudo tra poco." },
      { type: "other", text: "SERVER: Addio." },
    ],
  },
  {
    what: "relayed messages in one chunk",
    text: "127.0.0.1:5001 - ciao10.0.0.2:5002 - salve",
    items: [
      { type: "relayed", from: "127.0.0.1:5001", text: "ciao" },
      { type: "relayed", from: "10.0.0.2:5002", text: "salve" },
    ],
  },
  {
    what: "a list of people, and one of them who speaks",
    text: "/userlist anna, brunoanna: ciao",
    items: [{ type: "people", names: ["anna", "bruno"] }, said("anna", "ciao")],
  },
  { what: "a list of nobody", text: "/userlist ", items: [{ type: "people", names: [] }] },
  { what: "a line of no known form", text: "il server chiude", items: [{ type: "other", text: "il server chiude" }] },
  {
    what: "what a server of another family would say of somebody",
    before: ["bruno has joined the chat!"],
    text: "anna: ma va (bruno left!)",
    items: [said("anna", "ma va (bruno left!)")],
  },
  { what: "a message of several lines", text: "zoe: uno\ndue\n", items: [said("zoe", "uno\ndue\n")] },
];

function parserFor({ before = [] }: Pick<Row, "before">): LegacyParser {
  const parser = new LegacyParser("anna");
  for (const line of before) {
    parser.push(line);
    parser.flush();
  }
  return parser;
}

describe("the parser of the old servers' wire reads", () => {
  it.each(rows)("$what, whole: $text", (row) => {
    const parser = parserFor(row);
    expect([...parser.push(row.text), ...parser.flush()]).toEqual(row.items);
  });

  it.each(rows)("$what, character by character: $text", (row) => {
    const parser = parserFor(row);
    const items = [...row.text].flatMap((character) => parser.push(character));
    expect([...items, ...parser.flush()]).toEqual(row.items);
  });
});

/**
 * What anna has sent and not heard yet, what arrives, and how it is read. Without the first, each text would be cut.
 */
const ownRows: [sent: string[], text: string, items: LegacyItem[]][] = [
  [["(anna: eco)"], "anna: (anna: eco)", [said("anna", "(anna: eco)")]],
  [["SERVER: pippo"], "anna: SERVER: pippo", [said("anna", "SERVER: pippo")]],
  [["anna: anna: "], "anna: anna: anna: ", [said("anna", "anna: anna: ")]],
  [["x/userlist a,b"], "anna: x/userlist a,b", [said("anna", "x/userlist a,b")]],
  [["uno", "(anna: due)"], "anna: uno(anna: due)", [said("anna", "uno(anna: due)")]],
  [["(anna:", "(anna: eco)"], "anna: (anna: eco)", [said("anna", "(anna: eco)")]],
  [["(anna: eco)"], "anna: (anna: eco)anna: altro", [said("anna", "(anna: eco)"), said("anna", "altro")]],
  [["uno", "(anna: due)"], "anna: unoanna: (anna: due)", [said("anna", "uno"), said("anna", "(anna: due)")]],
  [
    ["SERVER: x"],
    "anna: SERVER: xSERVER: Utente zoe ha lasciato la chat.",
    [said("anna", "SERVER: x"), { type: "left", name: "zoe" }],
  ],
];

describe("an own message that the server sends back is one, whatever it looks like:", () => {
  function parserAfter(sent: string[]): { push: (chunk: string) => LegacyItem[]; flush: () => LegacyItem[] } {
    const echo = new EchoQueue<string>();
    for (const text of sent) echo.expect(text, text);
    const parser = new LegacyParser("anna", (heard) => echo.ownStart(heard));
    const heard = (items: LegacyItem[]) => {
      for (const item of items) if (item.type === "message") echo.hear(item.text);
      return items;
    };
    return { push: (chunk) => heard(parser.push(chunk)), flush: () => heard(parser.flush()) };
  }

  it.each(ownRows)("sent %j, heard %j whole", (sent, text, items) => {
    const parser = parserAfter(sent);
    expect([...parser.push(text), ...parser.flush()]).toEqual(items);
  });

  it.each(ownRows)("sent %j, heard %j character by character", (sent, text, items) => {
    const parser = parserAfter(sent);
    expect([...[...text].flatMap((character) => parser.push(character)), ...parser.flush()]).toEqual(items);
  });

  it.each(ownRows)("sent %j, heard %j cut anywhere in the first message", (sent, text, items) => {
    const [first] = items;
    const end = first?.type === "message" ? `anna: ${first.text}`.length : 0;
    for (let cut = 1; cut <= end; cut++) {
      const parser = parserAfter(sent);
      const heard = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut)), ...parser.flush()];
      expect(heard, `cut at ${cut}`).toEqual(items);
    }
  });
});

describe("the parser of the old servers' wire", () => {
  it("takes a chunk that begins like a line for a line, even from somebody new", () => {
    const parser = new LegacyParser("anna");
    parser.push("anna: ciao");
    expect([...parser.push("zoe: salve"), ...parser.push("leo has joined the chat!")]).toEqual([
      said("anna", "ciao"),
      said("zoe", "salve"),
      { type: "joined", name: "leo" },
    ]);
  });

  it("keeps a message back until it must be whole", () => {
    const parser = new LegacyParser("anna");
    expect(parser.push("zoe: cia")).toEqual([]);
    expect(parser.push("o")).toEqual([]);
    expect(parser.flush()).toEqual([said("zoe", "ciao")]);
    expect(parser.flush()).toEqual([]);
  });

  it("holds no more than its bound back", () => {
    const parser = new LegacyParser("anna");
    expect(parser.push("x".repeat(waitingCharsMax - 1))).toEqual([]);
    expect(parser.push("x")).toEqual([{ type: "other", text: "x".repeat(waitingCharsMax) }]);
  });

  it("forgets the oldest name beyond its bound", () => {
    const parser = new LegacyParser("anna");
    const names = Array.from({ length: knownNamesMax - 1 }, (_, n) => `p${n}.`);
    parser.push(`/userlist ${names.join(",")}`);
    parser.flush();
    parser.push("zoe: ciaoanna: sì");
    expect(parser.flush()).toEqual([said("zoe", "ciaoanna: sì")]);
    expect([...parser.push("zoe: ciaop998.: sì"), ...parser.flush()]).toEqual([
      said("zoe", "ciao"),
      said("p998.", "sì"),
    ]);
  });

  it("never throws and never loses text, whatever arrives and however it is cut", () => {
    const fragment = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("anna: ", "zoe: ", "SERVER: ", "SERVER: Utente ", " JOINED THE CHAT!", " has left the chat."),
      fc.constantFrom("/userlist ", "127.0.0.1:1 - ", "{quit}", "Hey anna! Per uscire, digita {quit}", "\n", " "),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (chunks) => {
        const parser = new LegacyParser("anna");
        const items = [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.flush()];
        const read = new RegExp(`^${items.map(sourceOf).join("")}$`);
        expect(read.test(chunks.join(""))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

/** A pattern for all texts that an item may have been read from. */
function sourceOf(item: LegacyItem): string {
  const oneOf = (texts: string[]) => `(?:${texts.map(RegExp.escape).join("|")})\\s*`;
  switch (item.type) {
    case "greeting":
      return oneOf(unframed.flatMap(({ greeting = [] }) => greeting));
    case "welcome":
      return oneOf(unframed.flatMap(({ welcome = [] }) => welcome).map((line) => named(line, "anna")));
    case "taken":
      return oneOf(unframed.flatMap(({ taken = [] }) => taken));
    case "joined":
    case "left":
      return oneOf(unframed.flatMap((family) => family[item.type]).map((line) => named(line, item.name)));
    case "message":
      return RegExp.escape(`${item.from}: ${item.text}`);
    case "relayed":
      return RegExp.escape(`${item.from} - ${item.text}`);
    case "people":
      return `${RegExp.escape("/userlist ")}[\\s,]*${item.names.map((name) => `${RegExp.escape(name)}[\\s,]*`).join("")}`;
    case "other":
      return RegExp.escape(item.text);
  }
}
