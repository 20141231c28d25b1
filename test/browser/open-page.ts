/** Puts the real page, with its real store, into the test's document; only the bridge is the test's. */
import "../../ui/styles/tokens.css";
import "../../ui/styles/page.css";
import "../../ui/components/shell/salotto-app.ts";
import { expect, onTestFinished } from "vitest";
import { cdp, type Locator, page } from "vitest/browser";
import type { ConnectionState, KeptEvent } from "../../protocol/bridge-events.ts";
import { followSettings } from "../../ui/browser/looks.ts";
import { systemClock } from "../../ui/store/service-context.ts";
import { type Browser, openStore } from "../ui/memory-bridge-client.ts";
import { joined, numbered, online, snapshot } from "../ui/story.ts";

export const field = page.getByRole("textbox", { name: "Message" });
export const nameField = page.getByRole("textbox", { name: "Name" });
export const log = page.getByRole("log", { name: "Messages" });
export const status = page.getByRole("status", { name: "Connection" });
export const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });

export const wide = [1_100, 700] as const;
export const phone = [360, 740] as const;

export interface PageOptions extends Browser {
  language?: string;
  size?: readonly [number, number];
}

/** A page that the bridge has not spoken to yet. */
export async function openPage({ language = "en-GB", size = wide, ...browser }: PageOptions = {}) {
  await page.viewport(...size);
  // Otherwise something would be hovered where the previous test left the mouse.
  await cdp().send("Input.dispatchMouseEvent", { type: "mouseMoved", x: 0, y: 0 });
  const opened = openStore({ clock: systemClock, ...browser });
  const app = document.createElement("salotto-app");
  app.store = opened.store;
  const unfollow = followSettings(app, opened.store.settings, [language]);
  await expect.poll(() => app.locale).toBeDefined();
  document.body.append(app);
  const close = () => {
    unfollow();
    app.remove();
  };
  onTestFinished(close);
  return { ...opened, app, close };
}

/** A page with the join form, and the bridge running. */
export async function openJoinForm(options: PageOptions = {}) {
  const opened = await openPage(options);
  opened.client.bridge.snapshot({
    epoch: "epoch-1",
    server: "127.0.0.1:8080",
    connection: { phase: "idle" },
    events: [],
  });
  return opened;
}

/** A page in the chat, as anna, after the given events. `tell` sends more. */
export async function openRoom(events: KeptEvent[] = [], options: PageOptions & { connection?: ConnectionState } = {}) {
  const opened = await openPage(options);
  const story = [joined(0, "anna", "bruno", "Chiara De Luca"), ...events];
  opened.client.bridge.snapshot(snapshot({ connection: options.connection ?? online, events: numbered(1, ...story) }));
  let told = story.length;
  const tell = (...more: KeptEvent[]) => {
    for (const event of more) {
      told += 1;
      opened.client.bridge.event({ n: told, event });
    }
  };
  return { ...opened, tell };
}

/** Waits until the element has the focus, through any number of shadow roots. */
export async function expectFocus(locator: Locator): Promise<void> {
  const focused = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  };
  await expect.element(locator).toBeVisible();
  await expect.poll(focused).toBe(locator.element());
}

/** Sets the system's theme for one test. Nothing moves, so that the colours are there at once. */
export async function emulateTheme(theme: "light" | "dark"): Promise<void> {
  const emulate = (scheme: string, motion: string) => {
    const features = [
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: motion },
    ];
    return cdp().send("Emulation.setEmulatedMedia", { features });
  };
  await emulate(theme, "reduce");
  onTestFinished(async () => {
    await emulate("", "");
  });
}

/** Grants what a browser would ask a person for. */
export async function allowClipboard(): Promise<void> {
  const { browserContextId = "" } = (await cdp().send("Target.getTargetInfo")).targetInfo;
  await cdp().send("Browser.grantPermissions", { permissions: ["clipboardSanitizedWrite"], browserContextId });
  onTestFinished(async () => {
    await cdp().send("Browser.resetPermissions", { browserContextId });
  });
}
