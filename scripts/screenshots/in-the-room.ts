/** Screenshots of the chat in a desktop window: the log, and everything that opens beside it and over it. */
import type { PageWindow } from "../../test/support/page-window.ts";
import type { Camera } from "./camera.ts";
import type { Guest } from "./guest.ts";
import { type Studio, wide } from "./studio.ts";

/** Marta returns to what was said while she was away. */
export async function pictureTheRoom(studio: Studio, camera: Camera, guests: Map<string, Guest>): Promise<void> {
  const marta = await studio.openRoom("Marta", wide);
  await marta.log.getByText("New messages").waitFor();
  await camera.take(marta, "unread-line");
  for (const room of ["cinema", "salotto-dev", "lobby"]) await marta.joinRoom(room);
  await guests.get("Luca")?.say("cinema", "Marta, are you coming?");
  await guests.get("Luca")?.say("cinema", "The good seats go first.");
  await marta.room("cinema").getByText("2").first().waitFor();
  await pictureTheLog(marta, camera, guests);
  await pictureTheLooks(marta, camera);
  await pictureWhatIsDoneToMessages(marta, camera);
  await pictureTheComposer(marta, camera);
  await pictureTheSearch(marta, camera);
  await pictureTheOverlays(marta, camera);
  await pictureOtherRooms(marta, camera);
  await marta.page.context().close();
}

async function pictureTheLog(marta: PageWindow, camera: Camera, guests: Map<string, Guest>): Promise<void> {
  const { page, log } = marta;
  await log.hover();
  await page.mouse.wheel(0, -20_000);
  await log.getByText("Who is in for").waitFor();
  await log.press("Home");
  await log.getByText("This is the beginning").waitFor();
  await camera.take(marta, "lobby-beginning");
  await guests.get("Giulio")?.say("lobby", "Siamo sotto casa tua, apri?");
  await page.getByRole("button", { name: "1 new message" }).waitFor();
  await camera.take(marta, "new-below");
  await log.press("End");
  await page.getByRole("button", { name: "1 new message" }).waitFor({ state: "detached" });
  await page.mouse.move(0, 0);
}

async function pictureTheLooks(marta: PageWindow, camera: Camera): Promise<void> {
  const { page } = marta;
  const look = (looks: string) => page.evaluate((words) => (document.documentElement.dataset.looks = words), looks);
  await marta.composer.focus();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await camera.take(marta, `lobby-${colorScheme}`);
    await look("contrast comfortable text-m");
    await camera.take(marta, `contrast-${colorScheme}`);
    await look("system comfortable text-m");
  }
  await page.emulateMedia({ colorScheme: "light" });
  await look("system compact text-m");
  await camera.take(marta, "compact");
  await look("system comfortable text-xl");
  await camera.take(marta, "largest-text");
  await look("system comfortable text-m");
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await camera.take(marta, "forced-colors");
  await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
  for (const [name, width] of [["tablet", 820] as const, ["narrow", 600] as const]) {
    await page.setViewportSize({ width, height: 800 });
    await camera.take(marta, name);
  }
  await page.setViewportSize({ width: 1_280, height: 800 });
}

async function pictureWhatIsDoneToMessages(marta: PageWindow, camera: Camera): Promise<void> {
  const { page } = marta;
  const message = (text: string) => page.getByRole("article").filter({ hasText: text }).first();
  const theirs = message("Rosso o bianco");
  const own = message("With olives");
  await theirs.hover();
  await camera.take(marta, "actions-theirs");
  await theirs.getByRole("button", { name: "React", exact: true }).click();
  await camera.take(marta, "actions-react");
  await theirs.getByRole("button", { name: "More emoji" }).click();
  await page.getByRole("button", { name: "grinning face", exact: true }).waitFor();
  await camera.take(marta, "emoji-picker");
  await page.keyboard.type("xyz");
  await page.getByText("No emoji found").waitFor();
  await camera.take(marta, "emoji-picker-nothing");
  await page.keyboard.press("Escape");
  await own.hover();
  await own.getByRole("button", { name: "More actions" }).click();
  await camera.take(marta, "actions-more");
  await page.keyboard.press("Escape");
  await own.hover();
  await own.getByRole("button", { name: "Delete", exact: true }).click();
  await camera.take(marta, "delete-question");
  await own.getByRole("button", { name: "Cancel" }).click();
  await marta.act("Rosso o bianco", "Reply");
  await camera.take(marta, "reply");
  await page.keyboard.press("Escape");
  await marta.act("With olives", "Edit");
  await camera.take(marta, "edit");
  await page.keyboard.press("Escape");
}

