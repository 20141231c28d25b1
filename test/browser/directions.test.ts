/** Hebrew and Arabic names and texts stand in a page that goes the other way, and in lines that do. */
import { describe, expect, test } from "vitest";
import { type Locator, page, userEvent } from "vitest/browser";
import { message } from "../ui/story.ts";
import { button, field, log, openRoom, phone } from "./open-page.ts";

const name = "דנה כהן";
const text = "שלום לכולם, מה שלומכם היום? אני מקווה שהכל בסדר אצלכם ושנתראה בקרוב";

/** Where characters stand: those of `part` in the first text below the element that has it. */
function rectOf(element: Element, part: string): DOMRect {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const at = node.data.indexOf(part);
    if (at === -1 || node.parentElement?.closest(".spoken")) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + part.length);
    return range.getBoundingClientRect();
  }
  throw new Error(`${part} is not there`);
}

async function expectInside(locator: Locator, part: string): Promise<void> {
  await expect.element(locator).toBeVisible();
  const box = locator.element().getBoundingClientRect();
  const { left, right } = rectOf(locator.element(), part);
  expect(left).toBeGreaterThanOrEqual(box.left);
  expect(right).toBeLessThanOrEqual(box.right);
}

const story = [message(1, { from: name, text }), message(2, { reply: "msg-1", text: "yes" })];

describe.each([
  ["360 px", phone],
  ["a wide page", [1_100, 700] as const],
])("on %s", (_, size) => {
  test("a quote begins with the whole name, before the beginning of the text", async () => {
    await openRoom(story, { size });
    const quote = button(/^In reply to/);
    await expectInside(quote, name);
    await expectInside(quote, "שלום");
    expect(rectOf(quote.element(), name).right).toBeLessThan(rectOf(quote.element(), "שלום").left);
  });

  test("what is answered is said after to whom", async () => {
    await openRoom(story, { size });
    await expect.element(log.getByText("yes", { exact: true })).toBeVisible();
    (page.getByRole("article").first().element() as HTMLElement).focus();
    await button("Reply").click();
    const about = page.getByText(/^Replying to/).first();
    await expectInside(about, name);
    const line = page.getByRole("status").filter({ hasText: "Replying to" });
    expect(rectOf(line.element(), name).right).toBeLessThan(rectOf(line.element(), "שלום").left);
  });
});

test("names in a line stand in its order", async () => {
  const { link } = await openRoom();
  for (const from of [name, "נועה", "carla"]) link.bridge.typing({ type: "typing", room: "lobby", from });
  const line = page.getByText(/typing…/);
  await expect.element(line).toBeVisible();
  expect(rectOf(line.element(), name).right).toBeLessThan(rectOf(line.element(), "נועה").left);
});

test("who said what was found stands before the room", async () => {
  const room = await openRoom();
  await button("Search").click();
  await userEvent.fill(page.getByRole("searchbox", { name: "Words of a message" }), "שלום");
  await userEvent.keyboard("{Enter}");
  const found = { ...message(3, { from: name, text: `${text}!` }), room: "חדר" };
  await room.link.asks[0]?.answer({ ok: true, found: [found], more: false });
  const result = page.getByRole("list", { name: "Found messages" }).getByRole("button");
  await expect.element(result).toBeVisible();
  expect(rectOf(result.element(), name).right).toBeLessThan(rectOf(result.element(), "חדר").left);
  // The text ends on its own side: its last mark is left of what it follows.
  expect(rectOf(result.element(), "!").right).toBeLessThanOrEqual(rectOf(result.element(), "בקרוב").left + 1);
  await expect.element(field).toBeVisible();
});

test("a message has its marks on its own side, each of its paragraphs", async () => {
  await openRoom([message(1, { text: "שלום!\nhello! How are you?" })]);
  const said = page.getByRole("article").first();
  await expect.element(said).toBeVisible();
  const bang = (word: string) => {
    const whole = rectOf(said.element(), `${word}!`);
    return { whole, word: rectOf(said.element(), word) };
  };
  expect(bang("שלום").whole.left).toBeLessThan(bang("שלום").word.left);
  expect(bang("hello").whole.right).toBeGreaterThan(bang("hello").word.right);
  expect(bang("שלום").whole.left).toBeGreaterThan(bang("hello").whole.left);
});
