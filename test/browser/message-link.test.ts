import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { joinedRoom, message, online, past, snapshot, waiting } from "../ui/story.ts";
import { allowClipboard, button, expectFocus, field, log, openPage, openRoom } from "./open-page.ts";

const article = (text: string) => page.getByRole("article").filter({ hasText: text });
const title = (name: string) => page.getByRole("heading", { name, level: 1, exact: true });
const many = (room: string) => Array.from({ length: 60 }, (_, index) => message(index + 1, { room }));

async function openMore(text: string): Promise<void> {
  await expect.element(log.getByText(text, { exact: true })).toBeVisible();
  (article(text).element() as HTMLElement).focus();
  await button("More actions").click();
}

/** The contents of the clipboard, found the way a person would. */
async function pasted(): Promise<string> {
  field.element().focus();
  await userEvent.keyboard("{Control>}v{/Control}");
  return (field.element() as HTMLTextAreaElement).value;
}

const address = () => location.href.replace(location.hash, "");

afterEach(() => history.replaceState(history.state, "", location.pathname + location.search));

describe("copying", () => {
  test("a message's text copies what was typed, and says so", async () => {
    await allowClipboard();
    await openRoom([message(1, { text: "**so** it" })]);
    await expect.element(log.getByRole("strong")).toBeVisible();
    (article("so it").element() as HTMLElement).focus();
    await button("More actions").click();
    await expectFocus(button("Copy text"));
    await userEvent.keyboard("{Enter}");
    await expect.element(article("so it").getByRole("status")).toHaveTextContent("Copied");
    expect(await pasted()).toBe("**so** it");
  });

  test("a message's link copies this page's address with the room and the message", async () => {
    await allowClipboard();
    await openRoom([message(1)]);
    await openMore("text 1");
    await button("Copy link").click();
    await expect.element(article("text 1").getByRole("status")).toHaveTextContent("Copied");
    expect(await pasted()).toBe(`${address()}#lobby/msg-1`);
  });

  test("is said to have failed when the browser refuses it", async () => {
    await openRoom([message(1)]);
    await openMore("text 1");
    await button("Copy text").click();
    await expect.element(article("text 1").getByText("The browser did not allow copying")).toBeVisible();
  });

  test("a link is not for what is private: the two have other names for it", async () => {
    const { store } = await openRoom([message(1, { room: "@bruno" })]);
    store.openRoom("@bruno");
    await openMore("text 1");
    await expect.element(button("Copy text")).toBeVisible();
    await expect.element(button("Copy link")).not.toBeInTheDocument();
  });
});

describe("a link to a message", () => {
  test("that is followed in the chat shows it, in its room", async () => {
    await openRoom([joinedRoom("dev", 0, "anna"), ...many("dev")]);
    await expect.element(title("lobby")).toBeVisible();
    location.hash = "#dev/msg-3";
    await expect.element(title("dev")).toBeVisible();
    await expectFocus(article("text 3").first());
    await expect.element(log.getByText("text 3", { exact: true })).toBeInViewport();
    expect(location.hash).toBe("");
  });

  test("in a message is followed in the same window", async () => {
    const text = `see ${address()}#lobby/msg-1`;
    await openRoom([...many("lobby"), message(70, { text })]);
    await log.getByRole("link").click();
    await expectFocus(article("text 1").first());
  });

  test("is followed as soon as there is a connection, joining the room", async () => {
    const { client } = await openRoom();
    await expect.element(field).toBeVisible();
    client.bridge.connection(waiting);
    location.hash = "#dev/msg-20";
    await expect.element(page.getByText(/The chat server is not responding/)).toBeVisible();
    expect(client.asks).toEqual([]);
    client.bridge.connection(online);
    await expect.poll(() => client.asks.map(({ request }) => request)).toEqual([{ type: "join", room: "dev" }]);
    await client.asks[0]?.answer({ ok: true, room: "dev" });
    await expect.poll(() => client.asks[1]?.request).toMatchObject({ type: "history", room: "dev", around: "msg-20" });
    await client.asks[1]?.answer({ ok: true, messages: past(10, 40), more: true });
    await expectFocus(article("text 20").first());
  });

  test("waits with the join form until one is in", async () => {
    location.hash = "#lobby/msg-1";
    const { client } = await openPage();
    client.bridge.snapshot({ epoch: "epoch-1", server: "127.0.0.1:8080", connection: { phase: "idle" }, events: [] });
    await page.getByRole("textbox", { name: "Name" }).fill("anna");
    await userEvent.keyboard("{Enter}");
    const { n, event } = { n: 1, event: message(1) };
    client.bridge.snapshot(snapshot({ epoch: "epoch-2", events: [{ n, event }] }));
    await client.joins[0]?.answer({ ok: true, name: "anna" });
    await expectFocus(article("text 1"));
  });

  test("that leads nowhere says so", async () => {
    const { client } = await openRoom([message(1)]);
    await expect.element(field).toBeVisible();
    location.hash = "#lobby/gone";
    await expect.poll(() => client.asks.length).toBe(1);
    await client.asks[0]?.answer({ ok: false, code: "no-such-message", message: "" });
    await expect.element(page.getByText("That message is no longer available")).toBeVisible();
  });
});
