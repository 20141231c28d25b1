import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { online, waiting } from "../ui/story.ts";
import { button, expectFocus, field, nameField, openJoinForm, openPage, openRoom, status } from "./open-page.ts";

describe("the join form", () => {
  test("says which server it leads to, and has the name field ready", async () => {
    await openJoinForm();
    await expect.element(page.getByText("Chat server: 127.0.0.1:8080")).toBeVisible();
    await expectFocus(nameField);
  });

  test("lets in who gives a name, and is ready for the first message", async () => {
    const { client } = await openJoinForm();
    await nameField.fill(" anna ");
    await button("Join").click();
    expect(client.joins.map(({ request }) => request)).toEqual([{ name: "anna" }]);
    client.bridge.connection(online);
    await expectFocus(field);
    expect(document.title).toBe("lobby · Salotto");
  });

  test("takes a double click on Join for one", async () => {
    const { client } = await openJoinForm();
    await nameField.fill("anna");
    await userEvent.dblClick(button("Join"));
    await expect.element(page.getByText("Joining the chat at 127.0.0.1:8080…")).toBeVisible();
    expect(client.joins).toHaveLength(1);
    expect(client.quits).toHaveLength(0);
  });

  test("takes Enter for Join, and knows the name on the next visit", async () => {
    const { client, browser, close } = await openJoinForm();
    await nameField.fill("anna");
    await userEvent.keyboard("{Enter}");
    expect(client.joins).toHaveLength(1);
    close();
    await openJoinForm({ browser });
    await expect.element(nameField).toHaveValue("anna");
  });

  test.each([
    ["", "Type a name first"],
    ["*", "A name starts with a letter, digit or emoji and can contain spaces and . _ - ' ( ) + & !"],
    ["x".repeat(33), "A name can have up to 32 characters"],
    ["server", "That name is reserved; choose another"],
    ["\u0430nna", "The name mixes alphabets whose letters look alike; use only one"],
    [`a${"\u0316".repeat(3)}`, "A letter has too many accents or other marks"],
  ])("says at the field what is wrong with the name %j, without asking the server", async (name, problem) => {
    const { client } = await openJoinForm();
    await nameField.fill(name);
    await button("Join").click();
    await expect.element(nameField).toHaveAccessibleDescription(problem);
    await expect.element(nameField).toHaveAttribute("aria-invalid", "true");
    await expectFocus(nameField);
    expect(client.joins).toEqual([]);
  });

  test("says while a name is typed what of it nobody will see", async () => {
    const { client } = await openJoinForm();
    await nameField.fill("an\u3164na");
    await expect.element(nameField).toHaveAccessibleDescription("Will be removed: invisible characters");
    await button("Join").click();
    expect(client.joins.map(({ request }) => request)).toEqual([{ name: "anna" }]);
  });

  test("says at the field that a name is taken, until the name is changed", async () => {
    const { client } = await openJoinForm();
    await nameField.fill("anna");
    await button("Join").click();
    await client.joins[0]?.answer({ ok: false, code: "name-taken", message: "taken" });
    await expect
      .element(nameField)
      .toHaveAccessibleDescription("Somebody already has that name or one that looks like it; choose another");
    await expectFocus(nameField);
    await nameField.fill("anna 2");
    await expect.element(nameField).toHaveAccessibleDescription("The name others will see");
  });

  test("says why somebody waits, and lets them give up", async () => {
    const { client } = await openJoinForm();
    await nameField.fill("anna");
    await button("Join").click();
    await expect.element(page.getByText("Joining the chat at 127.0.0.1:8080…")).toBeVisible();
    client.bridge.connection(waiting);
    await expect.element(page.getByText(/is not responding \(connection refused\)/)).toBeVisible();
    await button("Cancel").click();
    expect(client.quits).toHaveLength(1);
    await expect.element(button("Join")).toBeVisible();
    await expect.element(nameField).toHaveValue("anna");
  });

  test("says that the bridge is not there, and lets in once it is", async () => {
    const { client } = await openPage();
    client.bridge.lost();
    await expect.element(status.getByText(/^The bridge is not responding/)).toBeVisible();
    await nameField.fill("anna");
    await button("Join").click();
    await client.joins[0]?.answer(undefined);
    client.bridge.snapshot({ epoch: "e", server: "s:1", connection: { phase: "idle" }, events: [] });
    expect(client.joins).toHaveLength(2);
  });

  test("says goodbye to who quits, with the name ready for next time", async () => {
    const { client } = await openRoom();
    await button("Quit").click();
    expect(client.quits).toHaveLength(1);
    await expect.element(page.getByText("You left the chat. See you soon!")).toBeVisible();
    await expectFocus(nameField);
    await expect.element(nameField).toHaveValue("anna");
    expect(document.title).toBe("Salotto");
  });

  test("says why the server ended the conversation", async () => {
    const { client } = await openRoom();
    client.bridge.connection({ phase: "idle", ended: "enough for today" });
    await expect.element(page.getByText("The server closed the connection: enough for today")).toBeVisible();
  });
});

test("the join form speaks Italian to an Italian browser", async () => {
  await openJoinForm({ language: "it-IT" });
  await expect.element(page.getByRole("textbox", { name: "Nome" })).toBeVisible();
  await expect.element(button("Entra")).toBeVisible();
});
