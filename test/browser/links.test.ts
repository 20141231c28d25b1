/** Addresses are links wherever a person's words are shown, and say where they lead. */
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

test("a topic's addresses are links, above the room and in its log", async () => {
  const topic = "Plan（http://a.example/x）次";
  await openRoom([{ type: "topic", room: "lobby", topic, from: "bruno", time: at(0) }]);
  const links = page.getByRole("link", { name: "http://a.example/x", exact: true });
  await expect.poll(() => links.elements()).toHaveLength(2);
  for (const link of links.elements()) {
    expect((link as HTMLAnchorElement).href).toBe("http://a.example/x");
    expect((link as HTMLAnchorElement).target).toBe("_blank");
    expect((link as HTMLAnchorElement).rel).toBe("noopener noreferrer");
  }
});

test("an address goes from left to right in a text that goes the other way", async () => {
  await openRoom([message(1, { text: "ראו https://a.example/אחד/שתיים/x כאן" })]);
  await expect.element(log.getByRole("link")).toBeVisible();
  const link = log.getByRole("link").element();
  expect(getComputedStyle(link).direction).toBe("ltr");
  expect(getComputedStyle(link).unicodeBidi).toBe("isolate");
});
