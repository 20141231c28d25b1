/** Keys that belong to an input method do nothing else, wherever they are pressed. */
import { describe, expect, test } from "vitest";
import { type Locator, page, userEvent } from "vitest/browser";
import { button, expectFocus, field, openRoom } from "./open-page.ts";

const keyDown = (key: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more });
const compositionEnd = () => new CompositionEvent("compositionend", { bubbles: true, composed: true });

/** The events that browsers send for a key that an input method has taken. */
const takenKeys: [browser: string, events: (key: string, held?: KeyboardEventInit) => Event[]][] = [
  ["while it composes", (key, held) => [keyDown(key, { ...held, isComposing: true })]],
  ["in Safari, by its code", (key, held) => [keyDown(key, { ...held, keyCode: 229 })]],
  [
    "in Safari, after the end of the composition",
    (key, held) => [compositionEnd(), keyDown(key, { ...held, keyCode: 13 })],
  ],
];

const press = (locator: Locator, events: readonly Event[]) => {
  const keyUp = new KeyboardEvent("keyup", { bubbles: true, composed: true });
  for (const event of [...events, keyUp]) locator.element().dispatchEvent(event);
};

describe.each(takenKeys)("a key that an input method has taken, %s,", (_, events) => {
  test("sends nothing", async () => {
    const { client } = await openRoom();
    await field.fill("にほん");
    press(field, events("Enter"));
    expect(client.posts).toEqual([]);
    await userEvent.type(field, "{Enter}");
    expect(client.posts.map(({ request }) => request.text)).toEqual(["にほん"]);
  });

  test.each(["Enter", "Tab", "ArrowDown", "Escape"])("neither chooses nor closes a completion: %s", async (key) => {
    await openRoom();
    await expectFocus(field);
    await userEvent.keyboard("@b");
    const list = page.getByRole("listbox", { name: "Suggestions" });
    await expect.element(list).toBeVisible();
    const before = field.element().getAttribute("aria-activedescendant");
    press(field, events(key));
    await expect.element(list).toBeVisible();
    await expect.element(field).toHaveValue("@b");
    expect(field.element().getAttribute("aria-activedescendant")).toBe(before);
  });

  test("goes nowhere in the switcher", async () => {
    await openRoom();
    await expectFocus(field);
    await userEvent.keyboard("{Control>}k{/Control}");
    const switcher = page.getByRole("combobox", { name: "Room or person" });
    await switcher.fill("cinema");
    press(switcher, events("Enter"));
    await expect.element(switcher).toHaveValue("cinema");
    await expectFocus(switcher);
  });

  test("leaves the search open and the focus in its field", async () => {
    await openRoom();
    await button("Search").click();
    const search = page.getByRole("searchbox", { name: "Search messages" });
    await search.fill("にほん");
    press(search, events("Escape"));
    await expectFocus(search);
  });

  test("takes no emoji", async () => {
    await openRoom();
    await button("Choose an emoji").click();
    const search = page.getByRole("searchbox", { name: "Search emoji" });
    await search.fill("pizza");
    await expect.element(page.getByRole("button", { name: "pizza", exact: true })).toBeVisible();
    press(search, events("Enter"));
    await expect.element(search).toBeVisible();
    await expect.element(field).toHaveValue("");
  });

  test("is no shortcut of the page", async () => {
    await openRoom();
    await expectFocus(field);
    const [shortcut = compositionEnd(), ...before] = events("k", { ctrlKey: true }).reverse();
    press(field, [...before, shortcut]);
    expect(shortcut.defaultPrevented).toBe(false);
    await expect.element(page.getByRole("combobox", { name: "Room or person" })).not.toBeInTheDocument();
  });
});

test("the Enter after a composition that a key has ended sends: in Korean one is enough for both", async () => {
  const { client } = await openRoom();
  await field.fill("한국");
  press(field, [keyDown("Enter", { isComposing: true }), compositionEnd(), keyDown("Enter", { keyCode: 13 })]);
  expect(client.posts.map(({ request }) => request.text)).toEqual(["한국"]);
});