async function pictureTheComposer(marta: PageWindow, camera: Camera): Promise<void> {
  const { page, composer } = marta;
  const complete = async (typed: string, name: string) => {
    await composer.fill("");
    await composer.pressSequentially(typed);
    await page.getByRole("option").first().waitFor();
    await camera.take(marta, name);
    await page.keyboard.press("Escape");
  };
  await complete("/", "complete-command");
  await complete("Ciao @", "complete-person");
  await complete("Evviva :par", "complete-emoji");
  await composer.fill(
    "One line\nand another\nand a third, which is rather long, so that it has to be wrapped at some point, " +
      "somewhere around here or a little later, whoever reads it",
  );
  await camera.take(marta, "composer-lines");
  await composer.fill("/dance");
  await composer.press("Enter");
  await page.getByText("There is no command /dance").waitFor();
  await camera.take(marta, "composer-problem");
  await composer.fill("");
}

async function pictureTheSearch(marta: PageWindow, camera: Camera): Promise<void> {
  const { page } = marta;
  const search = page.getByRole("searchbox", { name: "Search messages" });
  await page.getByRole("button", { name: "Search" }).click();
  await search.waitFor();
  await camera.take(marta, "search");
  await search.fill("focaccia");
  await search.press("Enter");
  await page.getByRole("list", { name: "Search results" }).waitFor();
  await camera.take(marta, "search-results");
  await page.emulateMedia({ colorScheme: "dark" });
  await camera.take(marta, "search-results-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await search.fill("parmigiana");
  await search.press("Enter");
  await page.getByText("Nothing found").waitFor();
  await camera.take(marta, "search-nothing");
  await page.getByLabel("Go to a day in lobby").fill("2026-11-20");
  await page.getByRole("button", { name: "Go", exact: true }).click();
  await page.getByRole("article").filter({ hasText: "timetable" }).first().waitFor();
  await camera.take(marta, "jump-to-day");
  await page.getByRole("button", { name: "Close search" }).click();
  await marta.log.press("End");
}

async function pictureTheOverlays(marta: PageWindow, camera: Camera): Promise<void> {
  const { page, composer } = marta;
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menu").waitFor();
  await camera.take(marta, "menu");
  await page.keyboard.press("Escape");
  await composer.press("Control+k");
  await page.getByRole("combobox", { name: "Room or person" }).waitFor();
  await camera.take(marta, "switcher");
  await page.keyboard.type("gar");
  await camera.take(marta, "switcher-create");
  await page.keyboard.press("Escape");
  await composer.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.waitFor();
  await camera.take(marta, "settings");
  await settings.getByText("Quiet hours").click();
  await settings.getByText("You are notified of every").scrollIntoViewIfNeeded();
  await camera.take(marta, "settings-notifications");
  await settings.getByText("Quiet hours").click();
  await settings.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Invite a phone" }).click();
  await page.getByRole("dialog", { name: "Invite a phone" }).getByText("--listen").waitFor();
  await camera.take(marta, "invitation");
  await page.keyboard.press("Escape");
  await marta.log.focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await camera.take(marta, "shortcuts");
  await page.keyboard.press("Escape");
  await marta.status.getByRole("button").click();
  await page.getByRole("dialog", { name: "Connection" }).getByText("Connected").nth(1).waitFor();
  await camera.take(marta, "inspector");
  await page.keyboard.press("Escape");
}

async function pictureOtherRooms(marta: PageWindow, camera: Camera): Promise<void> {
  const { page } = marta;
  await marta.goTo("Luca");
  await camera.take(marta, "private");
  await marta.joinRoom("giardino");
  await page.getByText("No messages yet").waitFor();
  await camera.take(marta, "empty-room");
  await page.getByRole("button", { name: "Join or create a room" }).click();
  await page
    .getByRole("button", { name: /^cinema/ })
    .last()
    .waitFor();
  await camera.take(marta, "rooms-open");
}
