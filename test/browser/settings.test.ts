import { describe, expect, onTestFinished, test } from "vitest";
import { cdp, page, userEvent } from "vitest/browser";
import type { Desktop, DesktopPermission } from "../../ui/browser/desktop.ts";
import { SettingsDialog } from "../../ui/components/dialogs/settings-dialog.ts";
import { joinedRoom, message } from "../ui/story.ts";
import { button, emulateTheme, expectFocus, field, openRoom, phone } from "./open-page.ts";

const dialog = page.getByRole("dialog", { name: "Settings" });
const radio = (name: string) => page.getByRole("radio", { name, exact: true });
const checkbox = (name: string) => page.getByRole("checkbox", { name, exact: true });
const paper = () => getComputedStyle(document.body).backgroundColor;
const white = "rgb(255, 255, 255)";
const black = "rgb(0, 0, 0)";

async function openSettings(): Promise<void> {
  await button("Menu").click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect.element(dialog).toBeVisible();
}

async function emulate(name: string, value: string): Promise<void> {
  await cdp().send("Emulation.setEmulatedMedia", { features: [{ name, value }] });
  onTestFinished(async () => {
    await cdp().send("Emulation.setEmulatedMedia", { features: [{ name, value: "" }] });
  });
}

/** A desktop that answers as the test says. */
function fakeDesktop(permission: DesktopPermission, answer = permission) {
  const asked: string[] = [];
  const fake: Desktop = {
    permission,
    ask: async () => {
      asked.push("asked");
      return answer;
    },
    show() {},
  };
  const before = SettingsDialog.desktop;
  SettingsDialog.desktop = fake;
  onTestFinished(() => {
    SettingsDialog.desktop = before;
  });
  return asked;
}

describe("the settings", () => {
  test("are opened from the menu, and give the focus back to it", async () => {
    await openRoom();
    await openSettings();
    await button("Close").click();
    await expect.element(dialog).not.toBeInTheDocument();
    await expectFocus(button("Menu"));
  });

  test("are opened with the keyboard too, and give the focus back to the message", async () => {
    await openRoom();
    await expectFocus(field);
    await userEvent.keyboard("{Control>},{/Control}");
    await expect.element(dialog).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
    await expectFocus(field);
  });

  test("choose a theme whatever the system's is, and it is there again after a reload", async () => {
    await emulateTheme("light");
    const { browser, close } = await openRoom();
    const light = paper();
    await openSettings();
    await radio("Dark").click();
    const dark = paper();
    expect(dark).not.toBe(light);
    await radio("High contrast").click();
    expect(paper()).toBe(white);
    await radio("Light").click();
    expect(paper()).toBe(light);
    await radio("Dark").click();
    close();
    await openRoom([], { browser });
    expect(paper()).toBe(dark);
    await openSettings();
    await expect.element(radio("Dark")).toBeChecked();
  });

  test("in high contrast are black where the system is dark, and so without asking where the system says so", async () => {
    await emulate("prefers-contrast", "more");
    await openRoom();
    expect([white, black]).toContain(paper());
    await openSettings();
    await radio("Dark").click();
    expect(paper()).toBe(black);
  });

  test("enlarge the text, and bring things closer together", async () => {
    await openRoom([message(1)]);
    await expect.element(field).toBeVisible();
    const size = () => Number.parseFloat(getComputedStyle(field.element()).fontSize);
    const height = () => page.getByRole("heading", { name: "People 3" }).element().getBoundingClientRect().height;
    const before = { size: size(), height: height() };
    await openSettings();
    await radio("Extra large").click();
    expect(size()).toBe(before.size * 1.25);
    await radio("Normal").click();
    await radio("Compact").click();
    expect(height()).toBeLessThan(before.height);
  });

  test("change the language at once, and forget nothing that is written", async () => {
    const { browser, close } = await openRoom([message(1)]);
    await field.fill("half a sent");
    await openSettings();
    await page.getByRole("combobox", { name: "Language" }).selectOptions("Italiano");
    await expect.element(page.getByRole("dialog", { name: "Impostazioni" })).toBeVisible();
    await button("Chiudi").click();
    await expect.element(page.getByRole("textbox", { name: "Messaggio" })).toHaveValue("half a sent");
    await expect.element(page.getByRole("heading", { name: "Persone 3" })).toBeVisible();
    await expect.element(page.getByText(/^sabato 21 novembre 2026$|^oggi$|^ieri$/i)).toBeVisible();
    expect(document.documentElement.lang).toBe("it");
    close();
    await openRoom([], { browser });
    await expect.element(page.getByRole("heading", { name: "Persone 3" })).toBeVisible();
  });

  test("of another window hold in this one", async () => {
    const { browser, store } = await openRoom();
    const before = paper();
    browser.setItem("salotto.settings", JSON.stringify({ theme: "contrast" }));
    window.dispatchEvent(new StorageEvent("storage", { key: "salotto.settings" }));
    expect(store.settings.value.theme).toBe("contrast");
    expect(paper()).not.toBe(before);
  });

  test("fit a phone with the largest text", async () => {
    const { store } = await openRoom([joinedRoom("dev", 0, "anna")], { size: phone });
    store.settings.choose({ textSize: "xl", quiet: true });
    await openSettings();
    const { scrollWidth, clientWidth } = dialog.element();
    expect(scrollWidth).toBe(clientWidth);
    expect(document.documentElement.scrollWidth).toBe(phone[0]);
  });
});

describe("notifications", () => {
  const desktopLabel = "Show desktop notifications";

  test("are asked for when somebody wants them, not before", async () => {
    const asked = fakeDesktop("default", "granted");
    const { store } = await openRoom();
    await openSettings();
    expect(asked).toEqual([]);
    await checkbox(desktopLabel).click();
    await expect.element(checkbox(desktopLabel)).toBeChecked();
    expect(asked).toEqual(["asked"]);
    expect(store.settings.value.desktop).toBe(true);
    await checkbox(desktopLabel).click();
    expect(store.settings.value.desktop).toBe(false);
    expect(asked).toEqual(["asked"]);
  });

  test("that the browser denies stay off, with the reason; the rest can be chosen", async () => {
    fakeDesktop("default", "denied");
    const { store } = await openRoom();
    await openSettings();
    await checkbox(desktopLabel).click();
    await expect.element(page.getByText(/^The browser blocks them/)).toBeVisible();
    await expect.element(checkbox(desktopLabel)).not.toBeChecked();
    await checkbox("Play a sound").click();
    expect(store.settings.value).toMatchObject({ desktop: false, sound: true });
  });

  test("are none in a browser that has none", async () => {
    fakeDesktop("missing");
    await openRoom();
    await openSettings();
    await expect.element(page.getByText("This browser does not support them.")).toBeVisible();
  });

  test("are chosen for each room, and for the hours when it is quiet", async () => {
    const { store } = await openRoom([joinedRoom("dev", 0, "anna"), message(1, { room: "@bruno" })]);
    await openSettings();
    await expect.element(page.getByRole("combobox", { name: "lobby" })).toHaveDisplayValue("Mentions only");
    await expect.element(page.getByRole("combobox", { name: "bruno" })).not.toBeInTheDocument();
    await page.getByRole("combobox", { name: "dev" }).selectOptions("Nothing");
    await checkbox("Quiet hours").click();
    await page.getByLabelText("From").fill("23:30");
    expect(store.settings.value).toMatchObject({ quiet: true, quietFrom: "23:30", rooms: { dev: "none" } });
  });
});
