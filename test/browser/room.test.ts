import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { PageClock } from "../ui/memory-bridge-client.ts";
import { at, onlineLegacy, waiting } from "../ui/story.ts";
import { button, expectFocus, field, openRoom, phone, status, wide } from "./open-page.ts";

const people = page.getByRole("list", { name: "People" });

describe("the connection", () => {
  test("is online, or waits with the reason", async () => {
    const { client } = await openRoom();
    await expect.element(status).toHaveTextContent("Online");
    client.bridge.connection(waiting);
    await expect.element(status.getByText("The chat server is not responding (connection refused)")).toBeVisible();
    client.bridge.connection({ phase: "connecting", attempt: 3 });
    await expect.element(status).toHaveTextContent("Connecting to 127.0.0.1:8080…");
  });

  test("counts down to the next attempt, but not aloud", async () => {
    const { client } = await openRoom();
    client.bridge.connection(waiting);
    await expect.element(status.getByText(/retrying in [78] s/)).toHaveAttribute("aria-hidden", "true");
    client.bridge.connection({ ...waiting, retryInMs: 0 });
    await expect.element(status.getByText(/retrying…/)).toHaveAttribute("aria-hidden", "true");
  });

  test("to the bridge is another matter than the bridge's to the server", async () => {
    const { client } = await openRoom();
    client.bridge.lost();
    await expect.element(status.getByText(/^The bridge is not responding/)).toBeVisible();
  });
});

test("both hops of the connection can be looked at, with the last lines on the wire", async () => {
  const clock = new PageClock();
  const { client } = await openRoom([], { clock });
  await button("Online").click();
  const dialog = page.getByRole("dialog", { name: "Connection" });
  await expect.element(dialog).toBeVisible();
  clock.advance(12);
  const at = "2026-11-21T10:00:00.000Z";
  await client.inspections[0]?.answer({ serverMs: 5, lines: [{ way: "out", at, text: '{"type":"ping"}' }] });
  await expect.element(dialog.getByText('{"type":"ping"}')).toBeVisible();
  await expect.element(dialog.getByText("7 ms")).toBeVisible();
  await expect.element(dialog.getByText("5 ms")).toBeVisible();
  client.bridge.connection(waiting);
  await expect.element(dialog.getByText("Not connected")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(dialog).not.toBeInTheDocument();
  await expectFocus(status.getByRole("button"));
});

describe("the people", () => {
  test("are listed by name, with how many, and which one is the reader", async () => {
    const { tell } = await openRoom();
    await expect.element(people.getByRole("listitem").nth(0)).toHaveTextContent("anna (you)");
    await expect.element(page.getByRole("heading", { name: "People 3" })).toBeVisible();
    tell({ type: "member-joined", room: "lobby", name: "Aldo", count: 4, time: at(0) });
    await expect.element(people.getByRole("listitem").nth(0)).toHaveTextContent("Private message to Aldo");
    await expect.element(page.getByRole("heading", { name: "People 4" })).toBeVisible();
  });

  test("who do not look, or are not here, are shown so", async () => {
    const { tell, store } = await openRoom();
    tell({ type: "member-away", room: "lobby", name: "bruno", away: true, time: at(0) });
    await expect.element(people.getByRole("button", { name: "Private message to bruno , away" })).toBeVisible();
    tell({ type: "member-left", room: "lobby", name: "Chiara De Luca", count: 2, time: at(0), reason: "quit" });
    const absent = page.getByRole("list", { name: "Not here" });
    await expect.element(absent.getByText("Chiara De Luca")).toBeVisible();
    await expect.element(people.getByText("Chiara De Luca")).not.toBeInTheDocument();
    expect(store.state.absentees).toHaveLength(1);
  });

  test("are behind a button on a phone, which gets the focus back", async () => {
    await openRoom([], { size: phone });
    await expect.element(people).not.toBeInTheDocument();
    const show = button("Show people (3 here)");
    await show.click();
    await expect.element(people.getByText("Chiara De Luca")).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(people).not.toBeInTheDocument();
    await expectFocus(show);
  });

  test("stand beside the messages when the page becomes wide meanwhile, and stay there", async () => {
    await openRoom([], { size: phone });
    await button("Show people (3 here)").click();
    await expect.element(page.getByRole("dialog")).toBeVisible();
    await page.viewport(...wide);
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    await expect.element(people.getByText("Chiara De Luca")).toBeVisible();
    await expectFocus(field);
    await page.viewport(...phone);
    await expect.element(button("Show people (3 here)")).toBeVisible();
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  });
});

describe("an old server", () => {
  test.each(["en-GB", "it-IT"])("is announced in one line on a phone, beside the button: %s", async (language) => {
    await openRoom([], { connection: onlineLegacy, size: phone, language });
    const title = page.getByText(/: (what it cannot do|i suoi limiti)$/);
    await expect.element(title).toBeVisible();
    const [line, close] = [title, button(/^(Dismiss|Nascondi)$/)].map((each) => each.element().getBoundingClientRect());
    if (!line || !close) throw new Error("there is no notice");
    expect(line.height).toBeLessThan(48);
    expect(line.right).toBeLessThanOrEqual(close.left);
  });

  test("is announced in a line that opens to what it cannot do, until dismissed in this window", async () => {
    const { window, close } = await openRoom([], { connection: onlineLegacy });
    await expect.element(page.getByText("There are no private messages.")).not.toBeVisible();
    await page.getByText("Old server: what it cannot do").click();
    await expect.element(page.getByText("There are no private messages.")).toBeVisible();
    await button("Dismiss").click();
    await expect.element(button("Dismiss")).not.toBeInTheDocument();
    close();
    await openRoom([], { connection: onlineLegacy, window });
    await expect.element(field).toBeVisible();
    await expect.element(button("Dismiss")).not.toBeInTheDocument();
  });
});

test("nothing sticks out of a phone's width", async () => {
  const { client } = await openRoom([{ type: "notice", text: "w".repeat(300), time: at(0) }], { size: phone });
  client.bridge.connection(waiting);
  await expect.element(status).toBeVisible();
  expect(document.documentElement.scrollWidth).toBe(phone[0]);
});
