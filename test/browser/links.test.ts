/** Addresses are links wherever people's words are shown, and say where they lead. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { at, message } from "../ui/story.ts";
import { log, openRoom } from "./open-page.ts";

test("a message's link is read as the host that it opens", async () => {
  await openRoom([message(1, { text: "Test（https://аррӏе.com/a）ok, [here](https://аррӏе.com/)" })]);
  const link = log.getByRole("link", { name: "https://xn--80ak6aa92e.com/a", exact: true });
  await expect.element(link).toHaveAttribute("href", "https://xn--80ak6aa92e.com/a");
  await expect.element(log.getByText("(xn--80ak6aa92e.com)")).toBeVisible();
});

test.each([
  ["Plan（http://a.example/x）次", "bruno"],
  ["תוכנית: http://a.example/x (טיוטה)", "bruno"],
  ["http://a.example/x خطة", "דנה כהן"],
])("a topic's addresses are links, above the room and in its log: %s", async (topic, from) => {
  await openRoom([{ type: "topic", room: "lobby", topic, from, time: at(0) }]);
  const links = page.getByRole("link", { name: "http://a.example/x", exact: true });
  await expect.poll(() => links.elements()).toHaveLength(2);
  for (const link of links.elements()) {
    expect((link as HTMLAnchorElement).href).toBe("http://a.example/x");
    expect((link as HTMLAnchorElement).target).toBe("_blank");
    expect((link as HTMLAnchorElement).rel).toBe("noopener noreferrer");
    // A translator may translate the topic's words, but not the name.
    expect(link.closest("[translate=no]")).toBeNull();
  }
  await expect.element(log.getByText(from, { exact: true })).toHaveAttribute("translate", "no");
});

test("an address goes from left to right in a text that goes the other way", async () => {
  await openRoom([message(1, { text: "ראו https://a.example/אחד/שתיים/x כאן" })]);
  await expect.element(log.getByRole("link")).toBeVisible();
  const link = log.getByRole("link").element();
  expect(getComputedStyle(link).direction).toBe("ltr");
  expect(getComputedStyle(link).unicodeBidi).toBe("isolate");
});
