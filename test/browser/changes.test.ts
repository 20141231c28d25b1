import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { echo, edit, message, onlineLegacy, past, react, remove, waiting } from "../ui/story.ts";
import { button, expectFocus, field, log, openRoom } from "./open-page.ts";

const own = (seq: number, text = "mine") => message(seq, { from: "anna", id: crypto.randomUUID(), text });
const article = (text: string | RegExp) => page.getByRole("article").filter({ hasText: text });
type Opened = Awaited<ReturnType<typeof openRoom>>;
const asked = ({ client }: Opened) => client.asks.map(({ request }) => request);
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

/** Moves to a message with the keyboard, as far as its toolbar. */
async function goTo(text: string): Promise<void> {
  await expect.element(log.getByText(text, { exact: true })).toBeVisible();
  (article(text).element() as HTMLElement).focus();
  await expect.element(button("React")).toBeVisible();
}

/** Presses the up arrow in the empty field. */
async function editLast(): Promise<void> {
  await expectFocus(field);
  await userEvent.keyboard("{ArrowUp}");
}

describe("a message", () => {
  test("that was changed says so; one that was deleted leaves a tombstone", async () => {
    const { tell } = await openRoom([message(1), message(2)]);
    tell(edit(3, 1, "better"), remove(4, 2));
    await expect.element(article("better").getByText("edited")).toBeVisible();
    await expect.element(log.getByText("Message deleted")).toBeVisible();
    await expect.element(log.getByText("text 2")).not.toBeInTheDocument();
    await expect.element(log.getByText("Messages are missing here")).not.toBeInTheDocument();
  });

  test("says so to an Italian reader too", async () => {
    await openRoom([message(1), message(2), edit(3, 1, "meglio"), remove(4, 2)], { language: "it-IT" });
    const italian = page.getByRole("log", { name: "Messaggi" });
    await expect.element(italian.getByText("modificato")).toBeVisible();
    await expect.element(italian.getByText("Messaggio eliminato")).toBeVisible();
  });

  test("that answers another quotes it, and leads there", async () => {
    const many = Array.from({ length: 60 }, (_, index) => message(index + 2));
    await openRoom([
      message(1, { from: "Chiara De Luca", text: "who comes?" }),
      ...many,
      message(70, { reply: "msg-1" }),
    ]);
    const quote = button(/In reply to Chiara De Luca who comes\?/);
    await expect.element(quote).toBeVisible();
    await quote.click();
    await expect.element(log.getByText("who comes?", { exact: true }).first()).toBeInViewport();
    await expectFocus(article("who comes?").first());
  });

  test("that answers one that is not here loads what is around it", async () => {
    const room = await openRoom([message(300, { reply: "msg-20" })]);
    await button(/In reply to An earlier message/).click();
    expect(asked(room)[0]).toMatchObject({ type: "history", around: "msg-20", changes: true });
    await room.client.asks[0]?.answer({ ok: true, messages: past(10, 149), more: true });
    await expectFocus(article("text 20").first());
    expect(room.client.asks).toHaveLength(1);
  });

  test("to somebody who is away says that they will see it later", async () => {
    const { client, store, tell } = await openRoom([message(1, { room: "@bruno" })]);
    store.openRoom("@bruno");
    await field.fill("psst");
    await userEvent.keyboard("{Enter}");
    const event = echo(client.posts[0]?.request, 2);
    tell(event);
    const { msgid, seq, time } = event;
    await client.posts[0]?.answer({ ok: true, msgid, seq, time, away: true });
    await expect.element(log.getByText("bruno is not here right now and will see this later")).toBeVisible();
  });
});

