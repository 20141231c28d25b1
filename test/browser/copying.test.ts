import { describe, expect, onTestFinished, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { at, edit, message, remove } from "../ui/story.ts";
import { openRoom } from "./open-page.ts";

const saidBy = (text: string) => page.getByRole("article").filter({ hasText: text });

/** The text node with these words, in any shadow root. */
function textOf(words: string, root: ParentNode = document.body): Text | undefined {
  for (const element of root.querySelectorAll("*")) {
    for (const node of element.childNodes)
      if (node instanceof Text && node.data.includes(words) && element.closest(".said, .tombstone")) return node;
    const found = element.shadowRoot && textOf(words, element.shadowRoot);
    if (found) return found;
  }
  return undefined;
}

/** Selects from the beginning of some words to the end of others, as a pointer would, and copies. */
async function copied(from: string, to: string): Promise<string | undefined> {
  const [start, end] = [textOf(from), textOf(to)];
  if (!start || !end) throw new Error("the words are not there");
  const at = [start.data.indexOf(from), end.data.indexOf(to) + to.length] as const;
  document.getSelection()?.setBaseAndExtent(start, at[0], end, at[1]);
  return copyNow();
}

async function copyNow(): Promise<string | undefined> {
  let text: string | undefined;
  const listen = (event: ClipboardEvent) => {
    text = event.defaultPrevented ? event.clipboardData?.getData("text/plain") : document.getSelection()?.toString();
  };
  window.addEventListener("copy", listen);
  onTestFinished(() => window.removeEventListener("copy", listen));
  await userEvent.keyboard("{Control>}c{/Control}");
  return text;
}

async function openConversation() {
  const opened = await openRoom([
    message(1, { text: "first" }),
    message(2, { text: "second" }),
    message(3, { from: "anna", text: "one line\nanna, 12:00: another" }),
    message(4, { from: "Chiara De Luca", text: "before", reply: "msg-1" }),
    message(5, { from: "Chiara De Luca", text: "waves", action: true }),
    message(6, { text: "gone" }),
    message(7, { text: "see *this*\n- a\n- b" }),
    edit(8, 4, "after"),
    remove(9, 6),
    { type: "member-joined", room: "lobby", name: "Dora", count: 4, time: at(1) },
    message(10, { text: "last" }),
  ]);
  await expect.element(saidBy("last")).toBeVisible();
  return opened;
}

describe("what is copied", () => {
  test("of a conversation has a line for each message: who, when, what", async () => {
    await openConversation();
    expect(await copied("first", "last")).toBe(
      [
        "bruno, 12:00: first",
        "bruno, 12:00: second",
        "anna, 12:00: one line",
        "    anna, 12:00: another",
        "Chiara De Luca, 12:00: after",
        "* Chiara De Luca, 12:00: waves",
        "bruno, 12:00: Message deleted",
        "bruno, 12:00: see *this*",
        "    - a",
        "    - b",
        "bruno, 12:00: last",
      ].join("\n"),
    );
  });

  test("begins and ends where the selection does, whichever way it was made", async () => {
    await openConversation();
    const expected = "bruno, 12:00: cond\nanna, 12:00: one";
    expect(await copied("cond", "one")).toBe(expected);
    const selection = document.getSelection();
    const [start, end] = [textOf("second"), textOf("one line")];
    if (start && end) selection?.setBaseAndExtent(end, 3, start, 2);
    expect(await copyNow()).toBe(expected);
  });

  test("of everything is the conversation", async () => {
    await openConversation();
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
    document.getSelection()?.selectAllChildren(document.body);
    const lines = (await copyNow())?.split("\n") ?? [];
    expect([lines[0], lines.at(-1), lines.length]).toEqual(["bruno, 12:00: first", "bruno, 12:00: last", 11]);
  });

  test("of one message is what is selected of it", async () => {
    await openConversation();
    expect(await copied("cond", "cond")).toBe("cond");
  });
});

test("what is no content cannot be selected", async () => {
  await openConversation();
  (saidBy("second").element() as HTMLElement).focus();
  await expect.element(saidBy("second").getByRole("button", { name: "Reply" })).toBeVisible();
  const selectable: string[] = [];
  const visit = (root: ParentNode) => {
    for (const element of root.querySelectorAll("*")) {
      if (
        element.matches("button, .spoken, .meta, person-avatar span") &&
        getComputedStyle(element).userSelect !== "none"
      )
        selectable.push(element.outerHTML);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document.body);
  expect(selectable).toEqual([]);
});
