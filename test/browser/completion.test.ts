import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { joinedRoom, message } from "../ui/story.ts";
import { button, expectFocus, field, log, openRoom } from "./open-page.ts";

const list = page.getByRole("listbox", { name: "Suggestions" });
const option = (name: string | RegExp) => list.getByRole("option", { name });
type Opened = Awaited<ReturnType<typeof openRoom>>;
const texts = ({ client }: Opened) => client.posts.map(({ request }) => request.text);

async function type(text: string): Promise<void> {
  await expectFocus(field);
  await userEvent.keyboard(text);
}

/** The option that the field refers to as active. */
function active(): string {
  const root = field.element().getRootNode() as ShadowRoot;
  const found = root.getElementById(field.element().getAttribute("aria-activedescendant") ?? "");
  expect(found?.getAttribute("aria-selected")).toBe("true");
  return found?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

describe("an @", () => {
  test("offers those who are in the room first, not oneself, and the arrows choose", async () => {
    const { client, store } = await openRoom([
      joinedRoom("dev", 0, "anna", "Chiara De Luca"),
      message(1, { room: "dev" }),
    ]);
    store.openRoom("dev");
    await expect.element(page.getByRole("heading", { name: "dev", level: 1 })).toBeVisible();
    await type("hi @");
    await expect.element(list).toBeVisible();
    expect(list.getByRole("option").elements()).toHaveLength(2);
    await expect.poll(active).toBe("Chiara De Luca");
    await userEvent.keyboard("{ArrowDown}");
    await expect.poll(active).toBe("bruno not in this room");
    await userEvent.keyboard("{ArrowDown}{ArrowUp}{Enter}");
    await expect.element(field).toHaveValue("hi @bruno ");
    await expect.element(list).not.toBeInTheDocument();
    await userEvent.keyboard("you{Enter}");
    expect(client.posts[0]?.request).toMatchObject({ room: "dev", text: "hi @bruno you" });
  });

  test("is completed with Tab, and with a click, which leaves the focus where it is", async () => {
    await openRoom();
    await type("@br");
    await expect.element(option("bruno")).toBeVisible();
    await userEvent.keyboard("{Tab}");
    await expect.element(field).toHaveValue("@bruno ");
    await userEvent.keyboard("@de l");
    await option("Chiara De Luca").click();
    await expect.element(field).toHaveValue("@bruno @Chiara De Luca ");
    await expectFocus(field);
  });

  test("is completed in the middle of a text, and the caret stands after it", async () => {
    await openRoom();
    await type("hello  there");
    for (let step = 0; step < 6; step++) await userEvent.keyboard("{ArrowLeft}");
    await userEvent.keyboard("@br");
    await expect.element(option("bruno")).toBeVisible();
    await userEvent.keyboard("{Tab}!");
    await expect.element(field).toHaveValue("hello @bruno ! there");
  });

  test("is let be with Escape, and where nobody is called so", async () => {
    const room = await openRoom();
    await type("@br");
    await expect.element(list).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(list).not.toBeInTheDocument();
    await userEvent.keyboard("u");
    await expect.element(list).not.toBeInTheDocument();
    await userEvent.keyboard(" @nobody{Enter}");
    expect(texts(room)).toEqual(["@bru @nobody"]);
  });

  test("alone, or with the whole name, is no reason not to send", async () => {
    const room = await openRoom();
    await type("look @");
    await expect.element(list).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await userEvent.keyboard("hello @bruno");
    await expect.element(list).toBeVisible();
    await userEvent.keyboard("{Enter}");
    expect(texts(room)).toEqual(["look @", "hello @bruno"]);
    await expect.element(list).not.toBeInTheDocument();
  });
});

describe("a colon", () => {
  test("offers emoji by their names from the second letter on", async () => {
    const room = await openRoom();
    await type("ok :t");
    await userEvent.keyboard("ad");
    await expect.element(option(/:tada:/)).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toHaveValue("ok 🎉 ");
    await userEvent.keyboard("{Enter}");
    expect(texts(room)).toEqual(["ok 🎉"]);
  });

  test("finds them in the reader's language too", async () => {
    await openRoom([], { language: "it-IT" });
    const italian = page.getByRole("textbox", { name: "Messaggio" });
    await expectFocus(italian);
    await userEvent.keyboard(":caff");
    await expect
      .element(page.getByRole("listbox", { name: "Suggerimenti" }).getByRole("option", { name: /☕.*bevanda calda/ }))
      .toBeVisible();
  });

  test("in a face or a time is none of that", async () => {
    const room = await openRoom();
    await type("at 10:30 :D{Enter}");
    expect(texts(room)).toEqual(["at 10:30 :D"]);
  });
});

describe("a slash", () => {
  test("offers the commands that mean something here, with what they do", async () => {
    await openRoom();
    await type("/");
    await expect.element(option("/join room Join a room, or create it")).toBeVisible();
    await expect.element(option(/^\/leave/)).not.toBeInTheDocument();
    await userEvent.keyboard("to{Tab}");
    await expect.element(field).toHaveValue("/topic ");
    await expect.element(field).toHaveAccessibleDescription("/topic text: Set the topic of this room");
  });

  test("with a whole command goes off with Enter; one that is begun is completed", async () => {
    const { client } = await openRoom();
    await type("/qu");
    await expect.element(option(/^\/quit/)).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await expect.element(field).toHaveValue("/quit");
    expect(client.quits).toEqual([]);
    await userEvent.keyboard("{Enter}");
    expect(client.quits).toHaveLength(1);
  });

  test("is completed in no text that is changed", async () => {
    await openRoom([message(1, { from: "anna", id: "id", text: "mine" })]);
    await expect.element(log.getByText("mine")).toBeVisible();
    await type("{ArrowUp}");
    await field.fill("/jo");
    await expect.element(button("Save")).toBeVisible();
    await expect.element(list).not.toBeInTheDocument();
  });

  test("/help shows them all", async () => {
    const { client } = await openRoom();
    await type("/help{Enter}");
    await expect.element(option(/^\/nick name/)).toBeVisible();
    await expect.element(field).toHaveValue("/");
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await expect.element(field).toHaveValue("/msg ");
    expect(client.posts).toEqual([]);
  });
});
