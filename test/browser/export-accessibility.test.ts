import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { message, onlineLegacy, past } from "../ui/story.ts";
import { button, emulateTheme, openRoom, phone, wide } from "./open-page.ts";
import { violations } from "./violations.ts";

type Size = readonly [number, number];
const lost = { ok: false, code: "lost", message: "" } as const;

async function openExport(size: Size) {
  const opened = await openRoom([message(1)], { size });
  await button("Menu").click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  await expect.element(button("Export")).toBeVisible();
  return opened;
}

/** The dialog of an export that has started. */
async function startExport(size: Size) {
  const opened = await openExport(size);
  await button("Export").click();
  return opened;
}

/** Every state of an export; each function returns when what it is about is visible. */
const states: Record<string, (size: Size) => Promise<void>> = {
  "an export to choose": async (size) => {
    await openExport(size);
    await page.getByRole("radio", { name: "From a day on" }).click();
    await expect.element(page.getByLabelText("First day")).toBeVisible();
  },
  "an export of what is loaded": async (size) => {
    const { client } = await openExport(size);
    client.bridge.connection(onlineLegacy);
    await expect.element(page.getByText(/^This server keeps no messages\./)).toBeVisible();
  },
  "an export that goes on": async (size) => {
    const { client } = await startExport(size);
    await client.asks[0]?.answer({ ok: true, messages: past(1, 200), more: true });
    await expect.element(page.getByText("200 messages…")).toBeVisible();
  },
  "an export that stopped": async (size) => {
    const { client } = await startExport(size);
    await client.asks[0]?.answer({ ok: true, messages: past(1, 200), more: true });
    await client.asks[1]?.answer(lost);
    await expect.element(button("Continue")).toBeVisible();
  },
};

describe.each([
  ["light", "a wide page", wide],
  ["dark", "a phone", phone],
] as const)("axe finds nothing, in the %s theme on %s,", (theme, _where, size) => {
  test.each(Object.keys(states))("in %s", async (state) => {
    await emulateTheme(theme);
    await states[state]?.(size);
    expect(await violations()).toEqual([]);
  });
});
