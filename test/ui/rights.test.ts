import { describe, expect, test } from "vitest";
import type { KeptEvent } from "../../protocol/bridge-events.ts";
import { announcementsMax } from "../../ui/store/model/announcements.ts";
import { mayDo } from "../../ui/store/model/rights.ts";
import { roomOf } from "../../ui/store/model/state.ts";
import { personActions, roomTools } from "../../ui/store/selectors/person-actions.ts";
import { commandsAt, parseTyped } from "../../ui/store/selectors/typed-line.ts";
import { openStore } from "./memory-bridge-client.ts";
import { at, joined, joinedRoom, message, noon, numbered, remove, snapshot } from "./story.ts";

const rightsOfOwner = [
  "post",
  "topic",
  "delete",
  "kick",
  "ban",
  "bans",
  "mute",
  "unmute",
  "invite",
  "role",
  "room-settings",
];
const told = { from: "bruno", time: at(1) };

/** anna in dev, with bruno, as what the first argument says. */
function inDev(role: "owner" | "guest", ...events: KeptEvent[]) {
  const opened = openStore();
  const own = role === "owner" ? { role, may: rightsOfOwner } : { may: ["post", "topic"] };
  const room = {
    ...joinedRoom("dev", 0, "anna"),
    members: [{ name: "anna" }, { name: "bruno", role: "moderator" }],
    ...own,
  };
  const story = [{ ...joined(0, "anna", "bruno", "carla"), may: ["post"] }, room, ...events];
  opened.client.bridge.snapshot(snapshot({ events: numbered(1, ...story) }));
  const { store } = opened;
  return {
    ...opened,
    dev: () => roomOf(store.state, "dev"),
    kinds: () => store.state.announcements.map(({ kind }) => kind),
  };
}

describe("in a room", () => {
  test("what the page offers is what one may do, to whom", () => {
    const { store, dev } = inDev("owner");
    const actions = ["message", "mute", "unmute", "kick", "ban", "owner", "none", "block"];
    expect(personActions(store.state, dev(), "bruno")).toEqual(actions);
    expect(personActions(store.state, dev(), "carla")).not.toContain("kick");
    expect(personActions(store.state, dev(), "anna")).toEqual([]);
    expect(roomTools(store.state, dev())).toEqual(["room", "rules", "audit"]);
    const guest = inDev("guest");
    expect(personActions(guest.store.state, guest.dev(), "bruno")).toEqual(["message", "block"]);
    expect(roomTools(guest.store.state, guest.dev())).toEqual(["audit"]);
  });

  test("a role that is given and taken, and a rename, are known at once", () => {
    const { dev } = inDev(
      "owner",
      { type: "role", room: "dev", name: "anna", role: "none", ...told },
      { type: "role", room: "dev", name: "bruno", role: "owner", ...told },
      { type: "may", room: "dev", may: ["post"] },
      { type: "member-renamed", room: "lobby", from: "bruno", to: "bea", same: true, time: at(2) },
    );
    expect([...dev().roles]).toEqual([["bea", "owner"]]);
    expect(dev()).toMatchObject({ role: undefined, may: ["post"] });
    expect([...dev().entries].filter(({ kind }) => kind === "line")).toHaveLength(3);
  });

  test("a mute ends at its end, which is not told", () => {
    const { dev } = inDev("guest", { type: "may", room: "dev", may: [], mutedUntil: at(10) });
    expect([9, 10].map((minutes) => mayDo(dev(), "post", Date.parse(at(minutes))))).toEqual([false, true]);
    expect(mayDo(dev(), "topic", Date.parse(at(9)))).toBe(false);
  });

  test("a page that reloads has all of it from the snapshot", () => {
    const { store, client } = openStore();
    const rights = { settings: { slowSeconds: 30 }, role: "moderator", may: ["post", "kick"] };
    const members = [{ name: "anna", role: "moderator" }, { name: "bruno" }];
    client.bridge.snapshot(snapshot({ rooms: [{ room: "dev", members, seq: 0, ...rights }] }));
    expect(roomOf(store.state, "dev")).toMatchObject(rights);
    expect([...roomOf(store.state, "dev").roles]).toEqual([["anna", "moderator"]]);
  });

  test("a message that a moderator deleted says so", () => {
    const deletion = { ...remove(2, 1), room: "dev", by: "bruno" };
    const { dev } = inDev("guest", message(1, { room: "dev" }), deletion);
    expect(dev().entries.lastMessage).toMatchObject({ message: { deleted: true, text: "", deletedBy: "bruno" } });
  });
});

