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
  test("can answer what they had said before, but no longer change or delete it", async () => {
    const { client, tell } = await openRoom([own("as anna", 1)]);
    client.bridge.name("anita");
    tell(own("as anita", 2, "anita"));
    await goTo("as anita");
    await expect.element(button("Edit")).toBeVisible();
    await goTo("as anna");
    await expect.element(button("Reply")).toBeVisible();
    await expect.element(button("Edit")).not.toBeInTheDocument();
    await expect.element(button("Delete")).not.toBeInTheDocument();
  });

  test("goes up to what they said last under this name", async () => {
    const { client } = await openRoom([own("as anna", 1)]);
    client.bridge.name("anita");
    await expect.element(log.getByText("as anna")).toBeVisible();
    await expectFocus(field);
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(field).toHaveValue("");
  });

  test("can still change everything when only the capitals are others", async () => {
    const { client } = await openRoom([own("as anna", 1)]);
    client.bridge.name("Anna");
    await goTo("as anna");
    await expect.element(button("Edit")).toBeVisible();
    await expectFocus(article("as anna"));
    (field.element() as HTMLElement).focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(field).toHaveValue("as anna");
  });

  test("can do nothing with what was said privately to the former one", async () => {
    const room = "@bruno";
    const said = [message(1, { room, text: "to anna" }), { ...react(2, 1, "👍", "bruno"), room }];
    const { client, store, tell } = await openRoom(said);
    store.openRoom(room);
    await goTo("to anna");
    await expect.element(button("Reply")).toBeVisible();
    client.bridge.name("anita");
    await expect.element(button("Reply")).not.toBeInTheDocument();
    await expect.element(button(/^👍 1/)).toBeDisabled();
    tell(message(1, { room, msgid: "new", text: "to anita", time: message(9).time }));
    await goTo("to anita");
    await expect.element(button("Reply")).toBeVisible();
  });
});
