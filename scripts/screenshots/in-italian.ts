/** Screenshots of the page in Italian, where words are longer. */
import type { Camera } from "./camera.ts";
import { phone, type Studio } from "./studio.ts";

export async function pictureItalian(studio: Studio, camera: Camera): Promise<void> {
  const silvia = await studio.openWindow({ viewport: { width: 1_280, height: 800 }, locale: "it-IT" });
  const { page } = silvia;
  await page.getByRole("textbox", { name: "Nome" }).fill("Silvia");
  await camera.take(silvia, "italian-join-form");
  await page.getByRole("button", { name: "Entra" }).click();
  const log = page.getByRole("log", { name: "Messaggi" });
  await log.getByText("Arrivo tra dieci minuti").waitFor();
  await camera.take(silvia, "italian-lobby");
  await page.getByRole("button", { name: "Cerca" }).click();
  await page.getByRole("searchbox").waitFor();
  await camera.take(silvia, "italian-search");
  await page.getByRole("button", { name: "Chiudi la ricerca" }).click();
  await log.press("Control+,");
  await page.getByRole("dialog", { name: "Impostazioni" }).waitFor();
  await camera.take(silvia, "italian-settings");
  await page.keyboard.press("Escape");
  await log.press("?");
  await page.getByRole("dialog", { name: "Scorciatoie" }).waitFor();
  await camera.take(silvia, "italian-shortcuts");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Entra in una stanza o creala" }).click();
  await page.getByRole("textbox", { name: "Stanza" }).fill("giardino");
  await page.keyboard.press("Enter");
  await page.getByText("Ancora nessun messaggio").waitFor();
  await camera.take(silvia, "italian-empty-room");
  await page.context().close();
  await pictureItalianPhone(studio, camera);
}

async function pictureItalianPhone(studio: Studio, camera: Camera): Promise<void> {
  const rosa = await studio.openWindow({ ...phone, locale: "it-IT" });
  const { page } = rosa;
  await page.getByRole("textbox", { name: "Nome" }).fill("Zia Rosa");
  await page.getByRole("button", { name: "Entra" }).tap();
  await page.getByRole("log").getByText("Arrivo tra dieci minuti").waitFor();
  await camera.take(rosa, "italian-phone");
  await page.getByRole("button", { name: /^Mostra le stanze/ }).tap();
  await page.getByRole("button", { name: "Entra in una stanza o creala" }).waitFor();
  await camera.take(rosa, "italian-phone-rooms");
  await page.getByRole("button", { name: "Chiudi" }).tap();
  await page.getByRole("button", { name: "Menu" }).tap();
  await camera.take(rosa, "italian-phone-menu");
  await page.getByRole("menuitem", { name: "Impostazioni" }).tap();
  await page.getByRole("dialog", { name: "Impostazioni" }).waitFor();
  await camera.take(rosa, "italian-phone-settings");
  await page.context().close();
}
