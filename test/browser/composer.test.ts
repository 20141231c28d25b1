import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { wireLimits } from "../../protocol/limits.ts";
import { at, online, onlineLegacy, snapshot, waiting } from "../ui/story.ts";
import { button, expectFocus, field, log, nameField, openRoom } from "./open-page.ts";

type Opened = Awaited<ReturnType<typeof openRoom>>;
const texts = ({ client }: Opened) => client.posts.map(({ request }) => request.text);

async function typeAndEnter(text: string): Promise<void> {
  await field.fill(text);
  await userEvent.keyboard("{Enter}");
}

describe("what is written", () => {
  test("goes off with Enter, and makes place for the next", async () => {
    const room = await openRoom();
    await typeAndEnter("hello");
    expect(texts(room)).toEqual(["hello"]);
    await expect.element(field).toHaveValue("");
    await expectFocus(field);
  });

  test("goes off with Send, and the field has the focus again", async () => {
    const room = await openRoom();
    await field.fill("hello");
    await button("Send").click();
    expect(texts(room)).toEqual(["hello"]);
    await expectFocus(field);
  });

  test("gets another line with Shift+Enter, and the field grows with it", async () => {
    const room = await openRoom();
    await field.fill("one");
    const heightBefore = field.element().clientHeight;
    await userEvent.keyboard("{Shift>}{Enter}{/Shift}two");
    expect(field.element().clientHeight).toBeGreaterThan(heightBefore + 10);
    await userEvent.keyboard("{Enter}");
    expect(texts(room)).toEqual(["one\ntwo"]);
    await expect.poll(() => field.element().clientHeight).toBe(heightBefore);
  });

  test.each(["", "  ", " \n\t"])("is not sent when there is nothing in it: %j", async (text) => {
    const room = await openRoom();
    await typeAndEnter(text);
    await button("Send").click();
    expect(texts(room)).toEqual([]);
  });

  test("survives a reload of the window", async () => {
    const { window, close } = await openRoom();
    await field.fill("half a thou");
    close();
    await openRoom([], { window });
    await expect.element(field).toHaveValue("half a thou");
  });

  test.each([
    ["bytes", "x".repeat(wireLimits.textBytesMax), "x", "Too long: 8,193 of 8,192 bytes. Send it in parts."],
    [
      "lines",
      Array(wireLimits.textLinesMax).fill("x").join("\n"),
      "\nx",
      "Too many lines: 201 of 200. Send it in parts.",
    ],
  ])("with too many %s is said so before it is sent, and kept", async (_, most, more, problem) => {
    const room = await openRoom();
    await field.fill(most);
    await expect.element(field).toHaveAttribute("aria-invalid", "false");
    await field.fill(most + more);
    await expect.element(field).toHaveAccessibleDescription(problem);
    await button("Send").click();
    expect(texts(room)).toEqual([]);
    await expect.element(field).toHaveValue(most + more);
  });
});

