import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { ChatStore } from "../../ui/store/services/chat-store.ts";
import { PageClock } from "../ui/memory-bridge-client.ts";
import { at, edit, joinedRoom, message, react, remove, waiting } from "../ui/story.ts";
import { button, field, openRoom, phone, wide } from "./open-page.ts";

type Opened = Awaited<ReturnType<typeof openRoom>>;

/** All text nodes below a root, in order, including those in shadow roots. */
function textsIn(root: Node): Text[] {
  const below = [...root.childNodes].flatMap((node) => (node instanceof Text ? [node] : textsIn(node)));
  const isHidden = root instanceof HTMLStyleElement || root instanceof HTMLScriptElement;
  return isHidden ? [] : [...(root instanceof Element && root.shadowRoot ? textsIn(root.shadowRoot) : []), ...below];
}

/** Does what a translating browser does, except for the other language; `every`: also to white space. */
function translate(root: Node, every: boolean): void {
  for (const text of textsIn(root)) {
    const isDone = text.parentElement?.localName === "font";
    if (isDone || (!every && text.data.trim() === "")) continue;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.append(text.data);
    outer.append(inner);
    text.replaceWith(outer);
  }
}

/** Leaves out what shows only where the mouse happens to be. */
const isActionOf = ({ parentNode }: Node): boolean => {
  const root = parentNode?.getRootNode();
  return root instanceof ShadowRoot && root.host.localName === "message-actions";
};

const readable = (root: Node) =>
  textsIn(root)
    .filter((text) => !isActionOf(text))
    .map(({ data }) => data)
    .join("")
    .replace(/\s+/g, " ");

/** What can happen to a page, one thing after another. */
const steps: Record<string, (opened: Opened) => unknown> = {
  "a message is added to a group": ({ tell }) => tell(message(5, { text: "and one more" })),
  "a message is edited": ({ tell }) => tell(edit(6, 1, "a *bold* text, with `code`\n> and\n> more\n- one\n- two")),
  "it is edited again": ({ tell }) => tell(edit(7, 1, "plain")),
  "one that is answered is edited": ({ tell }) => tell(edit(8, 3, "the answer is another now")),
  "one is reacted to": ({ tell }) => tell(react(9, 1, "👍", "bruno")),
  "by more people": ({ tell }) => tell(react(10, 1, "👍", "bruno", "anna"), react(13, 1, "🎉", "anna")),
  "and by fewer": ({ tell }) => tell(react(11, 1, "👍", "bruno")),
  "one is deleted": ({ tell }) => tell(remove(12, 3)),
  "something is new in another room": ({ tell }) => tell(message(1, { room: "dev" })),
  "and more, for the reader": ({ tell }) =>
    tell(message(2, { room: "dev", text: "@anna look" }), message(3, { room: "dev" })),
  "it is read elsewhere": ({ tell }) => tell({ type: "read", room: "dev", seq: 2 }),
  "somebody comes": ({ tell }) => tell({ type: "member-joined", room: "lobby", name: "Dora", count: 4, time: at(1) }),
  "somebody looks away": ({ tell }) =>
    tell({ type: "member-away", room: "lobby", name: "bruno", away: true, time: at(1) }),
  "and back": ({ tell }) => tell({ type: "member-away", room: "lobby", name: "bruno", away: false, time: at(1) }),
  "somebody leaves": ({ tell }) =>
    tell({ type: "member-left", room: "lobby", name: "bruno", count: 3, time: at(1), reason: "quit" }),
  "somebody has another name": ({ tell }) =>
    tell({ type: "member-renamed", room: "lobby", from: "Dora", to: "Dorothea", time: at(1) }),
  "the reader has another name": ({ tell }) =>
    tell({ type: "member-renamed", room: "lobby", from: "anna", to: "Anna Karenina", time: at(1) }),
  "the topic is another": ({ tell }) =>
    tell({ type: "topic", room: "lobby", topic: "Birra", from: "Dorothea", time: at(1) }),
  "and none": ({ tell }) => tell({ type: "topic", room: "lobby", topic: "", from: "Dorothea", time: at(1) }),
  "somebody writes": ({ client }) => client.bridge.typing({ type: "typing", room: "lobby", from: "Dorothea" }),
  "and another": ({ client }) => client.bridge.typing({ type: "typing", room: "lobby", from: "Chiara De Luca" }),
  "the server is away": ({ client }) => client.bridge.connection({ ...waiting, retryInMs: 0 }),
  "a message waits": ({ store }) => store.sending.post({ room: "lobby", text: "later", action: false }),
  "the server is tried": ({ client }) => client.bridge.connection({ phase: "connecting", attempt: 3 }),
  "the page is narrow": () => page.viewport(...phone),
  "and wide": () => page.viewport(...wide),
  "the language is another": async ({ store, app }) => {
    store.settings.choose({ language: "it" });
    await expect.poll(() => app.locale.language).toBe("it");
  },
  "another room is shown": ({ store }) => store.openRoom("dev"),
  "and the first one again": ({ store }) => store.openRoom("lobby"),
  "the bridge is away": ({ client }) => client.bridge.lost(),
  "the person quits": ({ store }) => store.quit(),
};

