import { expect, onTestFinished, test } from "vitest";
import { cdp, page } from "vitest/browser";
import { en } from "../../ui/locales/en.ts";
import { printedEntriesMax } from "../../ui/store/selectors/log-window.ts";
import { message } from "../ui/story.ts";
import { button, field, log, openRoom, wide } from "./open-page.ts";

const many = Array.from({ length: 500 }, (_, index) => message(index + 1));

/** How many messages are in the document; asking by role is slow with so many. */
function drawn(root: ParentNode = document): number {
  const inside = [...root.querySelectorAll("*")].map(({ shadowRoot }) => (shadowRoot ? drawn(shadowRoot) : 0));
  return root.querySelectorAll(".message").length + inside.reduce((sum, count) => sum + count, 0);
}

async function emulate(media: string): Promise<void> {
  await cdp().send("Emulation.setEmulatedMedia", { media });
}

test("all messages of the room that are here are printed, and nothing else; then all is as before", async () => {
  await openRoom(many);
  await expect.element(log.getByText("text 500", { exact: true })).toBeVisible();
  const before = drawn();
  expect(before).toBeLessThan(500);
  onTestFinished(() => emulate(""));
  await emulate("print");
  await expect.poll(() => drawn()).toBe(500);
  await expect.element(page.getByRole("heading", { name: "lobby", level: 1 })).toBeVisible();
  await expect.element(field).not.toBeInTheDocument();
  await expect.element(button("Menu")).not.toBeInTheDocument();

  const scroller = log.element();
  expect(scroller.clientHeight).toBe(scroller.scrollHeight);
  expect(document.documentElement.scrollHeight).toBeGreaterThan(20 * wide[1]);
  await emulate("");
  await expect.poll(() => drawn()).toBe(before);
  await expect.element(log.getByText("text 500", { exact: true })).toBeInViewport();
});

test("they are drawn when the browser's event is over", async () => {
  await openRoom(many);
  await expect.element(log.getByText("text 500", { exact: true })).toBeVisible();
  window.dispatchEvent(new Event("beforeprint"));
  // Everything scheduled in microtasks is done after a task.
  await new Promise((done) => setTimeout(done));
  expect(drawn()).toBe(500);
  window.dispatchEvent(new Event("afterprint"));
  await expect.poll(() => drawn()).toBeLessThan(500);
});

test("of more than can be printed the last are, and it says so", async () => {
  const entries = printedEntriesMax + 1;
  await openRoom(Array.from({ length: entries }, (_, index) => message(index + 1)));
  await expect.element(log.getByText(`text ${entries}`, { exact: true })).toBeVisible();
  onTestFinished(() => void window.dispatchEvent(new Event("afterprint")));
  window.dispatchEvent(new Event("beforeprint"));
  await expect.poll(() => drawn(), { timeout: 20_000 }).toBe(printedEntriesMax);
  const root = log.element().getRootNode() as ShadowRoot;
  expect(root.querySelector("log-break")?.getAttribute("said")).toBe(en.notPrinted);
}, 40_000);
