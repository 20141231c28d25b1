import { describe, expect, test } from "vitest";
import { addressees } from "../../ui/store/model/people.ts";
import { everyone } from "../../ui/store/model/state.ts";
import { openStore, PageClock } from "./memory-bridge-client.ts";
import { at, joined, numbered, online, snapshot } from "./story.ts";

const room = "lobby";
const left = (name: string, minutes: number) =>
  ({ type: "member-left", room, name, count: 1, time: at(minutes), reason: "quit" }) as const;

function inChat() {
  const opened = openStore({ clock: new PageClock() });
  const here = { ...joined(0, "anna", "bruno"), members: [{ name: "anna" }, { name: "bruno", away: true }] };
  opened.client.bridge.snapshot(snapshot({ connection: online, events: numbered(1, here) }));
  let n = 1;
  const tell = (...told: Parameters<typeof opened.client.bridge.event>[0]["event"][]) => {
    for (const event of told) opened.client.bridge.event({ n: ++n, event });
  };
  const idle = () => [...opened.store.state.idle];
  const absent = () => opened.store.state.absentees.map(({ name }) => name);
  return { ...opened, tell, idle, absent };
}

describe("who does not look", () => {
  test("is known from the beginning, and as it changes", () => {
    const { tell, idle } = inChat();
    expect(idle()).toEqual(["bruno"]);
    tell({ type: "member-away", room, name: "anna", away: true, time: at(1) });
    tell({ type: "member-away", room, name: "bruno", away: false, time: at(1) });
    expect(idle()).toEqual(["anna"]);
  });

  test("keeps that under another name, and loses it on leaving", () => {
    const { tell, idle } = inChat();
    tell({ type: "member-renamed", room, from: "bruno", to: "bea", time: at(1) });
    expect(idle()).toEqual(["bea"]);
    tell(left("bea", 2));
    expect(idle()).toEqual([]);
  });
});

describe("who was here before", () => {
  test("is asked of the server, and is not who is here", async () => {
    const { client, absent } = inChat();
    const asked = client.murmurs.find(({ request }) => request.type === "people");
    await asked?.answer({
      ok: true,
      people: [
        { name: "Dora", seen: at(-5) },
        { name: "Bruno", seen: at(-9) },
      ],
    });
    expect(absent()).toEqual(["Dora"]);
  });

  test("can be written to by their whole name", () => {
    const { tell, store } = inChat();
    tell(left("anna maria", 1));
    expect(addressees(store.state)).toContain("anna maria");
  });

  test("is whoever left, until they come back", () => {
    const { tell, absent, store } = inChat();
    tell(left("bruno", 1));
    expect(absent()).toEqual(["bruno"]);
    expect(store.state.absentees[0]?.seen).toBe(at(1));
    tell({ type: "member-joined", room, name: "Bruno", count: 2, time: at(2) });
    expect(absent()).toEqual([]);
    expect(everyone(store.state)).toContain("Bruno");
  });

  test("is not somebody who left another room only", () => {
    const { tell, absent } = inChat();
    tell({ ...left("bruno", 1), room: "dev", reason: "left" });
    expect(absent()).toEqual([]);
  });
});

test("the bridge is told whether the reader looks, again with every connection", () => {
  const { client, store } = inChat();
  store.attend(false);
  client.bridge.snapshot(snapshot({ connection: online, epoch: "epoch-2" }));
  store.attend(true);
  expect(client.attended).toEqual([true, false, false, true]);
});

test("whose name is registered is known from the beginning, as they come and go, and from the snapshot", () => {
  const { store, client, tell } = inChat();
  const registered = () => [...store.state.registered].sort();
  tell({ ...joined(0, "anna", "bruno"), members: [{ name: "anna", registered: true }, { name: "bruno" }] });
  expect(registered()).toEqual(["anna"]);
  tell({ type: "member-joined", room, name: "carla", registered: true, count: 3, time: at(1) });
  tell({ type: "member-renamed", room, from: "bruno", to: "bea", registered: true, time: at(2) });
  expect(registered()).toEqual(["anna", "bea", "carla"]);
  tell({ type: "member-renamed", room, from: "bea", to: "guest-1", time: at(3) }, left("carla", 4));
  expect(registered()).toEqual(["anna"]);
  const members = [{ name: "anna" }, { name: "guest-1", registered: true }];
  client.bridge.snapshot(snapshot({ rooms: [{ room, members, seq: 0 }] }));
  expect(registered()).toEqual(["guest-1"]);
});
