/** The table of docs/security.md: who may do what. Every cell is tried over real connections. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commands } from "../../protocol/commands.ts";
import { en } from "../../server/dialects/texts/en.ts";
import { rightsEn } from "../../server/dialects/texts/rights-en.ts";
import {
  ask,
  password,
  type Scene,
  setScene,
  stands,
  terminal,
  terminalBarrier,
  tries,
} from "../support/rights-walk.ts";
import { startTestServer } from "../support/test-server.ts";

const document = readFileSync(new URL("../../docs/security.md", import.meta.url), "utf8");

/** The cells of the table's rows, the headings first. */
const [headings = [], ...rows] = [...document.matchAll(/^\| (.*) \|$/gm)]
  .map(([, row = ""]) => row.split(" | ").map((cell) => cell.trim()))
  .filter(([first = ""]) => first === "to do" || Object.hasOwn(tries, first));

const manyRules = { atOnce: 10_000, perHour: 0 };
const limits = {
  newRoomsOfMember: manyRules,
  newRoomsOfSource: manyRules,
  newRulesOfMember: manyRules,
  newRulesOfSource: manyRules,
  newReportsOfMember: manyRules,
  newReportsOfSource: manyRules,
  newAccountsOfMember: manyRules,
  newAccountsOfSource: manyRules,
  roomsPerMemberMax: 1_000,
  ownBurst: 100_000,
  ownFirst: 100_000,
  turnUnits: 1_000,
};

test("the table has every command and every standing", () => {
  expect(headings.slice(1)).toEqual(Object.keys(stands));
  expect(rows.map(([what]) => what)).toEqual(Object.keys(tries));
  const verbs = rows.map(([what = ""]) => what.split(" ")[0]);
  expect([...new Set(verbs)].sort()).toEqual(Object.keys(commands).sort());
});

describe.each(headings.slice(1))("%s", (stand) => {
  test("may do what the table says, and nothing else", { timeout: 60_000 }, async () => {
    const server = await startTestServer({ limits, admins: rows.map((_, index) => `actor r${index}`) });
    const keeper = await server.joinJson("keeper");
    const other = await server.joinJson("other");
    const found: Record<string, string> = {};
    const expected: Record<string, string | undefined> = {};
    for (const [what = "", ...cells] of rows) {
      const room = `r${Object.keys(found).length}`;
      const scene = await setScene(server, stand, { room, keeper, other });
      const command = tries[what]?.(scene) ?? {};
      const { type, code } = await ask(scene.actor, command);
      found[what] = type === "error" ? String(code) : "yes";
      expected[what] = cells[headings.indexOf(stand) - 1];
      scene.actor.close();
    }
    expect(found).toEqual(expected);
  });
});

/** What people at a terminal type for a row, where there is a word for it. */
const lines: Readonly<Record<string, (scene: Scene) => string>> = {
  rename: ({ actorName }) => `/nick ${actorName}y`,
  rooms: () => "/rooms",
  search: () => "/search word",
  block: ({ other }) => `/block ${other}`,
  unblock: () => "/unblock keeper",
  blocked: () => "/blocked",
  "post in private": ({ other }) => `/msg ${other} again`,
  "change-password": () => `/password\n${password}\n${password}!`,
  quit: () => "/quit",
  register: () => `/register ${password}`,
  join: ({ room }) => `/join ${room}`,
  who: () => "/who",
  history: () => "/history",
  report: ({ other }) => `/report ${other} rude`,
  audit: () => "/audit",
  post: () => "again",
  "edit one's own": () => "/edit better",
  "delete another's message": ({ other }) => `/delete ${other}`,
  "delete one's own": () => "/delete",
  react: ({ other }) => `/react 👍 ${other}`,
  topic: () => "/topic tea",
  leave: () => "/leave",
  kick: ({ other }) => `/kick ${other}`,
  ban: ({ other }) => `/ban ${other} 10m too loud`,
  unban: () => "/unban nobody*",
  bans: () => "/bans",
  mute: ({ other }) => `/mute ${other} 10m`,
  unmute: ({ other }) => `/unmute ${other}`,
  invite: ({ other }) => `/invite ${other}`,
  reports: () => "/reports",
  "settle-report": ({ reportId }) => `/settle ${reportId}`,
  "make-invitation": () => "/invitation",
  invitations: () => "/invitations",
  "drop-invitation": () => "/revoke nothing",
  "room-settings": () => "/set hidden on",
  role: ({ other }) => `/role ${other} moderator`,
  "remove-room": ({ room }) => `/remove ${room}`,
};

/** Where nobody speaks of the room that they are in. */
const everywhere = [
  ...["rename", "rooms", "search", "block", "unblock", "blocked", "post in private", "change-password", "quit"],
  ...["register", "join"],
];

/** What concerns the whole chat, whatever room they are in. */
const ofTheChat = ["make-invitation", "invitations", "drop-invitation"];

/** The code of the refusal in what somebody was told, `yes` for none. */
function refusalIn(told: string): string {
  const codes = ["not-allowed", "muted", "slow-mode", "topic-locked", "not-invited", "members-only"] as const;
  if (told.includes("You are banned from there")) return "banned";
  if (told.includes(en.notYours)) return "not-yours";
  if (told.includes(en.alreadyRegistered)) return "registered";
  if (told.includes("is not registered")) return "not-registered";
  return codes.find((code) => told.includes(rightsEn.rightsProblem(code))) ?? "yes";
}

/** An administrator who has entered the room, where a terminal can speak of it, may do there what an owner may. */
const columnOf = (stand: string, what: string) =>
  stand === "administrator" && ![...everywhere, ...ofTheChat].includes(what) ? "owner" : stand;

/** Who may do it is told that there is nothing to do it to, in words of its own. */
const allowed = (cell: string | undefined) => (cell === "no-such-rule" ? "yes" : cell);

describe.each(headings.slice(2))("%s at a terminal", (stand) => {
  test("may do what the table says, and nothing else", { timeout: 60_000 }, async () => {
    const server = await startTestServer({
      limits,
      admins: stand === "administrator" ? rows.map((_, index) => `actor r${index}`) : [],
    });
    const keeper = await server.joinJson("keeper");
    const other = await server.joinJson("other");
    const found: Record<string, string> = {};
    const expected: Record<string, string | undefined> = {};
    const isOutside = ["outside", "banned", "uninvited", "members' history"].includes(stand);
    // From outside, a terminal speaks of no room but the one to join.
    const tried = isOutside ? everywhere : Object.keys(lines);
    for (const [what = "", ...cells] of rows.filter(([row = ""]) => tried.includes(row))) {
      const room = `r${Object.keys(found).length}`;
      const scene = await setScene(server, stand, { room, keeper, other, tongue: terminal });
      if (stand === "administrator") await terminal.join(scene.actor, room);
      if (stand === "administrator") await terminal.say(scene.actor, room);
      scene.actor.send(`${lines[what]?.(scene)}\n`);
      // What is about somebody's last message is looked up first, and done after that.
      const barrier = () => terminalBarrier(scene.actor);
      const told = what === "quit" ? [await scene.actor.until("Bye!")] : [await barrier(), await barrier()];
      found[what] = refusalIn(told.join(""));
      expected[what] = allowed(cells[headings.indexOf(columnOf(stand, what)) - 1]);
      scene.actor.close();
    }
    expect(found).toEqual(expected);
  });
});