describe("reactions", () => {
  test("stand under the message with how many and who, the reader's own marked", async () => {
    const { tell } = await openRoom([message(1)]);
    tell(react(2, 1, "👍", "bruno", "anna"), react(3, 1, "🎉", "Chiara De Luca"));
    const thumbs = button("👍 2: bruno and anna");
    await expect.element(thumbs).toHaveAttribute("aria-pressed", "true");
    await expect.element(thumbs).toHaveAttribute("title", "bruno and anna");
    await expect.element(button("🎉 1: Chiara De Luca")).toHaveAttribute("aria-pressed", "false");
  });

  test("are joined and taken back with a click, and what goes wrong is said", async () => {
    const room = await openRoom([message(1), react(2, 1, "👍", "bruno", "anna"), react(3, 1, "🎉", "bruno")]);
    await button(/^👍/).click();
    await button(/^🎉/).click();
    expect(asked(room)).toEqual([
      { type: "react", room: "lobby", id: uuid, msgid: "msg-1", emoji: "👍", on: false },
      { type: "react", room: "lobby", id: uuid, msgid: "msg-1", emoji: "🎉", on: true },
    ]);
    await room.client.asks[1]?.answer({ ok: false, code: "too-many-reactions", message: "" });
    await expect
      .element(page.getByRole("alert"))
      .toHaveTextContent("Reaction failed: the message has as many reactions as it can have");
  });

  test("of many tell the first names, and all of them to who looks closer", async () => {
    const names = ["b", "c", "d", "e", "f", "g", "h"];
    const room = await openRoom([message(1), react(2, 1, "👍", ...names)]);
    await expect.element(button("👍 7: b, c, d, e, f and 2 others")).toBeVisible();
    await button(/^👍/).hover();
    await expect.poll(() => asked(room)).toEqual([{ type: "reactions", room: "lobby", msgid: "msg-1" }]);
    await room.client.asks[0]?.answer({ ok: true, reactions: [{ emoji: "👍", count: 7, from: names }] });
    await expect.element(button("👍 7: b, c, d, e, f, g and h")).toHaveAttribute("title", "b, c, d, e, f, g and h");
    room.tell(react(3, 1, "👍", ...names, "i"));
    await expect.element(button("👍 8: b, c, d, e, f and 3 others")).toBeVisible();
    // The pointer is still there: it only moves.
    await button(/^👍/).hover({ position: { x: 5, y: 5 } });
    await expect.poll(() => asked(room)).toHaveLength(2);
    await room.client.asks[1]?.answer({ ok: true, reactions: [{ emoji: "👍", count: 8, from: [...names, "i"] }] });
    await expect.element(button("👍 8: b, c, d, e, f, g, h and i")).toBeVisible();
  });

  test("are chosen at a message, by keyboard too", async () => {
    const room = await openRoom([message(1)]);
    await goTo("text 1");
    await userEvent.keyboard("{Tab}{Enter}");
    await expectFocus(button("👍"));
    await userEvent.keyboard("{Tab}{Enter}");
    expect(asked(room)).toMatchObject([{ type: "react", msgid: "msg-1", emoji: "❤️", on: true }]);
    await expectFocus(article("text 1"));
  });
});

describe("the toolbar of a message", () => {
  test("comes with the pointer and with the focus, and goes with them", async () => {
    await openRoom([message(1), message(2, { from: "carla" })]);
    await expect.element(button("Reply")).not.toBeInTheDocument();
    await article("text 1").hover();
    await expect.element(article("text 1").getByRole("button", { name: "Reply" })).toBeVisible();
    await field.hover();
    await expect.element(button("Reply")).not.toBeInTheDocument();
    await goTo("text 2");
    await expect.element(article("text 2").getByRole("button", { name: "Reply" })).toBeVisible();
  });

  test("is reached from the composer, and arrows go from message to message", async () => {
    await openRoom([message(1), message(2), message(3, { from: "carla" })]);
    await expect.element(log.getByText("text 3")).toBeVisible();
    field.element().focus();
    await userEvent.keyboard("{Shift>}{Tab}{/Shift}");
    await expectFocus(article("text 3"));
    await userEvent.keyboard("{ArrowUp}");
    await expectFocus(article("text 2"));
    await userEvent.keyboard("{ArrowUp}{ArrowUp}");
    await expectFocus(article("text 1"));
    await userEvent.keyboard("{ArrowDown}");
    await expectFocus(article("text 2"));
  });

  test("offers to change and delete own messages only, and nothing on one that is deleted", async () => {
    const { tell } = await openRoom([message(1), own(2)]);
    await goTo("text 1");
    await expect.element(button("Edit")).not.toBeInTheDocument();
    await goTo("mine");
    await expect.element(button("Edit")).toBeVisible();
    await expect.element(button("Delete")).toBeVisible();
    tell(remove(3, 2));
    await expect.element(button("Delete")).not.toBeInTheDocument();
  });

  test("is not there without a connection", async () => {
    const { client } = await openRoom([message(1)]);
    await goTo("text 1");
    client.bridge.connection(waiting);
    await expect.element(button("Reply")).not.toBeInTheDocument();
  });

  test("is not there on a server that remembers nothing", async () => {
    await openRoom([message(1)], { connection: onlineLegacy });
    await article("text 1").hover();
    await expect.element(article("text 1")).toBeVisible();
    await expect.element(button("Reply")).not.toBeInTheDocument();
  });
});

