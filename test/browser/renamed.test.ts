import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { message, react } from "../ui/story.ts";
import { button, expectFocus, field, log, openRoom } from "./open-page.ts";

const own = (text: string, seq: number, from = "anna") => message(seq, { from, id: crypto.randomUUID(), text });
const article = (text: string) => page.getByRole("article").filter({ hasText: text });

async function goTo(text: string): Promise<void> {
  await expect.element(log.getByText(text, { exact: true })).toBeVisible();
  (article(text).element() as HTMLElement).focus();
}

describe("who has taken another name", () => {
  test("can answer, change and delete what they had said before", async () => {
    const { client, tell } = await openRoom([own("as anna", 1)]);
    client.bridge.name("anita", true);
    tell(own("as anita", 2, "anita"));
    for (const text of ["as anita", "as anna"]) {
      await goTo(text);
      for (const name of ["Reply", "Edit", "Delete"]) await expect.element(button(name)).toBeVisible();
    }
  });

  test("can change what they said before a new login, as the server tells it", async () => {
    const { client } = await openRoom([message(1, { from: "anna", text: "as anna", own: true }), message(2)]);
    client.bridge.name("anita", true);
    await goTo("as anna");
    await expect.element(button("Edit")).toBeVisible();
    await goTo("text 2");
    await expect.element(button("Edit")).not.toBeInTheDocument();
  });

  test("goes up to what they said last, under any name", async () => {
    const { client } = await openRoom([own("as anna", 1)]);
    client.bridge.name("anita", true);
    await expect.element(log.getByText("as anna")).toBeVisible();
    await expectFocus(field);
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(field).toHaveValue("as anna");
  });

  test("can still change everything when only the capitals are others", async () => {
    const { client } = await openRoom([own("as anna", 1)]);
    client.bridge.name("Anna", true);
    await goTo("as anna");
    await expect.element(button("Edit")).toBeVisible();
    await expectFocus(article("as anna"));
    (field.element() as HTMLElement).focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(field).toHaveValue("as anna");
  });

  test("and is another person by it can do nothing with what was said privately to the former one", async () => {
    const room = "@bruno";
    const said = [message(1, { room, text: "to anna" }), { ...react(2, 1, "👍", "bruno"), room }];
    const { client, store, tell } = await openRoom(said);
    store.openRoom(room);
    await goTo("to anna");
    await expect.element(button("Reply")).toBeVisible();
    client.bridge.name("anita", false);
    await expect.element(button("Reply")).not.toBeInTheDocument();
    await expect.element(button(/^👍 1/)).toBeDisabled();
    tell(message(1, { room, msgid: "new", text: "to anita", time: message(9).time }));
    await goTo("to anita");
    await expect.element(button("Reply")).toBeVisible();
  });
});

describe("who talks with somebody who takes another name", () => {
  test("goes on in the same place, with what was said and what is being written", async () => {
    const room = "@bruno";
    const { store, tell } = await openRoom([message(1, { room, text: "to anna" })]);
    store.openRoom(room);
    await expectFocus(field);
    await userEvent.keyboard("half a");
    const time = message(9).time;
    tell({ type: "member-renamed", room: "lobby", from: "bruno", to: "bea", same: true, time });
    await expect.element(page.getByRole("heading", { name: "bea", level: 1, exact: true })).toBeVisible();
    await expect.element(log.getByText("to anna", { exact: true })).toBeVisible();
    await expect.element(log.getByText("bruno is now bea")).toBeVisible();
    await expect.element(field).toHaveValue("half a");
    await expectFocus(field);
    await goTo("to anna");
    await expect.element(button("Reply")).toBeVisible();
  });

  test("stays where they were reading", async () => {
    const room = "@bruno";
    const { store, tell } = await openRoom(
      Array.from({ length: 60 }, (_, index) => message(index + 1, { room, own: true })),
    );
    store.openRoom(room);
    await expect.poll(() => log.element().scrollTop).toBeGreaterThan(400);
    log.element().scrollTop = 400;
    await expect.element(button("Latest messages")).toBeVisible();
    const time = message(90).time;
    tell({ type: "member-renamed", room: "lobby", from: "bruno", to: "bea", same: true, time });
    await expect.element(page.getByRole("heading", { name: "bea", level: 1, exact: true })).toBeVisible();
    await expect.element(button("Latest messages")).toBeVisible();
    await expect.poll(() => Math.round(log.element().scrollTop)).toBe(400);
  });
});
