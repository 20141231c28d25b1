import { describe, expect, test } from "vitest";
import { isQuiet, type Notice, noticeOf, toldNow } from "../../ui/store/selectors/notices.ts";
import { Notifier, noticeDelayMs, settledMaxMs, settledMs } from "../../ui/store/services/notifier.ts";
import { defaultSettings, type Settings } from "../../ui/store/settings/settings.ts";
import { openStore, PageClock } from "./memory-bridge-client.ts";
import { at, joined, joinedRoom, message, noon, numbered, online, remove, snapshot, waiting } from "./story.ts";

/** Somebody who was in the chat for a while and is now looking elsewhere; `told` is what they were notified of. */
function away(settings: Partial<Settings> = {}) {
  const clock = new PageClock();
  const opened = openStore({ clock });
  const { store, client } = opened;
  store.settings.choose({ desktop: true, rooms: { lobby: "all" }, ...settings });
  const told: string[] = [];
  let sounds = 0;
  new Notifier(store, clock, {
    desktop: { show: (notice) => told.push(said(notice)) },
    sound: { play: () => (sounds += 1) },
  });
  const events = numbered(1, joined(0, "anna", "bruno"), joinedRoom("dev", 0, "anna", "bruno"));
  client.bridge.snapshot(snapshot({ events }));
  let n = events.length;
  const tell = (...more: Parameters<typeof numbered>[1][]) => {
    for (const event of more) client.bridge.event({ n: ++n, event });
  };
  clock.advance(settledMs);
  store.attend(false);
  return { ...opened, clock, told, tell, sounds: () => sounds };
}

test("many messages are known by the newest of them, in whatever room", () => {
  const { store, tell } = away();
  const before = toldNow(store.state);
  tell(
    message(1, { time: at(1) }),
    message(2, { time: at(3) }),
    message(1, { room: "@bruno", msgid: "b", time: at(2) }),
  );
  expect(noticeOf(store.state, before, store.settings.value)).toMatchObject({ kind: "summary", newest: "msg-2" });
});

function said(notice: Notice): string {
  if (notice.kind === "message") return notice.message.text;
  return notice.rooms.map(({ room, messages }) => `${messages} in ${room}`).join(", ");
}

describe("somebody who does not look at the window", () => {
  test("is told of a message, once, after a moment", () => {
    const { tell, clock, told } = away();
    tell(message(1));
    clock.advance(noticeDelayMs - 1);
    expect(told).toEqual([]);
    clock.advance(10 * noticeDelayMs);
    expect(told).toEqual(["text 1"]);
  });

  test("is told of many at once, and then of the next", () => {
    const { tell, clock, told } = away();
    tell(message(1), message(2), message(1, { room: "@bruno" }));
    clock.advance(noticeDelayMs);
    tell(message(3));
    clock.advance(noticeDelayMs);
    expect(told).toEqual(["2 in lobby, 1 in @bruno", "text 3"]);
  });

  test("is not told of what they wrote themselves, elsewhere, or of what was deleted meanwhile", () => {
    const { tell, clock, told } = away();
    tell(message(1, { from: "anna" }), message(2), remove(3, 2));
    clock.advance(noticeDelayMs);
    expect(told).toEqual([]);
  });

  test("is not told of what another window has shown them meanwhile", () => {
    const { tell, clock, told } = away();
    tell(message(1), message(2));
    tell({ type: "read", room: "lobby", seq: 1 });
    clock.advance(noticeDelayMs);
    expect(told).toEqual(["text 2"]);
  });

  test("is not told when they come back in time, nor of what they have seen then", () => {
    const { store, tell, clock, told } = away();
    tell(message(1, { room: "@bruno" }));
    store.attend(true);
    clock.advance(noticeDelayMs);
    tell(message(2, { room: "@bruno" }));
    store.attend(false);
    tell(message(3, { room: "@bruno" }));
    clock.advance(noticeDelayMs);
    expect(told).toEqual(["text 3"]);
  });

  test.each<[Settings["rooms"], string[]]>([
    [{}, ["hello ANNA", "psst"]],
    [{ dev: "all" }, ["text 1", "hello ANNA", "psst"]],
    [{ dev: "none" }, ["psst"]],
    [{ "@bruno": "none" }, ["hello ANNA", "psst"]],
  ])("is told by %j of what they want to know", (rooms, expected) => {
    const { tell, clock, told } = away({ rooms });
    const all = [
      message(1, { room: "dev" }),
      message(2, { room: "dev", text: "hello ANNA" }),
      message(1, { room: "@bruno", text: "psst" }),
    ];
    for (const each of all) {
      tell(each);
      clock.advance(noticeDelayMs);
    }
    expect(told).toEqual(expected);
  });

  test.each<[Partial<Settings>, string[], number]>([
    [{ desktop: false, sound: true }, [], 1],
    [{ sound: true }, ["text 1"], 1],
    [{ quiet: true, sound: true, quietFrom: "11:00", quietTo: "12:30" }, [], 0],
  ])("is told by %j", (settings, desktop, sound) => {
    const { tell, clock, told, sounds } = away(settings);
    tell(message(1));
    clock.advance(noticeDelayMs);
    expect(told).toEqual(desktop);
    expect(sounds()).toBe(sound);
  });
});

