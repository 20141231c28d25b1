import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { joinedRoom, message, numbered, onlineLegacy, past, snapshot } from "../ui/story.ts";
import { button, expectFocus, field, log, openPage, openRoom, phone } from "./open-page.ts";

const rooms = page.getByRole("list", { name: "Rooms", exact: true });
const room = (name: string | RegExp) => rooms.getByRole("button", { name, exact: true });
const title = (name: string) => page.getByRole("heading", { name, level: 1, exact: true });
const dev = [joinedRoom("dev", 0, "anna", "bruno"), message(1, { room: "dev", text: "in dev" })];

async function typeAndEnter(text: string): Promise<void> {
  await field.fill(text);
  await userEvent.keyboard("{Enter}");
}

describe("the rooms", () => {
  test("are listed, the lobby first and private conversations last, with what is unread in each", async () => {
    const { tell } = await openRoom([message(1, { room: "@bruno" }), ...dev]);
    await expect.element(rooms.getByRole("listitem").nth(0)).toHaveTextContent("lobby");
    await expect.element(room("dev 1 unread message")).toBeVisible();
    await expect.element(room("bruno 1 unread message")).toBeVisible();
    expect(rooms.getByRole("listitem").elements()).toHaveLength(3);
    tell(message(2, { room: "dev", text: "ANNA?" }));
    await expect.element(room(/^dev\b.*1 mention.*2 unread messages$/)).toBeVisible();
    await expect.element(room("lobby")).toHaveAttribute("aria-current", "true");
  });

  test("show their own messages, and what was new in them once", async () => {
    await openRoom([message(1), ...dev]);
    await room(/^dev/).click();
    await expect.element(title("dev")).toBeVisible();
    await expect.element(log.getByText("in dev")).toBeVisible();
    await expect.element(log.getByText("text 1")).not.toBeInTheDocument();
    await expect.element(log.getByText("New messages")).toBeVisible();
    await expect.element(room("dev")).toHaveAttribute("aria-current", "true");
    await expectFocus(field);
    await room("lobby").click();
    await room("dev").click();
    await expect.element(log.getByText("in dev")).toBeVisible();
    await expect.element(log.getByText("New messages")).not.toBeInTheDocument();
    expect(document.title).toBe("dev · Salotto");
  });

  test("are written to one at a time, each with its own draft, which survives a reload", async () => {
    const { client, window, close } = await openRoom(dev);
    await field.fill("for the lobby");
    await room(/^dev/).click();
    await expect.element(field).toHaveValue("");
    await field.fill("for dev");
    await room("lobby").click();
    await expect.element(field).toHaveValue("for the lobby");
    close();
    await openRoom(dev, { window });
    await expect.element(field).toHaveValue("for the lobby");
    await room("dev").click();
    await expect.element(field).toHaveValue("for dev");
    await userEvent.keyboard("{Enter}");
    expect(client.posts).toEqual([]);
  });

  test("have people and a topic of their own", async () => {
    await openRoom([...dev, { type: "topic", room: "dev", topic: "Releases", from: "bruno", time: message(1).time }]);
    await room(/^dev/).click();
    await expect.element(page.getByText("Releases", { exact: true })).toBeVisible();
    await expect.element(page.getByRole("heading", { name: "People 2" })).toBeVisible();
  });

  test("are where the reader was, after a look into another", async () => {
    const many = Array.from({ length: 60 }, (_, index) => message(index + 1));
    await openRoom([...many, ...dev]);
    await expect.poll(() => log.element().scrollTop).toBeGreaterThan(400);
    log.element().scrollTop = 400;
    await expect.element(button("Latest messages")).toBeVisible();
    await room(/^dev/).click();
    await expect.element(log.getByText("in dev")).toBeVisible();
    await room("lobby").click();
    await expect.poll(() => Math.round(log.element().scrollTop)).toBe(400);
  });

  test("are behind a button on a phone, which says what is unread, and make place when one is chosen", async () => {
    await openRoom(dev, { size: phone });
    await expect.element(rooms).not.toBeInTheDocument();
    await button("Show rooms (1 unread message)").click();
    await room(/^dev/).click();
    await expect.element(log.getByText("in dev")).toBeVisible();
    await expect.element(rooms).not.toBeInTheDocument();
    await expectFocus(field);
    await button("Menu").click();
    await expect.element(page.getByRole("menuitem", { name: "Leave room" })).toBeVisible();
    expect(title("dev").element().clientWidth).toBeGreaterThan(30);
    expect(document.documentElement.scrollWidth).toBe(phone[0]);
  });

  test("are none on an old server", async () => {
    await openRoom([], { connection: onlineLegacy });
    await expect.element(page.getByText("Old server: what it cannot do")).toBeVisible();
    await expect.element(rooms).not.toBeInTheDocument();
    await expect.element(page.getByRole("button", { name: /privately/ })).not.toBeInTheDocument();
  });
});