describe("the reader hears", () => {
  const out = { type: "member-left" as const, room: "dev", name: "anna", count: 1, time: at(1) };

  test("why they are out of a room, until they are in it again", () => {
    const taken = { ...out, reason: "banned", by: "bruno", why: "too loud" };
    const { store, kinds } = inDev("guest", taken);
    expect(store.state.rooms.has("dev")).toBe(false);
    expect(store.state.announcements).toMatchObject([{ kind: "taken-out", by: "bruno", why: "too loud" }]);
    expect(inDev("guest", taken, joinedRoom("dev", 0, "anna")).kinds()).toEqual([]);
    expect(inDev("guest", { ...out, reason: "left" }).kinds()).toEqual([]);
    expect(kinds()).toEqual(["taken-out"]);
  });

  test("of invitations and reports, and of no room that they removed themselves", () => {
    const removed = { type: "room-removed" as const, room: "dev", time: at(1) };
    expect(inDev("owner", { ...removed, from: "anna" }).kinds()).toEqual([]);
    expect(inDev("guest", { ...removed, from: "bruno" }).kinds()).toEqual(["room-removed"]);
    const invitation = { type: "invited" as const, room: "tea", ...told };
    expect(inDev("guest", invitation).kinds()).toEqual(["invited"]);
    expect(inDev("guest", { ...invitation, room: "dev" }).kinds()).toEqual([]);
    const report = { type: "reported" as const, id: "r1", room: "dev", msgid: "m", by: "carla", time: at(1) };
    expect(inDev("owner", report, { ...report, id: "r2" }).kinds()).toEqual(["reported"]);
  });

  test("nothing again that they dismissed, and so many at most", () => {
    const invitations = Array.from({ length: announcementsMax + 5 }, (_, index) => ({
      ...{ type: "invited" as const, room: `room${index}` },
      ...told,
    }));
    const { store, window } = inDev("guest", ...invitations);
    expect(store.state.announcements).toHaveLength(announcementsMax);
    const key = store.state.announcements.at(-1)?.key ?? "";
    store.dismiss(key);
    const again = openStore({ window });
    again.client.bridge.snapshot(
      snapshot({ events: numbered(1, joined(0, "anna"), joinedRoom("dev", 0), ...invitations) }),
    );
    expect(again.store.state.announcements.map((each) => each.key)).not.toContain(key);
    expect(again.store.state.announcements.length).toBeGreaterThan(1);
  });
});

describe("a typed command about rights", () => {
  const may = (verb: string) => rightsOfOwner.includes(verb);
  const place = {
    room: "dev",
    names: ["bruno", "bruno rossi"],
    private: true,
    rooms: true,
    accounts: true,
    may,
    nowMs: Date.parse(noon),
  };
  const room = "dev";
  const asks = (command: object) => ({ kind: "moderate", command });

  test.each([
    ["/kick bruno rossi too loud", asks({ type: "kick", room, name: "bruno rossi", reason: "too loud" })],
    ["/mute bruno 10m hush", asks({ type: "mute", room, name: "bruno", until: at(10), reason: "hush" })],
    ["/unmute bruno", asks({ type: "unmute", room, name: "bruno" })],
    ["/ban zoe", asks({ type: "ban", room, name: "zoe" })],
    ["/ban *spam* 2h", asks({ type: "ban", room, pattern: "*spam*", until: at(120) })],
    ["/ban 192.0.2.0/24", asks({ type: "ban", room, address: "192.0.2.0/24" })],
    ["/ban 2001:db8::/32 x", asks({ type: "ban", room, address: "2001:db8::/32", reason: "x" })],
    ["/slow 30", asks({ type: "room-settings", room, slowSeconds: 30 })],
    ["/slow off", asks({ type: "room-settings", room, slowSeconds: 0 })],
    ["/set topic-locked on", asks({ type: "room-settings", room, topicLocked: true })],
    ["/role bruno owner", asks({ type: "role", room, name: "bruno", role: "owner" })],
    ["/invite carla", asks({ type: "invite", room, name: "carla" })],
    ["/block bruno", asks({ type: "block", name: "bruno" })],
    ["/report bruno spam", { kind: "report", name: "bruno", reason: "spam" }],
    ["/unban", { kind: "open", overlay: "rules" }],
    ["/blocked", { kind: "open", overlay: "settings" }],
    ["/kick", { kind: "problem", problem: { code: "nothing-to-say", command: "kick" } }],
    ["/role bruno king", { kind: "problem", problem: { code: "nothing-to-say", command: "role" } }],
    ["/slow soon", { kind: "problem", problem: { code: "nothing-to-say", command: "slow" } }],
    ["/reports", { kind: "problem", problem: { code: "not-here", command: "reports" } }],
  ])("%s", (typed, meaning) => {
    expect(parseTyped(typed, place)).toEqual(meaning);
  });

  test("is offered only to those who may", () => {
    expect(commandsAt(place)).toEqual(expect.arrayContaining(["kick", "slow", "block", "topic"]));
    const guest = commandsAt({ ...place, may: (verb) => verb === "post" });
    expect(guest).toEqual(expect.arrayContaining(["report", "block", "audit"]));
    for (const word of ["kick", "slow", "topic", "reports"]) expect(guest).not.toContain(word);
    expect(commandsAt({ ...place, may: undefined })).not.toContain("block");
    expect(parseTyped("/kick bruno", { ...place, may: undefined })).toMatchObject({
      problem: { code: "unknown-command" },
    });
  });
});