describe("deleting", () => {
  test("is asked twice, and can be thought over", async () => {
    const room = await openRoom([own(1)]);
    await goTo("mine");
    await button("Delete").click();
    await expectFocus(button("Delete"));
    await expect.element(page.getByRole("group", { name: "Delete for everyone?" })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(button("Reply")).toBeVisible();
    await button("Delete").click();
    await button("Cancel").click();
    expect(asked(room)).toEqual([]);
    await button("Delete").click();
    await button("Delete").click();
    expect(asked(room)).toEqual([{ type: "delete", room: "lobby", id: uuid, msgid: "msg-1" }]);
    await room.client.asks[0]?.answer({ ok: false, code: "not-stored", message: "" });
    await expect.element(page.getByRole("alert")).toHaveTextContent("Not deleted: the server could not store it");
  });

  test("is not answered by the key that asked for it, however long it is held", async () => {
    const room = await openRoom([own(1)]);
    await goTo("mine");
    (button("Delete").element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter>5/}");
    await expect.element(page.getByRole("group", { name: "Delete for everyone?" })).toBeVisible();
    expect(asked(room)).toEqual([]);
    await userEvent.keyboard("{Enter}");
    expect(asked(room)).toMatchObject([{ type: "delete", msgid: "msg-1" }]);
  });
});

describe("answering", () => {
  test("says to whom, sends the message's id along, and is over then", async () => {
    const { client } = await openRoom([message(1)]);
    await goTo("text 1");
    await button("Reply").click();
    await expectFocus(field);
    await expect.element(page.getByText("Replying to bruno")).toBeVisible();
    await userEvent.keyboard("yes{Enter}");
    expect(client.posts[0]?.request).toEqual({ id: uuid, room: "lobby", text: "yes", reply: "msg-1" });
    await expect.element(page.getByText("Replying to bruno")).not.toBeInTheDocument();
    await expect.element(button(/In reply to bruno text 1/)).toBeVisible();
  });

  test("can be given up with Escape or the button, which keep what is written", async () => {
    const { client } = await openRoom([message(1)]);
    for (const way of ["Escape", "button"]) {
      await goTo("text 1");
      await button("Reply").click();
      await field.fill("yes");
      if (way === "Escape") await userEvent.keyboard("{Escape}");
      else await button("Cancel reply").click();
      await expect.element(page.getByText("Replying to bruno")).not.toBeInTheDocument();
      await expectFocus(field);
    }
    await userEvent.keyboard("{Enter}");
    expect(client.posts[0]?.request).toEqual({ id: uuid, room: "lobby", text: "yes" });
  });

  test("what is changed meanwhile shows what it says now; what is deleted is let go of, with what is written", async () => {
    const { client, tell, window } = await openRoom([message(1)]);
    const about = () => window.items.get("salotto.about lobby") ?? "";
    await goTo("text 1");
    await button("Reply").click();
    await field.fill("yes");
    tell(edit(2, 1, "better"));
    await expect.element(page.getByText("Replying to bruno better")).toBeVisible();
    expect(about()).toContain("better");
    tell(remove(3, 1));
    await expect.element(page.getByText("The message you were replying to was deleted.")).toBeVisible();
    expect(about()).not.toContain("better");
    await expect.element(page.getByText("Replying to bruno")).not.toBeInTheDocument();
    await expect.element(field).toHaveValue("yes");
    (field.element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    expect(client.posts[0]?.request).toEqual({ id: uuid, room: "lobby", text: "yes" });
    await expect.element(page.getByText("The message you were replying to was deleted.")).not.toBeInTheDocument();
  });
});

test("what is said to somebody else meanwhile answers nothing, and the answer is still to be written", async () => {
  const { client } = await openRoom([message(1), message(2, { room: "@dario" })]);
  await goTo("text 1");
  await button("Reply").click();
  await field.fill("/msg dario psst");
  await userEvent.keyboard("{Enter}");
  expect(client.posts[0]?.request).toEqual({ id: uuid, room: "@dario", text: "psst" });
  await expect.element(page.getByRole("heading", { name: "dario", level: 1 })).toBeVisible();
  await page.getByRole("list", { name: "Rooms", exact: true }).getByRole("button", { name: "lobby" }).click();
  await expect.element(page.getByText("Replying to bruno")).toBeVisible();
});

describe("editing", () => {
  test("begins at the message, and what was being written waits", async () => {
    const room = await openRoom([own(1)]);
    await field.fill("half a thou");
    await goTo("mine");
    await button("Edit").click();
    await expectFocus(field);
    await expect.element(field).toHaveValue("mine");
    await userEvent.keyboard(", all of it{Enter}");
    expect(asked(room)).toEqual([{ type: "edit", room: "lobby", id: uuid, msgid: "msg-1", text: "mine, all of it" }]);
    await room.client.asks[0]?.answer({ ok: true });
    await expect.element(field).toHaveValue("half a thou");
    expect(room.client.posts).toEqual([]);
  });

  test("begins with the arrow up in an empty field, for what one said last; Escape leaves it as it was", async () => {
    const room = await openRoom([own(1, "first"), own(2, "last"), message(3), own(4, "gone"), remove(5, 4)]);
    await expect.element(log.getByText("text 3")).toBeVisible();
    await editLast();
    await expect.element(field).toHaveValue("last");
    await expect.element(page.getByText("Editing your message")).toBeVisible();
    await userEvent.keyboard(" word{Escape}");
    await expect.element(field).toHaveValue("");
    await expect.element(page.getByText("Editing your message")).not.toBeInTheDocument();
    expect(asked(room)).toEqual([]);
  });

  test("takes a text for what it is, also one like a command", async () => {
    const room = await openRoom([own(1)]);
    await editLast();
    await field.fill("/quit");
    await userEvent.keyboard("{Enter}");
    expect(asked(room)).toMatchObject([{ type: "edit", text: "/quit" }]);
    expect(room.client.quits).toEqual([]);
  });

  test("that the server refuses keeps the new text, with the reason", async () => {
    const room = await openRoom([own(1)]);
    await editLast();
    await field.fill("better");
    await userEvent.keyboard("{Enter}");
    await room.client.asks[0]?.answer({ ok: false, code: "no-such-message", message: "" });
    await expect.element(field).toHaveAccessibleDescription("that message is no longer available");
    await expect.element(field).toHaveValue("better");
  });

  test("goes on after a reload of the window", async () => {
    const first = await openRoom([own(1)]);
    await editLast();
    await field.fill("better");
    first.close();
    const second = await openRoom([own(1)], { window: first.window });
    await expect.element(field).toHaveValue("better");
    await expectFocus(field);
    await userEvent.keyboard("{Enter}");
    expect(asked(second)).toMatchObject([{ type: "edit", msgid: "msg-1", text: "better" }]);
    expect(second.client.posts).toEqual([]);
  });
});
