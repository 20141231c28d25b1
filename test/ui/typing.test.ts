import { expect, test } from "vitest";
import { typingGapMs, typingShownMs, typistsMax } from "../../ui/store/model/typing.ts";
import { openStore, PageClock } from "./memory-bridge-client.ts";
import { joined, message, numbered, online, onlineLegacy, snapshot, waiting } from "./story.ts";

function inChat(connection = online) {
  const clock = new PageClock();
  const opened = openStore({ clock });
  opened.client.bridge.snapshot(snapshot({ connection, events: numbered(1, joined(0, "anna", "bruno")) }));
  const types = (from: string, room = "lobby") => opened.client.bridge.typing({ type: "typing", room, from });
  return { ...opened, clock, types };
}
type Opened = ReturnType<typeof inChat>;
const typists = ({ store }: Opened, room = "lobby") => store.state.typing.get(room)?.map(({ name }) => name);
const told = ({ client }: Opened) => client.murmurs.filter(({ request }) => request.type === "typing").length;

test("who writes is known for a while after it was told last", () => {
  const chat = inChat();
  chat.types("bruno");
  chat.clock.advance(typingShownMs - 1_000);
  chat.types("carla");
  chat.types("bruno");
  expect(typists(chat)).toEqual(["carla", "bruno"]);
  chat.clock.advance(typingShownMs - 1);
  expect(typists(chat)).toEqual(["carla", "bruno"]);
  chat.clock.advance(1);
  expect(typists(chat)).toBeUndefined();
});

test("each is forgotten at their own time", () => {
  const chat = inChat();
  chat.types("bruno");
  chat.clock.advance(2_000);
  chat.types("carla");
  chat.clock.advance(typingShownMs - 2_000);
  expect(typists(chat)).toEqual(["carla"]);
});

test("whose message has come has written it", () => {
  const chat = inChat();
  chat.types("bruno");
  chat.types("carla");
  chat.client.bridge.event({ n: 2, event: message(1, { from: "bruno" }) });
  expect(typists(chat)).toEqual(["carla"]);
});

test("oneself, a room that is not open, and more than anybody would read are not kept", () => {
  const chat = inChat();
  chat.types("anna");
  chat.types("bruno", "@bruno");
  expect(chat.store.state.typing.size).toBe(0);
  for (let i = 0; i < typistsMax + 5; i++) chat.types(`bot ${i}`);
  expect(typists(chat)).toHaveLength(typistsMax);
});

test("the server is told once in a while that the person writes, for each room", () => {
  const chat = inChat();
  for (let i = 0; i < 5; i++) chat.store.asking.tellTyping("lobby");
  expect(told(chat)).toBe(1);
  chat.store.asking.tellTyping("dev");
  expect(told(chat)).toBe(2);
  chat.clock.advance(typingGapMs);
  chat.store.asking.tellTyping("lobby");
  expect(told(chat)).toBe(3);
});

test("what is written without a connection is not told, and does not keep the next from being told", () => {
  const chat = inChat();
  chat.client.bridge.connection(waiting);
  chat.store.asking.tellTyping("lobby");
  expect(told(chat)).toBe(0);
  chat.client.bridge.connection(online);
  chat.store.asking.tellTyping("lobby");
  expect(told(chat)).toBe(1);
});

test("an old server is told nothing of it", () => {
  const chat = inChat(onlineLegacy);
  chat.store.asking.tellTyping("lobby");
  expect(told(chat)).toBe(0);
});
