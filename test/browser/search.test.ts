import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { FoundMessage } from "../../protocol/events.ts";
import { at, joinedRoom, message, onlineLegacy, past } from "../ui/story.ts";
import { button, expectFocus, field, log, openRoom, phone } from "./open-page.ts";

const query = page.getByRole("searchbox", { name: "Search messages" });
const results = page.getByRole("list", { name: "Search results" });
const title = (name: string) => page.getByRole("heading", { name, level: 1, exact: true });
type Opened = Awaited<ReturnType<typeof openRoom>>;
const asked = ({ client }: Opened) => client.asks.map(({ request }) => request);

const found = (seq: number, text: string, room = "lobby"): FoundMessage => ({ ...message(seq, { text }), room });

async function search(room: Opened, typed: string, ...messages: FoundMessage[]): Promise<void> {
  await button("Search").click();
  await expectFocus(query);
  await query.fill(typed);
  await userEvent.keyboard("{Enter}");
  await room.client.asks.at(-1)?.answer({ ok: true, found: messages, more: false });
}

describe("a search", () => {
  test("lists what was found with its room, author and time, the words marked", async () => {
    const room = await openRoom();
    await search(room, "caffe from:bruno", found(9, "un caffè?", "dev"), found(3, "Caffettiera"));
    expect(asked(room)).toEqual([{ type: "search", query: "caffe from:bruno", skip: 0 }]);
    const first = results.getByRole("listitem").nth(0);
    const local = new Date(at(9 / 60));
    const clock = `${String(local.getHours()).padStart(2, "0")}:${String(local.getMinutes()).padStart(2, "0")}`;
    await expect.element(first).toHaveTextContent(`bruno dev ${local.getDate()} Nov 2026, ${clock} un caffè?`);
    await expect.element(first.getByRole("mark")).toHaveTextContent("caffè");
    await expect.element(results.getByRole("listitem").nth(1).getByRole("mark")).toHaveTextContent("Caffettiera");
  });

  test("marks what was found in every script, and of one without spaces only that", async () => {
    const room = await openRoom();
    await search(room, "北京 👍 هنا", found(9, "我在北京大学👍🏽هُنَا"));
    const marks = results.getByRole("mark");
    await expect.element(marks.nth(0)).toBeVisible();
    expect(marks.elements().map(({ textContent }) => textContent)).toEqual(["北京", "👍🏽هُنَا"]);
  });

  test("shows what was said without its marks", async () => {
    const room = await openRoom();
    await search(room, "tea", found(9, "**tea** or `coffee`?\n> see [this](https://example.org/a)"));
    await expect.element(results.getByText(/or coffee\?\s+see this \(example\.org\)/)).toBeVisible();
    await expect.element(results.getByRole("mark")).toHaveTextContent("tea");
  });

  test("shows more when one wants, after what is known", async () => {
    const room = await openRoom();
    await button("Search").click();
    await query.fill("tea");
    await userEvent.keyboard("{Enter}");
    await room.client.asks[0]?.answer({ ok: true, found: [found(9, "tea 9"), found(8, "tea 8")], more: true });
    await button("Show more").click();
    expect(asked(room)[1]).toEqual({ type: "search", query: "tea", skip: 2 });
    // A message was added meanwhile, so the last result comes again.
    await room.client.asks[1]?.answer({ ok: true, found: [found(8, "tea 8"), found(7, "tea 7")], more: false });
    await expect.element(results.getByText(/7/).first()).toBeVisible();
    expect(results.getByRole("listitem").elements()).toHaveLength(3);
    await expectFocus(results.getByRole("button").nth(2));
    await expect.element(button("Show more")).not.toBeInTheDocument();
  });

  test("says that nothing was found, and what cannot be searched for", async () => {
    const room = await openRoom();
    await search(room, "xyzzy");
    await expect.element(page.getByText(/^Nothing found/)).toBeVisible();
    await query.fill("tea after:tomorrow");
    await userEvent.keyboard("{Enter}");
    await expect.element(query).toHaveAccessibleDescription("Cannot search for this: after:tomorrow");
    expect(room.client.asks).toHaveLength(1);
    await query.fill("tea");
    await userEvent.keyboard("{Enter}");
    await room.client.asks[1]?.answer({ ok: false, code: "not-read", message: "" });
    await expect.element(query).toHaveAccessibleDescription("Search failed: the server could not read its messages");
  });

  test("is opened and closed by keyboard, and arrows go through what was found", async () => {
    const room = await openRoom();
    await expect.element(field).toBeVisible();
    await userEvent.keyboard("{Control>}{Shift>}f{/Shift}{/Control}");
    await expectFocus(query);
    await query.fill("tea");
    await userEvent.keyboard("{Enter}");
    await room.client.asks[0]?.answer({ ok: true, found: [found(9, "tea 9"), found(8, "tea 8")], more: false });
    await expect.element(results).toBeVisible();
    await userEvent.keyboard("{ArrowDown}");
    await expectFocus(results.getByRole("button").nth(0));
    await userEvent.keyboard("{ArrowDown}");
    await expectFocus(results.getByRole("button").nth(1));
    await userEvent.keyboard("{ArrowUp}{ArrowUp}");
    await expectFocus(query);
    await userEvent.keyboard("{Escape}");
    await expect.element(query).not.toBeInTheDocument();
    await expectFocus(button("Search"));
  });

  test("is not there on a server that remembers nothing", async () => {
    await openRoom([], { connection: onlineLegacy });
    await expect.element(field).toBeVisible();
    await expect.element(button("Search")).not.toBeInTheDocument();
  });
});

