/** Reading a server that ends its lines, however its output arrives. */
import { describe, expect, it } from "vitest";
import { legacyFamilies, legacyFamilyOf } from "../../bridge/upstream/legacy-families.ts";
import { LegacyLines } from "../../bridge/upstream/legacy-lines.ts";
import { type LegacyItem, LegacyParser, waitingCharsMax } from "../../bridge/upstream/legacy-parser.ts";

const said = (from: string, text: string): LegacyItem => ({ type: "message", from, text });

/** What "anna" hears from a server with this greeting. */
const rows: { what: string; greeting?: string; text: string; items: LegacyItem[] }[] = [
  { what: "a message", text: "bruno: ciao\n", items: [said("bruno", "ciao")] },
  { what: "messages", text: "bruno: ciao\nzoe: ehi\n", items: [said("bruno", "ciao"), said("zoe", "ehi")] },
  {
    what: "lines that end in \\r\\n",
    text: "bruno: ciao\r\nzoe: ehi\r\n",
    items: [said("bruno", "ciao"), said("zoe", "ehi")],
  },
  { what: "an end without a line", text: "\n\nbruno: ciao\n", items: [said("bruno", "ciao")] },
  { what: "a line that quotes others", text: "bruno: anna: SERVER: x\n", items: [said("bruno", "anna: SERVER: x")] },
  { what: "somebody who joins", text: "bruno joined the chat!\n", items: [{ type: "joined", name: "bruno" }] },
  { what: "the longer of two lines", text: "bruno has joined the chat!\n", items: [{ type: "joined", name: "bruno" }] },
  { what: "somebody who leaves", text: "bruno left the chat.\n", items: [{ type: "left", name: "bruno" }] },
  {
    what: "a prompt that does not end",
    text: "bruno: ciao\n[say]> ",
    items: [said("bruno", "ciao"), { type: "other", text: "[say]> " }],
  },
  {
    what: "another line",
    text: "The server closes soon.\n",
    items: [{ type: "other", text: "The server closes soon." }],
  },
  {
    what: "that of SUBMITNAME",
    greeting: "SUBMITNAME",
    text: "NAMEACCEPTED anna\nMESSAGE zoe has joined\nMESSAGE zoe: ciao: a te\nMESSAGE zoe has left\nSUBMITNAME\n",
    items: [
      { type: "welcome", leavingWord: "/quit" },
      { type: "joined", name: "zoe" },
      said("zoe", "ciao: a te"),
      { type: "left", name: "zoe" },
      { type: "taken" },
    ],
  },
];

function reader(greeting?: string): LegacyLines {
  const family = greeting === undefined ? undefined : legacyFamilyOf(greeting);
  return new LegacyLines(new LegacyParser("anna", undefined, family), family?.prefix);
}

/** White space at the end of a line does not count. */
const trimmed = (items: LegacyItem[]) =>
  items.map((item) => (item.type === "message" ? { ...item, text: item.text.trimEnd() } : item));

describe.each(rows)("$what", ({ greeting, text, items }) => {
  it("is read whole", () => {
    const lines = reader(greeting);
    expect(trimmed([...lines.push(text), ...lines.flush()])).toEqual(items);
  });

  it("is read character by character", () => {
    const lines = reader(greeting);
    expect(trimmed([...[...text].flatMap((character) => lines.push(character)), ...lines.flush()])).toEqual(items);
  });
});

it("holds no more than its bound back", () => {
  const lines = reader();
  expect(lines.push("x".repeat(waitingCharsMax - 1))).toEqual([]);
  expect(lines.push("x")).toEqual([{ type: "other", text: "x".repeat(waitingCharsMax) }]);
});

describe("a greeting", () => {
  it.each([
    ["NICK", "NICK"],
    ["NICK\n", "NICK"],
    ["Please enter your NICKNAME: ", undefined],
    ["What is your NICK?", undefined],
    ["SUBMITNAME\n", "SUBMITNAME"],
    ["Welcome!\n[ENTER YOUR NAME]: ", "[ENTER YOUR NAME]"],
    ["--- WRITE YOUR NAME TO START!", "WRITE YOUR NAME TO START!"],
    ["Ciao! Come ti chiami?", undefined],
    ["", undefined],
  ])("%j is that of the family %j", (greeting, family) => {
    expect(legacyFamilyOf(greeting)?.greeting).toBe(family);
  });

  it("and each other line of the table has one place for a name", () => {
    const lines = legacyFamilies.flatMap(({ welcome = "{name}", joined, left }) => [welcome, ...joined, ...left]);
    for (const line of lines) expect(line.split("{name}"), line).toHaveLength(2);
  });
});