describe("joining a room", () => {
  test("by its name creates it or enters it, and shows it", async () => {
    const { client, tell } = await openRoom();
    await button("Join or create a room").click();
    const name = page.getByRole("textbox", { name: "Room" });
    await expectFocus(name);
    await name.fill("#Dev");
    await userEvent.keyboard("{Enter}");
    expect(client.asks.map(({ request }) => request)).toEqual([{ type: "rooms" }, { type: "join", room: "dev" }]);
    tell(joinedRoom("dev", 0, "anna"));
    await client.asks[1]?.answer({ ok: true, room: "dev" });
    await expect.element(title("dev")).toBeVisible();
    await expect.element(name).not.toBeInTheDocument();
  });

  test("is offered from the list of those that there are", async () => {
    const { client } = await openRoom();
    await button("Join or create a room").click();
    const listed = [
      { room: "dev", topic: "Releases", count: 2 },
      { room: "tea", topic: "", count: 1 },
    ];
    await client.asks[0]?.answer({ ok: true, rooms: listed });
    await button("tea 1 person").click();
    expect(client.asks[1]?.request).toEqual({ type: "join", room: "tea" });
  });

  test.each([
    ["", "A room name can have up to 32 characters: letters, digits and . _ -"],
    ["two words", "A room name can have up to 32 characters: letters, digits and . _ -"],
  ])("by the name %j is refused at the field", async (typed, problem) => {
    const { client } = await openRoom();
    await button("Join or create a room").click();
    const name = page.getByRole("textbox", { name: "Room" });
    await name.fill(typed);
    await button("Join room").click();
    await expect.element(name).toHaveAccessibleDescription(problem);
    expect(client.asks).toHaveLength(1);
  });

  test("says at the field why the server refused", async () => {
    const { client } = await openRoom();
    await typeAndEnter("/join dev");
    expect(client.asks[0]?.request).toEqual({ type: "join", room: "dev" });
    await client.asks[0]?.answer({ ok: false, code: "too-many-rooms", message: "" });
    await expect.element(field).toHaveAccessibleDescription("too many rooms; leave one first");
    await expect.element(field).toHaveValue("/join dev");
  });
});

describe("a room that one is in", () => {
  test("gets a topic by a command", async () => {
    const { client } = await openRoom(dev);
    await room(/^dev/).click();
    await typeAndEnter("/topic Releases");
    expect(client.asks[0]?.request).toEqual({ type: "topic", room: "dev", topic: "Releases" });
    await client.asks[0]?.answer({ ok: true });
    await expect.element(field).toHaveValue("");
  });

  test.each(["button", "/leave"])("is left by %s, and the lobby is shown", async (way) => {
    const { client } = await openRoom(dev);
    await room(/^dev/).click();
    await expect.element(title("dev")).toBeVisible();
    if (way === "button") await button("Leave room").click();
    else await typeAndEnter(way);
    expect(client.asks[0]?.request).toEqual({ type: "leave", room: "dev" });
    await client.asks[0]?.answer({ ok: true, room: "dev" });
    await expect.element(title("lobby")).toBeVisible();
    await expect.element(room(/^dev/)).not.toBeInTheDocument();
    await expect.element(button("Leave room")).not.toBeInTheDocument();
  });
});