describe("what was found", () => {
  test("is shown among the messages when it is there", async () => {
    const many = Array.from({ length: 60 }, (_, index) => message(index + 1));
    const room = await openRoom(many);
    await search(room, "text", found(3, "text 3"));
    await results.getByRole("button").click();
    await expectFocus(
      page
        .getByRole("article")
        .filter({ hasText: /text 3\b/ })
        .first(),
    );
    await expect.element(log.getByText("text 3", { exact: true })).toBeInViewport();
    expect(room.client.asks).toHaveLength(1);
  });

  test("is loaded with what is around it when it is not, and what is between can be", async () => {
    const room = await openRoom([message(500)]);
    await search(room, "text", found(50, "text 50"));
    await results.getByRole("button").click();
    expect(asked(room)[1]).toEqual({ type: "history", room: "lobby", around: "msg-50", changes: true, limit: 200 });
    await room.client.asks[1]?.answer({ ok: true, messages: past(20, 80), more: true });
    await expectFocus(page.getByRole("article").filter({ hasText: /text 50\b/ }));
    await button("Load").click();
    expect(asked(room)[2]).toMatchObject({ type: "history", after: 80 });
  });

  test("leaves the reader where they are when what comes after it is loaded", async () => {
    const room = await openRoom([message(900)]);
    await search(room, "text", found(50, "text 50"));
    await results.getByRole("button").click();
    await room.client.asks[1]?.answer({ ok: true, messages: past(20, 80), more: true });
    const last = page.getByRole("article").filter({ hasText: /text 80\b/ });
    const load = button("Load");
    load.element().scrollIntoView({ block: "center" });
    await expect.element(last).toBeInViewport();
    const topBefore = last.element().getBoundingClientRect().top;
    await load.click();
    await room.client.asks[2]?.answer({ ok: true, messages: past(81, 280), more: true });
    await expect.element(page.getByRole("article").filter({ hasText: /text 81\b/ })).toBeVisible();
    expect(Math.abs(last.element().getBoundingClientRect().top - topBefore)).toBeLessThan(2);
  });

  test("in a room that one is not in is shown there, joining it", async () => {
    const room = await openRoom();
    await search(room, "text", found(5, "text 5", "dev"));
    await results.getByRole("button").click();
    expect(asked(room)[1]).toEqual({ type: "join", room: "dev" });
    room.tell(joinedRoom("dev", 5, "anna"));
    await room.client.asks[1]?.answer({ ok: true, room: "dev" });
    await expect.element(title("dev")).toBeVisible();
    await expect.poll(() => asked(room)[2]).toMatchObject({ type: "history", room: "dev", around: "msg-5" });
    await room.client.asks[2]?.answer({ ok: true, messages: past(5, 5), more: false });
    await expectFocus(page.getByRole("article").filter({ hasText: "text 5" }));
  });

  test("and cannot be shown is said", async () => {
    const room = await openRoom([message(500)]);
    await search(room, "text", found(50, "text 50"));
    await results.getByRole("button").click();
    await room.client.asks[1]?.answer({ ok: false, code: "no-such-message", message: "there is no such message" });
    await expect.element(page.getByText("That message is no longer available")).toBeVisible();
  });

  test("takes the panel's place on a phone", async () => {
    const room = await openRoom([message(1), message(2, { from: "carla" })], { size: phone });
    await search(room, "text", found(1, "text 1"));
    await results.getByRole("button").click();
    await expect.element(query).not.toBeInTheDocument();
    await expectFocus(page.getByRole("article").filter({ hasText: "text 1" }));
  });
});

test("a day is gone to, from its first moment where the reader is", async () => {
  const room = await openRoom([message(500)]);
  await button("Search").click();
  await page.getByLabelText("Go to a day in lobby").fill("2026-11-20");
  await button("Go").click();
  const since = new Date(2026, 10, 20).toISOString();
  expect(asked(room)).toEqual([{ type: "history", room: "lobby", since, changes: true, limit: 200 }]);
  const early = past(1, 2).map((entry) => ({ ...entry, time: new Date(Date.parse(since) - 1_000).toISOString() }));
  const there = past(3, 4).map((entry) => ({ ...entry, time: at(-60 * 11) }));
  await room.client.asks[0]?.answer({ ok: true, messages: [...early, ...there], more: true });
  await expectFocus(page.getByRole("article").filter({ hasText: "text 3" }));
});
