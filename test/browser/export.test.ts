import { beforeEach, describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { FoundMessage } from "../../protocol/events.ts";
import { exportMessagesMax } from "../../ui/export/export-fetch.ts";
import { localDay } from "../../ui/store/text/local-day.ts";
import { message, online, onlineLegacy, past, waiting } from "../ui/story.ts";
import { button, expectFocus, openRoom, phone } from "./open-page.ts";

type Opened = Awaited<ReturnType<typeof openRoom>>;

const dialog = page.getByRole("dialog", { name: /^Export/ });
const inDialog = (name: string) => dialog.getByRole("button", { name, exact: true });
const radio = (name: string) => dialog.getByRole("radio", { name, exact: true });
const status = dialog.getByRole("status");
const today = localDay(new Date());
const savedAs = (name: string, messages: string) => `Saved as salotto-${name}: ${messages}.`;

/** The files handed to the browser. */
const downloads: { name: string; text: () => Promise<string> }[] = [];

beforeEach(() => {
  downloads.length = 0;
  const made = vi.spyOn(URL, "createObjectURL");
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const blob = made.mock.lastCall?.[0] as Blob;
    downloads.push({ name: this.download, text: () => blob.text() });
  });
  return () => {
    made.mockRestore();
    clicked.mockRestore();
  };
});

async function openExport(): Promise<void> {
  await button("Menu").click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  await expect.element(dialog).toBeVisible();
}

async function answer(room: Opened, from: number, to: number, more: boolean): Promise<void> {
  await room.client.asks.at(-1)?.answer({ ok: true, messages: past(from, to), more });
}

const asked = ({ client }: Opened) => client.asks.map(({ request }) => request);