describe("a private conversation", () => {
  test("begins with a click on a person, and is written to", async () => {
    const { client } = await openRoom();
    await button("Private message to Chiara De Luca").click();
    expect(client.asks[0]?.request).toEqual({ type: "join", room: "@Chiara De Luca" });
    await client.asks[0]?.answer({ ok: true, room: "@Chiara De Luca" });
    await expect.element(title("Chiara De Luca")).toBeVisible();
    await expect.element(page.getByText("Only the two of you will see what you write here.")).toBeVisible();
    await typeAndEnter("psst");
    expect(client.posts[0]?.request).toMatchObject({ room: "@Chiara De Luca", text: "psst" });
    await expect.element(log.getByText("psst")).toBeVisible();
  });

  test("is closed when one wants, and is there again with the next message", async () => {
    const { client, tell } = await openRoom([message(1, { room: "@bruno" })]);
    await room(/^bruno/).click();
    await button("Close conversation").click();
    await client.asks[0]?.answer({ ok: true, room: "@bruno" });
    await expect.element(room(/^bruno/)).not.toBeInTheDocument();
    tell(message(2, { room: "@bruno" }));
    await expect.element(room("bruno 1 unread message")).toBeVisible();
  });
});

describe("messages of the past", () => {
  const recent = Array.from({ length: 40 }, (_, index) => message(index + 101));
  const top = (text: string) => log.getByText(text, { exact: true }).element().getBoundingClientRect().top;

  test("are fetched when the reader comes near the first one, and move nothing", async () => {
    const { client } = await openRoom(recent);
    await expect.poll(() => log.element().scrollTop).toBeGreaterThan(200);
    expect(client.asks).toEqual([]);
    log.element().scrollTop = 100;
    await expect.poll(() => client.asks).toHaveLength(1);
    expect(client.asks[0]?.request).toEqual({ type: "history", room: "lobby", before: 101, changes: true, limit: 200 });
    const before = top("text 110");
    await client.asks[0]?.answer({ ok: true, room: "lobby", messages: past(1, 100), more: false });
    await expect.element(log.getByText("text 100", { exact: true })).toBeInTheDocument();
    await expect.poll(() => log.element().scrollTop).toBeGreaterThan(1_000);
    expect(Math.abs(top("text 110") - before)).toBeLessThan(2);
    log.element().scrollTop = 0;
    await expect.element(log.getByText("This is the beginning of the conversation")).toBeInTheDocument();
  });

  test("are fetched with a button too, which says when that fails", async () => {
    const { client } = await openRoom(recent.slice(-2));
    await button("Earlier messages").click();
    await client.asks[0]?.answer({ ok: false, code: "lost", message: "" });
    await expect.element(page.getByText(/^Not loaded: the connection was lost/)).toBeVisible();
    await button("Earlier messages").click();
    await client.asks[1]?.answer({ ok: true, messages: past(1, 138), more: false });
    await expect.element(button("Earlier messages")).not.toBeInTheDocument();
  });

  test("that are missing between others are loaded where they are missing", async () => {
    const { client } = await openRoom([message(1), message(4)]);
    await expect.element(log.getByText("Messages are missing here")).toBeVisible();
    await button("Load").click();
    expect(client.asks[0]?.request).toEqual({ type: "history", room: "lobby", after: 1, changes: true, limit: 200 });
    await client.asks[0]?.answer({ ok: true, messages: past(2, 4), more: false });
    await expect.element(log.getByText("text 3")).toBeVisible();
    await expect.element(log.getByText("Messages are missing here")).not.toBeInTheDocument();
  });

  test("that nobody has any more are said to be gone", async () => {
    const { client } = await openRoom([message(1), message(4)]);
    await button("Load").click();
    await client.asks[0]?.answer({ ok: true, messages: past(4, 4), more: false });
    await expect.element(log.getByText(/the server no longer has them/)).toBeVisible();
    await expect.element(button("Load")).not.toBeInTheDocument();
  });
});

test("a window that was reloaded is in the room where it was", async () => {
  const first = await openRoom(dev);
  await room(/^dev/).click();
  await expect.element(title("dev")).toBeVisible();
  first.close();
  const { client } = await openPage({ window: first.window });
  client.bridge.snapshot(snapshot({ events: numbered(1, ...dev) }));
  await expect.element(title("dev")).toBeVisible();
  await expect.element(room("dev")).toBeVisible();
});