/** Waits until the store's changes are drawn, with everything that follows from them. */
async function drawn(store: ChatStore): Promise<void> {
  await store.told();
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}

/** @returns what can be read after each step */
async function story(meanwhile: (root: Node) => void): Promise<Record<string, string>> {
  // The stories are compared, so they happen at the same time.
  const clock = new PageClock();
  const opened = await openRoom(
    [
      joinedRoom("dev", 0, "anna", "bruno"),
      message(1),
      message(2, { from: "anna", text: "mine" }),
      message(3, { from: "Chiara De Luca", text: "see https://example.com/ @bruno" }),
      message(4, { reply: "msg-3", text: "waves", action: true }),
    ],
    { clock },
  );
  const said: Record<string, string> = {};
  await drawn(opened.store);
  for (const [step, happen] of Object.entries(steps)) {
    meanwhile(opened.app);
    await happen(opened);
    await drawn(opened.store);
    said[step] = readable(opened.app);
  }
  opened.close();
  return said;
}

describe("a page that the browser translates", () => {
  let asIs: Record<string, string> | undefined;

  test.each([
    ["each word", false],
    ["every text, white space too", true],
  ])("says what is so, whatever changes: %s", async (_what, every) => {
    asIs ??= await story(() => {});
    const translated = await story((root) => translate(root, every));
    expect(new Set(Object.values(asIs)).size).toBeGreaterThan(Object.keys(steps).length - 4);
    expect(translated).toEqual(asIs);
  });

  test("has buttons and fields that go on", async () => {
    const { app, client } = await openRoom([message(1), message(2, { from: "anna", text: "mine" })]);
    const own = page.getByRole("article").filter({ hasText: "mine" });
    translate(app, true);
    await field.fill("/topic");
    await expect.element(page.getByText(/^\/topic text:/)).toBeVisible();
    translate(app, true);
    await field.fill("");
    await expect.element(page.getByText(/Enter/).first()).toBeVisible();
    (own.element() as HTMLElement).focus();
    translate(app, true);
    await own.getByRole("button", { name: "Edit" }).click();
    await expect.element(button("Save")).toBeVisible();
    translate(app, true);
    await userEvent.keyboard("{Escape}");
    await expect.element(button("Send")).toBeVisible();
    await button("Search").first().click();
    const words = page.getByRole("searchbox");
    await words.fill("text");
    await userEvent.keyboard("{Enter}");
    translate(app, true);
    await client.asks.at(-1)?.answer({ ok: true, found: [], more: false });
    const nothingFound = page.getByRole("heading", { name: "Nothing found" });
    await expect.element(nothingFound).toBeVisible();
    translate(app, true);
    await userEvent.keyboard("{Enter}");
    await client.asks.at(-1)?.answer({ ok: true, found: [message(1)], more: false });
    await expect.element(nothingFound).not.toBeInTheDocument();
    await expect.element(page.getByRole("list", { name: "Search results" }).getByRole("listitem")).toBeVisible();
  });

  test("keeps names, numbers, times and code as they are", async () => {
    const { app, client, tell, store } = await openRoom([
      joinedRoom("dev", 0, "anna", "bruno"),
      message(1, { text: "look at `code`, @anna\n```\nblock\n```" }),
      message(2, { from: "anna", text: "mine" }),
      message(3, { from: "Chiara De Luca", reply: "msg-2", text: "waves", action: true }),
      react(4, 1, "👍", "bruno", "anna"),
      message(1, { room: "dev", text: "@anna" }),
      { type: "member-joined", room: "lobby", name: "Dora", count: 4, time: at(1) },
      { type: "member-left", room: "lobby", name: "Dora", count: 3, time: at(1), reason: "quit" },
      { type: "topic", room: "lobby", topic: "Birra", from: "bruno", time: at(1) },
    ]);
    client.bridge.typing({ type: "typing", room: "lobby", from: "bruno" });
    tell(message(1, { room: "@bruno" }));
    await drawn(store);
    const isKept = /^(?:\W*(?:anna|bruno|Chiara De Luca|Dora|dev|lobby|code|block|\p{Lu}{1,2}|\d+|[\d:]+)\W*)$/u;
    const kept = textsIn(app).filter(({ data }) => isKept.test(data));
    const said = kept.map(({ data }) => data.trim());
    expect(said).toEqual(expect.arrayContaining(["bruno", "Dora", "dev", "lobby", "@anna", "code", "block", "2", "3"]));
    const isMarked = (text: Text) => text.parentElement?.closest('[translate="no"]') != null;
    expect(kept.filter((text) => !isMarked(text)).map(({ parentElement }) => parentElement?.outerHTML)).toEqual([]);
    const words = textsIn(app).find(({ data }) => data === "mine");
    expect(words && isMarked(words)).toBe(false);
  });
});