test("what was wrong with a line is said until it is changed", async () => {
  await openRoom();
  await typeAndEnter("/nobody knows");
  await expect.element(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("/nobody know");
  await expect.element(field).toHaveAttribute("aria-invalid", "false");
});

describe("while disconnected", () => {
  test.each(["server", "bridge"])("from the %s, what is sent waits, and goes off when they are back", async (hop) => {
    const room = await openRoom();
    await expect.element(field).toBeVisible();
    if (hop === "server") room.client.bridge.connection(waiting);
    else room.client.bridge.lost();
    await typeAndEnter("hello");
    await expect.element(field).toHaveValue("");
    await expect.element(field).toHaveAccessibleDescription("Not connected. Messages will be sent when you’re back.");
    await expect.element(log.getByText("Waiting to be sent")).toBeVisible();
    expect(texts(room)).toEqual([]);
    room.client.bridge.snapshot(snapshot());
    room.client.bridge.connection(online);
    expect(texts(room)).toEqual(["hello"]);
    await room.client.posts[0]?.answer({ ok: true, msgid: "m", seq: 1, time: at(0) });
    await expect.element(log.getByText("Waiting to be sent")).not.toBeInTheDocument();
  });

  test("a command stays, with the reason: only messages wait", async () => {
    const { client } = await openRoom();
    client.bridge.connection(waiting);
    await typeAndEnter("/nick annina");
    await expect.element(field).toHaveValue("/nick annina");
    await expect
      .element(field)
      .toHaveAccessibleDescription("Not connected. What you write stays here until you’re back.");
  });

  test.each(["server", "bridge"])("%s, with an old server, it goes off just the same", async (hop) => {
    const room = await openRoom([], { connection: onlineLegacy });
    if (hop === "server") room.client.bridge.connection(waiting);
    else room.client.bridge.lost();
    await typeAndEnter("hello");
    await expect.element(field).toHaveValue("");
    await expect.element(log.getByText("Waiting to be sent")).toBeVisible();
    expect(texts(room)).toEqual([]);
    room.client.bridge.snapshot(snapshot({ connection: onlineLegacy }));
    await expect.element(log.getByText("Waiting to be sent")).not.toBeInTheDocument();
    expect(texts(room)).toEqual(["hello"]);
  });
});

describe("a command", () => {
  test.each(["{quit}", " {quit} ", "/quit"])("%j leaves the chat", async (typed) => {
    const { client } = await openRoom();
    await field.fill(typed);
    await userEvent.keyboard("{Enter}");
    expect(client.quits).toHaveLength(1);
    expect(client.posts).toEqual([]);
    await expect.element(nameField).toBeVisible();
  });

  test("/me says what somebody does, /msg says it to one person only", async () => {
    const { client } = await openRoom();
    await typeAndEnter("/me waves");
    await typeAndEnter("/msg chiara de luca psst");
    await client.asks[0]?.answer({ ok: true, room: "@Chiara De Luca" });
    await expect.element(page.getByRole("heading", { name: "Chiara De Luca" })).toBeVisible();
    expect(client.posts.map(({ request: { room, text, action } }) => ({ room, text, action }))).toEqual([
      { room: "lobby", text: "waves", action: true },
      { room: "@Chiara De Luca", text: "psst", action: undefined },
    ]);
  });

  test("/msg asks the server for a name that it does not know: they may be away", async () => {
    const { client } = await openRoom();
    await typeAndEnter("/msg dario psst");
    expect(client.asks[0]?.request).toEqual({ type: "join", room: "@dario" });
    await client.asks[0]?.answer({ ok: false, code: "no-such-person", message: "" });
    await expect.element(field).toHaveAccessibleDescription("nobody here has that name");
    await expect.element(field).toHaveValue("/msg dario psst");
    expect(client.posts).toEqual([]);
    await userEvent.keyboard("{Enter}");
    await client.asks[1]?.answer({ ok: true, room: "@Dario" });
    await expect.element(page.getByRole("heading", { name: "Dario", level: 1 })).toBeVisible();
    expect(client.posts[0]?.request).toMatchObject({ room: "@Dario", text: "psst" });
    await expect.element(field).toHaveValue("");
  });

  test.each(["/topic Be\u3164er", "/nick an\u3164na", "hel\u3164lo"])(
    "says what of it nobody will see: %j",
    async (typed) => {
      await openRoom();
      await field.fill(typed);
      await expect.element(field).toHaveAccessibleDescription("Will be removed: invisible characters");
    },
  );

  test("/nick takes another name, and says at the field when it cannot", async () => {
    const { client } = await openRoom();
    await typeAndEnter("/nick bruno");
    expect(client.asks.map(({ request }) => request)).toEqual([{ type: "rename", name: "bruno" }]);
    await client.asks[0]?.answer({ ok: false, code: "name-taken", message: "taken" });
    await expect
      .element(field)
      .toHaveAccessibleDescription("Somebody already has that name or one that looks like it; choose another");
    await expect.element(field).toHaveValue("/nick bruno");
    await typeAndEnter("/nick Anna");
    await client.asks[1]?.answer({ ok: true, name: "Anna" });
    await expect.element(field).toHaveValue("");
  });

  test("that does not exist is said at the field, and kept to be corrected", async () => {
    const room = await openRoom();
    await typeAndEnter("/mee waves");
    await expect.element(field).toHaveAccessibleDescription(/There is no command \/mee/);
    await expect.element(field).toHaveValue("/mee waves");
    await typeAndEnter("//mee waves");
    expect(texts(room)).toEqual(["/mee waves"]);
  });
});
