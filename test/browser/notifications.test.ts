import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { Desktop, DesktopNotice } from "../../ui/browser/desktop.ts";
import { startNotifications } from "../../ui/browser/notifications.ts";
import { noticeDelayMs, settledMs } from "../../ui/store/services/notifier.ts";
import { PageClock } from "../ui/memory-bridge-client.ts";
import { joinedRoom, message } from "../ui/story.ts";
import { log, openRoom } from "./open-page.ts";

const dev = joinedRoom("dev", 0, "anna", "bruno");
const icon = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href;

/** Somebody who is looking elsewhere; `shown` is what their desktop shows. */
async function openAway() {
  const clock = new PageClock();
  const opened = await openRoom([dev], { clock });
  await expect.element(log).toBeVisible();
  const shown: DesktopNotice[] = [];
  let sounds = 0;
  const desktop: Desktop = {
    permission: "granted",
    ask: async () => "granted",
    show: (notice) => void shown.push(notice),
  };
  opened.store.settings.choose({ desktop: true, sound: true, rooms: { lobby: "all", dev: "all" } });
  startNotifications(
    opened.store,
    clock,
    desktop,
    () => opened.app.locale,
    () => {
      sounds += 1;
    },
  );
  clock.advance(settledMs);
  opened.store.attend(false);
  return { ...opened, clock, shown, sounds: () => sounds };
}

describe("a notification", () => {
  test("says who said what where, and leads there", async () => {
    const { tell, clock, shown, sounds } = await openAway();
    tell(message(1, { room: "dev", text: "lunch?" }));
    clock.advance(noticeDelayMs);
    expect(shown).toMatchObject([{ title: "bruno in dev", body: "lunch?", tag: "msg-1" }]);
    expect(sounds()).toBe(1);
    shown[0]?.chosen();
    await expect.element(page.getByRole("heading", { name: "dev", level: 1 })).toBeVisible();
    await expect.element(log.getByText("lunch?")).toBeVisible();
  });

  test("names the person only when it is private", async () => {
    const { tell, clock, shown } = await openAway();
    tell(message(1, { room: "@bruno", text: "waves", action: true }));
    clock.advance(noticeDelayMs);
    expect(shown).toMatchObject([{ title: "bruno", body: "bruno waves" }]);
  });

  test("of many messages says how many, in the reader's language", async () => {
    const { app, tell, clock, shown, store } = await openAway();
    tell(message(1, { room: "dev" }), message(2, { room: "dev" }));
    clock.advance(noticeDelayMs);
    store.settings.choose({ language: "it" });
    await expect.poll(() => app.locale.language).toBe("it");
    tell(message(3, { room: "dev" }), message(1, { room: "@bruno" }));
    clock.advance(noticeDelayMs);
    expect(shown).toMatchObject([
      { title: "2 new messages in dev", body: "", tag: "summary" },
      { title: "2 nuovi messaggi", body: "1 nuovo messaggio in dev\n1 nuovo messaggio da bruno" },
    ]);
  });
});

test("the title says how much is unread, and the icon that something is", async () => {
  const link = document.createElement("link");
  link.rel = "icon";
  link.href = "/favicon.svg";
  document.head.append(link);
  const { tell, store } = await openRoom([dev]);
  await expect.poll(() => document.title).toBe("lobby · Salotto");
  const plain = icon();
  tell(message(1, { room: "dev" }), message(2, { room: "dev" }));
  await expect.poll(() => document.title).toBe("(2) lobby · Salotto");
  expect(icon()).toMatch(/^data:image\/svg/);
  store.attend(false);
  tell(message(1));
  await expect.poll(() => document.title).toBe("(3) lobby · Salotto");
  store.attend(true);
  store.openRoom("dev");
  await expect.poll(() => document.title).toBe("dev · Salotto");
  expect(icon()).toBe(plain);
  link.remove();
});