describe("a room's export", () => {
  test("fetches page by page, says how far it is, and becomes a file", async () => {
    const room = await openRoom([message(400)]);
    await openExport();
    await inDialog("Export").click();
    await expect.element(status).toHaveTextContent("Fetching messages…");
    await answer(room, 1, 200, true);
    await expect.element(dialog.getByText("200 messages…")).toBeVisible();
    // Progress is not read aloud for every page.
    await expect.element(status).toHaveTextContent("Fetching messages…");
    await answer(room, 201, 250, false);
    await expect.element(status).toHaveTextContent(savedAs(`lobby-${today}.txt`, "250 messages"));
    await expectFocus(inDialog("Close").last());
    const history = { type: "history", room: "lobby", limit: 200 };
    expect(asked(room)).toEqual([
      { ...history, after: 0 },
      { ...history, after: 200 },
    ]);
    expect(downloads.map(({ name }) => name)).toEqual([`salotto-lobby-${today}.txt`]);
    const lines = (await downloads[0]?.text())?.split("\n") ?? [];
    expect(lines[0]).toBe("lobby on 127.0.0.1:8080 · 250 messages");
    expect(lines.filter((line) => /^\d\d:\d\d bruno: text \d+$/.test(line))).toHaveLength(250);
    // None of it ended up in the room.
    await expect.element(page.getByText("text 100", { exact: true })).not.toBeInTheDocument();
  });

  test("goes by keyboard alone, as JSON lines, since a day", async () => {
    const room = await openRoom([message(400)]);
    await openExport();
    await expectFocus(radio("Plain text"));
    await userEvent.keyboard("{ArrowRight}{Tab}{ArrowRight}{Tab}");
    await expect.element(radio("JSON lines (for programs)")).toBeChecked();
    await dialog.getByLabelText("First day").fill("2026-11-21");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => asked(room)).toHaveLength(1);
    const since = new Date(2026, 10, 21).toISOString();
    expect(asked(room)).toEqual([{ type: "history", room: "lobby", since, limit: 200 }]);
    const before = past(1, 1).map((entry) => ({ ...entry, time: new Date(Date.parse(since) - 1).toISOString() }));
    await room.client.asks[0]?.answer({ ok: true, messages: [...before, ...past(2, 3)], more: false });
    await expect.element(status).toHaveTextContent(savedAs(`lobby-${today}.jsonl`, "2 messages"));
    expect(await downloads[0]?.text()).toBe(
      past(2, 3)
        .map((entry) => `${JSON.stringify(entry)}\n`)
        .join(""),
    );
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
  });

  test("wants to know the day", async () => {
    const room = await openRoom();
    await openExport();
    await radio("From a day on").click();
    await inDialog("Export").click();
    await expectFocus(dialog.getByLabelText("First day"));
    expect(room.client.asks).toEqual([]);
  });

  test("ends when one cancels it", async () => {
    const room = await openRoom([message(400)]);
    await openExport();
    await inDialog("Export").click();
    await expectFocus(inDialog("Cancel"));
    await userEvent.keyboard("{Enter}");
    await expectFocus(radio("Plain text"));
    await answer(room, 1, 200, true);
    expect(room.client.asks).toHaveLength(1);
    await expect.element(inDialog("Export")).toBeVisible();
    expect(downloads).toEqual([]);
  });

  test("ends when the dialog is closed", async () => {
    const room = await openRoom([message(400)]);
    await openExport();
    await inDialog("Export").click();
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
    await answer(room, 1, 200, true);
    expect(room.client.asks).toHaveLength(1);
    expect(downloads).toEqual([]);
  });

  test("goes on where the connection was lost", async () => {
    const room = await openRoom([message(400)]);
    await openExport();
    await inDialog("Export").click();
    await answer(room, 1, 200, true);
    await room.client.asks[1]?.answer({ ok: false, code: "offline", message: "" });
    await expect.element(status).toHaveTextContent("The export stopped: not connected. So far: 200 messages.");
    await expectFocus(inDialog("Continue"));
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => asked(room)[2]).toMatchObject({ type: "history", after: 200 });
    await answer(room, 201, 202, false);
    await expect.element(status).toHaveTextContent(savedAs(`lobby-${today}.txt`, "202 messages"));
    expect(await downloads[0]?.text()).not.toContain("There may be more");
  });

  test("of which only a part came can be saved all the same", async () => {
    const room = await openRoom([message(400)], { size: phone });
    await openExport();
    await inDialog("Export").click();
    await answer(room, 1, 200, true);
    await room.client.asks[1]?.answer({ ok: false, code: "lost", message: "" });
    await inDialog("Save these").click();
    await expect.element(status).toHaveTextContent(savedAs(`lobby-${today}.txt`, "200 messages"));
    expect(await downloads[0]?.text()).toContain("\nThis file may be incomplete.\n");
  });

  test("that is full says from which day on the rest can be had", async () => {
    const room = await openRoom([message(1)]);
    await openExport();
    await radio("JSON lines (for programs)").click();
    await inDialog("Export").click();
    await answer(room, 1, exportMessagesMax + 1, false);
    await expect.element(dialog.getByText(savedAs(`lobby-${today}.jsonl`, "50,000 messages"))).toBeVisible();
    await expect.element(dialog.getByText(/ends on .* 2026\. Export the rest from that day on\./)).toBeVisible();
  });

  test("of an empty room is no file", async () => {
    const room = await openRoom();
    await openExport();
    await inDialog("Export").click();
    await room.client.asks[0]?.answer({ ok: true, messages: [], more: false });
    await expect.element(status).toHaveTextContent("There is nothing to export.");
    expect(downloads).toEqual([]);
  });

  test("is called by the other person, in a private conversation", async () => {
    const room = await openRoom([message(1, { room: "@bruno" })]);
    room.store.openRoom("@bruno");
    await openExport();
    await expect.element(page.getByRole("dialog", { name: "Export the conversation with bruno" })).toBeVisible();
    await inDialog("Export").click();
    await answer(room, 1, 1, false);
    await expect.element(status).toHaveTextContent(savedAs(`with-bruno-${today}.txt`, "1 message"));
  });

  test.each([
    ["an old server", "This server keeps no messages", onlineLegacy, onlineLegacy],
    ["a lost one", "Not connected", online, waiting],
  ])("of %s is what the page has, and says so", async (_what, why, atFirst, then) => {
    const room = await openRoom([message(1), message(2)], { connection: atFirst });
    room.client.bridge.connection(then);
    await openExport();
    const only = `${why}. Only what this page has loaded can be exported: 2 messages.`;
    await expect.element(status).toHaveTextContent(only);
    await inDialog("Export").click();
    await expect.element(status).toHaveTextContent(savedAs(`lobby-${today}.txt`, "2 messages"));
    expect(await downloads[0]?.text()).toContain("bruno: text 2\n");
    expect(room.client.asks).toEqual([]);
  });
});

test("the results of a search are exported, those too that are not shown yet", async () => {
  const room = await openRoom();
  const found = (seq: number): FoundMessage => ({ ...message(seq), room: "dev" });
  await button("Search").click();
  await page.getByRole("searchbox").fill("text from:bruno");
  await userEvent.keyboard("{Enter}");
  await room.client.asks[0]?.answer({ ok: true, found: [found(9), found(8)], more: true });
  await button("Export results").click();
  await expect.element(radio("Everything")).not.toBeInTheDocument();
  await inDialog("Export").click();
  await room.client.asks[1]?.answer({ ok: true, found: [found(9), found(8)], more: true });
  await room.client.asks[2]?.answer({ ok: true, found: [found(8), found(7)], more: false });
  await expect.element(status).toHaveTextContent(savedAs(`search-text-from-bruno-${today}.txt`, "3 messages"));
  const search = { type: "search", query: "text from:bruno" };
  expect(asked(room).slice(1)).toEqual([
    { ...search, skip: 0 },
    { ...search, skip: 1 },
  ]);
  const lines = (await downloads[0]?.text())?.split("\n") ?? [];
  expect(lines.map((line) => /\[dev\] bruno: (text \d)$/.exec(line)?.[1]).filter(Boolean)).toEqual([
    "text 7",
    "text 8",
    "text 9",
  ]);
  await userEvent.keyboard("{Escape}");
  await expectFocus(button("Export results"));
});
