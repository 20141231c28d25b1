/** Screenshots of the chat on a 360 pixel wide phone, where rooms, people and the search are in drawers. */
import type { Camera } from "./camera.ts";
import { phone, type Studio } from "./studio.ts";

export async function pictureThePhone(studio: Studio, camera: Camera): Promise<void> {
  const anna = await studio.openRoom("Anna", phone);
  const { page } = anna;
  await anna.log.getByText("Arrivo tra dieci minuti").waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await camera.take(anna, `phone-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: /^Show people/ }).tap();
  await anna.people.waitFor();
  await camera.take(anna, "phone-people");
  await page.getByRole("button", { name: "Close" }).tap();
  await page.getByRole("button", { name: /^Show rooms/ }).tap();
  await anna.rooms.waitFor();
  await camera.take(anna, "phone-rooms");
  await page.getByRole("button", { name: "Join or create a room" }).tap();
  await page.getByRole("button", { name: /^cinema/ }).waitFor();
  await camera.take(anna, "phone-rooms-open");
  await page.getByRole("button", { name: "Close" }).tap();
  await page.getByRole("article").filter({ hasText: "Arrivo tra" }).tap();
  await camera.take(anna, "phone-actions");
  await page.getByRole("button", { name: "React", exact: true }).tap();
  await camera.take(anna, "phone-react");
  await page.getByRole("button", { name: "More emoji" }).tap();
  await page.getByRole("button", { name: "grinning face", exact: true }).waitFor();
  await camera.take(anna, "phone-emoji");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Search" }).tap();
  await page.getByRole("searchbox").waitFor();
  await camera.take(anna, "phone-search");
  await page.getByRole("searchbox").fill("focaccia");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Search results" }).waitFor();
  await camera.take(anna, "phone-search-results");
  await page.getByRole("button", { name: "Close search" }).tap();
  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("menu").waitFor();
  await camera.take(anna, "phone-menu");
  await page.getByRole("menuitem", { name: "Settings" }).tap();
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  await camera.take(anna, "phone-settings");
  await page.keyboard.press("Escape");
  await anna.status.getByRole("button").tap();
  await page.getByRole("dialog", { name: "Connection" }).getByText("Connected").nth(1).waitFor();
  await camera.take(anna, "phone-inspector");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Show people/ }).tap();
  await page.getByRole("button", { name: /^Private message to Élodie/ }).tap();
  await page.getByText("Only the two of you will see what you write here.").waitFor();
  await camera.take(anna, "phone-private");
  await anna.composer.fill("A first line\nand a second one, which is rather longer");
  await camera.take(anna, "phone-composer-lines");
  await page.context().close();
}
