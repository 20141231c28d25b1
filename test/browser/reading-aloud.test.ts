import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { Message } from "../../protocol/events.ts";
import { joinedRoom, message, past } from "../ui/story.ts";
import { button, log, openRoom, phone } from "./open-page.ts";

const many = (count: number, first = 1): Message[] =>
  Array.from({ length: count }, (_, index) => message(first + index, { from: `person ${(first + index) % 3}` }));
const scroller = () => log.element() as HTMLElement;
const toEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;
const isRead = (politeness: "polite" | "off") => expect.element(log).toHaveAttribute("aria-live", politeness);

/** The log's live setting at each addition. */
function watchAdditions(): (string | null)[] {
  const seen: (string | null)[] = [];
  const watcher = new MutationObserver((records) => {
    if (records.some(({ addedNodes }) => [...addedNodes].some((node) => node instanceof Element)))
      seen.push(scroller().getAttribute("aria-live"));
  });
  watcher.observe(scroller(), { childList: true, subtree: true });
  return seen;
}

describe("the messages", () => {
  test("are read aloud as they come to who is at the end", async () => {
    const { tell } = await openRoom(many(60));
    await isRead("polite");
    const additions = watchAdditions();
    tell(message(61, { from: "dario" }));
    await expect.element(log.getByText("text 61", { exact: true })).toBeVisible();
    expect(additions).toContain("polite");
    expect(additions).not.toContain("off");
  });

  test("are not read aloud to who reads what is above, and not at once when they come back to the end", async () => {
    const { tell } = await openRoom(many(1_000));
    await isRead("polite");
    await expect.poll(toEnd).toBeLessThan(2);
    const additions = watchAdditions();
    scroller().scrollTop = 0;
    await isRead("off");
    tell(...many(600, 1_001));
    await button("600 new messages").click();
    await expect.element(log.getByText("text 1600", { exact: true })).toBeInViewport();
    await isRead("polite");
    expect(additions).toContain("off");
    expect(additions).not.toContain("polite");
  });

  test("of the past are not read aloud when they are loaded, also where all fit the window", async () => {
    const { client } = await openRoom(many(3, 201));
    await isRead("polite");
    const additions = watchAdditions();
    await button("Earlier messages").click();
    await isRead("off");
    await client.asks[0]?.answer({ ok: true, messages: past(1, 200), more: false });
    await expect.element(log.getByText("text 200", { exact: true })).toBeInTheDocument();
    await isRead("polite");
    expect(additions.length).toBeGreaterThan(0);
    expect(additions).not.toContain("polite");
  });

  test("that are being loaded have a shape, which takes no message away from the reader", async () => {
    const { client } = await openRoom(many(60, 201), { size: phone });
    await expect.poll(toEnd).toBeLessThan(2);
    scroller().scrollTop = 200;
    await expect.element(log.getByText("Loading…")).toBeInTheDocument();
    const seen = log.getByText("text 203", { exact: true });
    await expect.element(seen).toBeInViewport();
    const before = seen.element().getBoundingClientRect().top;
    await client.asks[0]?.answer({ ok: false, code: "not-read", message: "no" });
    await expect.element(log.getByText("Loading…")).not.toBeInTheDocument();
    expect(Math.abs(seen.element().getBoundingClientRect().top - before)).toBeLessThan(1);
  });
});

describe("another room", () => {
  test("is said aloud when it is shown, the first one is not", async () => {
    const { store } = await openRoom([joinedRoom("dev", 0, "anna"), joinedRoom("@bruno", 0), message(1)]);
    await expect.element(log.getByText("text 1")).toBeVisible();
    const status = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
    await expect.element(status(/^Now in/)).not.toBeInTheDocument();
    store.openRoom("dev");
    await expect.element(status("Now in dev")).toBeInTheDocument();
    store.openRoom("@bruno");
    await expect.element(status("Now in a private conversation with bruno")).toBeInTheDocument();
    store.openRoom("lobby");
    await expect.element(status("Now in lobby")).toBeInTheDocument();
  });
});
