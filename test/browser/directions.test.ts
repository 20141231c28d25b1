/** Hebrew and Arabic names and texts, on a page that runs the other way, and in lines that do. */
import { describe, expect, test } from "vitest";
import { type Locator, page, userEvent } from "vitest/browser";
import { en } from "../../ui/locales/en.ts";
import { it as italian } from "../../ui/locales/it.ts";
import { joinedRoom, message } from "../ui/story.ts";
import { button, field, log, nameField, openJoinForm, openRoom, phone } from "./open-page.ts";

const name = "דנה כהן";
const text = "שלום לכולם, מה שלומכם היום? אני מקווה שהכל בסדר אצלכם ושנתראה בקרוב";

/** The rectangle of some characters: those of `part` in the first text below the element that contains it. */
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
  const { client } = await openRoom();
  for (const from of [name, "נועה", "carla"]) client.bridge.typing({ type: "typing", room: "lobby", from });
  const line = page.getByText(/typing…/);
  await expect.element(line).toBeVisible();
  expect(rectOf(line.element(), name).right).toBeLessThan(rectOf(line.element(), "נועה").left);
});

test("who said what was found stands before the room", async () => {
  const room = await openRoom();
  await button("Search").click();
  await userEvent.fill(page.getByRole("searchbox", { name: "Search messages" }), "שלום");
  await userEvent.keyboard("{Enter}");
  const found = { ...message(3, { from: name, text: `${text}!` }), room: "חדר" };
  await room.client.asks[0]?.answer({ ok: true, found: [found], more: false });
  const result = page.getByRole("list", { name: "Search results" }).getByRole("button");
  await expect.element(result).toBeVisible();
  expect(rectOf(result.element(), name).right).toBeLessThan(rectOf(result.element(), "חדר").left);
  // The text ends on its own side: its last mark is to the left of what it follows.
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

describe("a field in which people write goes the way of what is in it:", () => {
  const directionOf = async (locator: Locator, typed: string) => {
    await locator.fill(typed);
    return getComputedStyle(locator.element()).direction;
  };

  const fields: [what: string, open: () => Promise<Locator>][] = [
    ["the message", async () => field],
    [
      "the search",
      async () => {
        await button("Search").click();
        return page.getByRole("searchbox", { name: "Search messages" });
      },
    ],
    [
      "another room's name",
      async () => {
        await button("Join or create a room").click();
        return page.getByRole("textbox", { name: "Room" });
      },
    ],
    [
      "where to go",
      async () => {
        await button("Menu").click();
        await page.getByRole("menuitem", { name: /^Go to…/ }).click();
        return page.getByRole("combobox", { name: "Room or person" });
      },
    ],
    [
      "the search for emoji",
      async () => {
        await button("Choose an emoji").click();
        return page.getByRole("searchbox", { name: "Search emoji" });
      },
    ],
  ];

  test.each(fields)("%s", async (_, open) => {
    await openRoom();
    const locator = await open();
    expect(await directionOf(locator, "שלום")).toBe("rtl");
    expect(await directionOf(locator, "hello")).toBe("ltr");
  });

  test("a message that is changed", async () => {
    await openRoom([message(1, { from: "anna", text: "שלום!" })]);
    await expect.element(log.getByText("שלום!", { exact: true })).toBeVisible();
    await field.click();
    await userEvent.keyboard("{ArrowUp}");
    await expect.element(field).toHaveValue("שלום!");
    expect(getComputedStyle(field.element()).direction).toBe("rtl");
  });

  test("the name in the join form", async () => {
    await openJoinForm();
    await expect.element(nameField).toBeVisible();
    expect(await directionOf(nameField, name)).toBe("rtl");
  });
});

test("a room and its topic go their own way", async () => {
  const topic = "שלום!";
  const { store } = await openRoom([
    joinedRoom("חדר", 0, "anna"),
    { type: "topic", room: "חדר", topic, from: name, time: message(1).time },
  ]);
  store.openRoom("חדר");
  const heading = page.getByRole("heading", { name: "חדר", level: 1 });
  await expect.element(heading).toBeVisible();
  const about = page.getByTitle(topic);
  expect(rectOf(about.element(), "!").right).toBeLessThanOrEqual(rectOf(about.element(), "שלום").left + 1);
  expect(document.title).toBe("\u2068חדר\u2069 · Salotto");
});

test("a name keeps its direction in what is read aloud, and in notifications", async () => {
  const reactions = [{ emoji: "👍", count: 2, from: [name, "bruno"] }];
  await openRoom([joinedRoom("dev", 0, "anna"), message(1, { reactions })]);
  await expect.element(button(`👍 2: \u2068${name}\u2069 and bruno`)).toBeVisible();
  expect(en.notices.saidIn(name, "dev")).toBe(`\u2068${name}\u2069 in dev`);
  expect(italian.willSeeLater(name)).toContain(`\u2068${name}\u2069`);
  expect(en.joined("bruno", 2)).toBe("bruno joined · 2 here");
  expect(en.export.file.room("חדר", "127.0.0.1")).toBe("\u2068חדר\u2069 on 127.0.0.1");
});

test("what is completed and where one can go stand in their own direction beside what is said of them", async () => {
  const { time } = message(1);
  await openRoom([{ type: "member-joined", room: "lobby", name: `${name}!`, count: 4, time }]);
  await field.fill("@");
  await userEvent.type(field, "ד");
  const option = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  await expect.element(option).toBeVisible();
  expect(rectOf(option.element(), "!").right).toBeLessThanOrEqual(rectOf(option.element(), "כהן").left + 1);
});

test("code and names stand where they were written in a text that goes the other way", async () => {
  await openRoom([message(1, { text: "קוד `f(x)!` ואז @bruno." })]);
  const said = page.getByRole("article").first();
  await expect.element(said).toBeVisible();
  expect(rectOf(said.element(), "!").left).toBeGreaterThanOrEqual(rectOf(said.element(), "f(x)").right - 1);
  expect(rectOf(said.element(), "ואז").right).toBeLessThanOrEqual(rectOf(said.element(), "f(x)").left + 1);
  expect(rectOf(said.element(), "@").left).toBeLessThan(rectOf(said.element(), "bruno").left);
});
