import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { it } from "../../ui/locales/it.ts";
import { englishOnly } from "../ui/english-texts.ts";
import { at, edit, message, onlineLegacy, remove, waiting } from "../ui/story.ts";
import { button, openJoinForm, openPage, openRoom, phone } from "./open-page.ts";

const isEnglish = englishOnly();
const italian = { language: "it-IT" };
const attributes = ["aria-label", "title", "placeholder", "alt"];

/** Everything people read and hear on the page, in all its shadow roots. */
function said(root: ParentNode): string[] {
  return [...root.querySelectorAll("*")].flatMap((element) => {
    if (element instanceof HTMLStyleElement || element instanceof HTMLScriptElement) return [];
    const texts = [...element.childNodes].flatMap((node) => (node instanceof Text ? node.data.trim() : []));
    const spoken = attributes.flatMap((name) => element.getAttribute(name) ?? []);
    return [...texts, ...spoken, ...(element.shadowRoot ? said(element.shadowRoot) : [])];
  });
}

function expectItalian(): void {
  const texts = said(document.body).filter((text) => /\p{L}/u.test(text));
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.filter(isEnglish)).toEqual([]);
}

async function openMenu(item: string): Promise<void> {
  await button(it.menu).click();
  await page.getByRole("menuitem", { name: item }).click();
}

describe("in Italian nothing is English", () => {
  test("in the join form", async () => {
    const { client, store } = await openJoinForm(italian);
    await expect.element(button(it.join)).toBeVisible();
    expectItalian();
    await page.getByRole("textbox", { name: it.name }).fill("#");
    await button(it.join).click();
    await expect.element(page.getByText(it.nameProblems.characters)).toBeVisible();
    expectItalian();
    store.join("anna");
    await expect.element(button(it.cancel)).toBeVisible();
    client.bridge.connection(waiting);
    await expect.element(page.getByText(/Entrerai non appena/)).toBeVisible();
    expectItalian();
    client.bridge.lost();
    await expect.element(page.getByText(it.bridgeLost)).toBeVisible();
    expectItalian();
  });

  test("in a room, whatever happened there", async () => {
    const line = { room: "lobby", count: 2, time: at(0) };
    const { client, tell } = await openRoom(
      [
        message(5),
        message(6, { from: "anna", text: "mio" }),
        message(7, { reply: "msg-1" }),
        edit(8, 5, "cambiato"),
        remove(9, 7),
        { type: "member-joined", name: "carla", ...line },
        { type: "member-left", name: "carla", reason: "lost", ...line },
        { type: "member-renamed", room: "lobby", from: "anna", to: "Anna", time: at(0) },
        { type: "topic", room: "lobby", topic: "Birra", from: "bruno", time: at(0) },
      ],
      italian,
    );
    await expect.element(page.getByText(it.messageDeleted)).toBeVisible();
    client.bridge.typing({ type: "typing", room: "lobby", from: "bruno" });
    expectItalian();
    tell({ type: "member-left", room: "lobby", name: "bruno", count: 1, reason: "left", time: at(0) });
    client.bridge.connection(waiting);
    await page.getByRole("textbox", { name: it.message }).fill("aspetta");
    await button(it.send).click();
    await expect.element(page.getByText(it.waitsToBeSent)).toBeVisible();
    expectItalian();
  });

  test("in a room where nothing was said, and before anything is known", async () => {
    const { close, window, store } = await openRoom([], italian);
    await expect.element(page.getByText(it.emptyTitle)).toBeVisible();
    store.sending.post({ room: "lobby", text: "ciao", action: false });
    await expect.element(page.getByText(it.pending)).toBeVisible();
    expectItalian();
    close();
    await openPage({ ...italian, window });
    await expect.element(page.getByText(it.loading).first()).toBeInTheDocument();
    expectItalian();
  });

  test("in what is done to a message, and in the picker of emoji", async () => {
    await openRoom([message(1), message(2, { from: "anna", text: "mio" })], italian);
    const own = page.getByRole("article").filter({ hasText: "mio" });
    await expect.element(own).toBeVisible();
    for (const tool of [it.moreActions, it.react, it.delete]) {
      (own.element() as HTMLElement).focus();
      await own.getByRole("button", { name: tool, exact: true }).click();
      expectItalian();
      if (tool !== it.delete) await userEvent.keyboard("{Escape}");
    }
    await own.getByRole("button", { name: it.cancel }).click();
    await own.getByRole("button", { name: it.edit, exact: true }).click();
    await expect.element(page.getByText(it.editing)).toBeVisible();
    expectItalian();
    await button(it.emoji).click();
    await expect.element(page.getByRole("tab", { name: "Cibi e bevande" })).toBeVisible();
    await expect.element(button("faccina con un gran sorriso")).toBeVisible();
    expectItalian();
  });

  test("in the search", async () => {
    const { client } = await openRoom([message(1)], italian);
    await button(it.search).first().click();
    const words = page.getByRole("searchbox", { name: it.searchLabel });
    await expect.element(words).toBeVisible();
    expectItalian();
    await words.fill("parola");
    await userEvent.keyboard("{Enter}");
    await client.asks[0]?.answer({ ok: true, found: [], more: false });
    await expect.element(page.getByText(it.nothingFound)).toBeVisible();
    expectItalian();
    await userEvent.keyboard("{Enter}");
    await client.asks[1]?.answer({ ok: true, found: [message(1)], more: true });
    await expect.element(button(it.showMore)).toBeVisible();
    expectItalian();
  });

  test("in what lies over the page, and in the menu", async () => {
    const { client } = await openRoom([message(1)], italian);
    for (const title of [it.settings.title, it.shortcuts.title, it.switcher.title]) {
      await openMenu(title);
      await expect.element(page.getByRole("dialog", { name: title })).toBeVisible();
      expectItalian();
      await userEvent.keyboard("{Escape}");
      await expect.element(page.getByRole("dialog", { name: title })).not.toBeInTheDocument();
    }
    await page.getByTitle(it.inspect).click();
    await client.inspections[0]?.answer({ serverMs: 3, lines: [{ way: "in", at: at(0), text: "{}" }] });
    await expect.element(page.getByText(it.wireLines)).toBeVisible();
    expectItalian();
  });

  test("on a phone, in the drawers", async () => {
    const { client } = await openRoom([message(1)], { ...italian, size: phone });
    await button(it.showPeople(3)).click();
    await expect.element(page.getByRole("list", { name: it.people })).toBeVisible();
    expectItalian();
    await button(it.close).click();
    await button(it.showRooms(0)).click();
    await button(it.joinOrCreate).click();
    await client.asks[0]?.answer({ ok: true, rooms: [{ room: "dev", topic: "", count: 2 }] });
    await expect.element(page.getByText("2 persone")).toBeVisible();
    expectItalian();
  });

  test("of an old server", async () => {
    await openRoom([message(1)], { ...italian, connection: onlineLegacy });
    await page.getByText(it.legacyTitle).click();
    await expect.element(page.getByText(it.lacks.delivery)).toBeVisible();
    expectItalian();
  });
});