describe("what was missed", () => {
  test("while the server was away is told once, however slowly it comes", () => {
    const { client, tell, clock, told } = away();
    client.bridge.connection(waiting);
    clock.advance(60_000);
    client.bridge.connection(online);
    tell(message(1), message(2));
    clock.advance(settledMs - 1);
    tell(message(1, { room: "@bruno" }));
    clock.advance(settledMs - 1);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(["2 in lobby, 1 in @bruno"]);
    tell(message(3));
    clock.advance(noticeDelayMs);
    expect(told.at(-1)).toBe("text 3");
  });

  test("while the bridge was away is told once", () => {
    const { client, clock, told } = away();
    client.bridge.lost();
    client.bridge.snapshot(snapshot({ events: numbered(3, message(1), message(2), message(3)) }));
    clock.advance(settledMs);
    expect(told).toEqual(["3 in lobby"]);
  });

  test("is told some time, though people go on talking", () => {
    const { client, tell, clock, told } = away();
    client.bridge.connection(waiting);
    client.bridge.connection(online);
    for (let seq = 1; clock.now() < Date.parse(noon) + settledMs + settledMaxMs; seq += 1) {
      tell(message(seq));
      clock.advance(1_000);
    }
    expect(told).toHaveLength(1);
  });

  test("before the page was opened is not told to who looks at it", () => {
    const clock = new PageClock();
    const { store, client } = openStore({ clock });
    store.settings.choose({ desktop: true, rooms: { lobby: "all" } });
    const told: string[] = [];
    const show = (notice: Notice) => told.push(said(notice));
    new Notifier(store, clock, { desktop: { show }, sound: { play() {} } });
    client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), message(1), message(2)) }));
    store.attend(false);
    clock.advance(settledMaxMs);
    expect(told).toEqual([]);
  });
});

test.each([
  ["22:00", "08:00", 23 * 60, true],
  ["22:00", "08:00", 7 * 60 + 59, true],
  ["22:00", "08:00", 8 * 60, false],
  ["22:00", "08:00", 12 * 60, false],
  ["12:30", "14:00", 12 * 60 + 30, true],
  ["12:30", "14:00", 14 * 60, false],
  ["12:00", "12:00", 12 * 60, false],
])("between %s and %s, the minute %j is quiet: %j", (quietFrom, quietTo, minute, expected) => {
  const settings = { ...defaultSettings, quietFrom, quietTo };
  const nowMs = Date.parse(at(minute - 12 * 60));
  expect(isQuiet({ ...settings, quiet: true }, nowMs)).toBe(expected);
  expect(isQuiet({ ...settings, quiet: false }, nowMs)).toBe(false);
});
