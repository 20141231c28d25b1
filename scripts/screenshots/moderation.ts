/** Screenshots of what the page offers to those with a role in a room, and of what it tells those whom it concerns. */
import type { PageWindow } from "../../test/support/page-window.ts";
import type { Camera } from "./camera.ts";
import { phone, type Studio, wide } from "./studio.ts";

/** Marta owns the room; Luca is in it. */
export async function pictureModeration(studio: Studio, camera: Camera): Promise<void> {
  const marta = await studio.openRoom("Marta", wide);
  await marta.joinRoom("orto");
  const luca = await studio.openRoom("Luca Bianchi", phone);
  await luca.joinRoom("orto");
  await marta.people.getByRole("button", { name: "Private message to Luca Bianchi" }).waitFor();
  await luca.send("Compro e vendo piantine, scrivetemi!");
  await marta.log.getByText("Compro e vendo piantine, scrivetemi!").waitFor();
  await pictureThePerson(marta, camera);
  await pictureTheRoomsRules(marta, camera);
  await pictureReports(marta, luca, camera);
  await pictureWhatTheyAreTold(marta, luca, camera);
  await pictureItalianPhone(studio, camera);
  for (const { page } of [marta, luca]) await page.context().close();
}

async function pictureThePerson({ page, people }: PageWindow, camera: Camera): Promise<void> {
  const window = { page } as PageWindow;
  await people.getByRole("listitem").filter({ hasText: "Luca" }).hover();
  await camera.take(window, "people-actions");
  await page.getByRole("button", { name: "Actions for Luca Bianchi" }).click();
  await page.getByRole("button", { name: /^Block/ }).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await camera.take(window, `person-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: /^Ban…/ }).click();
  await camera.take(window, "person-ban");
  await page.keyboard.press("Escape");
  await page.getByRole("article").filter({ hasText: "piantine" }).hover();
  await page.getByRole("button", { name: "More actions" }).click();
  await camera.take(window, "actions-more-theirs");
  await page.keyboard.press("Escape");
}

async function pictureTheRoomsRules(marta: PageWindow, camera: Camera): Promise<void> {
  const { page } = marta;
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await camera.take(marta, "menu-owner");
  await page.getByRole("menuitem", { name: "Room settings" }).click();
  await page.getByText("Only moderators change the topic").click();
  await page.getByText("Saved").waitFor();
  await camera.take(marta, "room-settings");
  await page.getByRole("button", { name: "Remove this room…" }).click();
  await page.emulateMedia({ colorScheme: "dark" });
  await camera.take(marta, "room-settings-remove-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.keyboard.press("Escape");
  await marta.composer.fill("");
  await marta.composer.pressSequentially("/");
  await page.getByRole("option").first().waitFor();
  await camera.take(marta, "complete-command-owner");
  await page.keyboard.press("Escape");
  await marta.composer.fill("");
}

async function pictureReports(marta: PageWindow, luca: PageWindow, camera: Camera): Promise<void> {
  await marta.send("E chi le innaffia?");
  await luca.log.getByText("E chi le innaffia?").waitFor();
  await luca.page.getByRole("article").filter({ hasText: "innaffia" }).tap();
  await luca.page.getByRole("button", { name: "More actions" }).tap();
  await camera.take(luca, "phone-actions-more");
  await luca.page.getByRole("button", { name: "Report" }).tap();
  await luca.page.getByLabel("What is wrong with it?").fill("Polemica");
  await camera.take(luca, "phone-report");
  await luca.page.getByRole("dialog").getByRole("button", { name: "Report" }).tap();
  await luca.page.getByText("Thank you").waitFor();
  await luca.page.getByRole("dialog").getByRole("button", { name: "Close" }).last().tap();
  await marta.page.getByText("Luca Bianchi reported a message").waitFor();
  await camera.take(marta, "announcement-report");
  await marta.page.getByRole("button", { name: "Show reports" }).click();
  await marta.page.getByRole("button", { name: "Done" }).waitFor();
  await camera.take(marta, "reports");
  await marta.page.keyboard.press("Escape");
}

async function pictureWhatTheyAreTold(marta: PageWindow, luca: PageWindow, camera: Camera): Promise<void> {
  await marta.send("/mute Luca Bianchi 2h Basta pubblicità");
  await luca.page.getByText(/^You are muted here/).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await luca.page.emulateMedia({ colorScheme });
    await camera.take(luca, `phone-muted-${colorScheme}`);
  }
  await luca.page.emulateMedia({ colorScheme: "light" });
  await marta.send("/bans");
  await marta.page.getByRole("button", { name: /^Lift/ }).waitFor();
  await camera.take(marta, "bans");
  await marta.page.keyboard.press("Escape");
  await luca.page.getByRole("button", { name: /^Show people/ }).tap();
  await luca.people.waitFor();
  await camera.take(luca, "phone-people-roles");
  await luca.page.getByRole("button", { name: "Actions for Marta" }).tap();
  await luca.page.getByRole("button", { name: /^Block/ }).waitFor();
  await camera.take(luca, "phone-person");
  await luca.page.keyboard.press("Escape");
  await luca.page.getByRole("button", { name: "Close" }).first().tap();
  await marta.send("/kick Luca Bianchi Basta pubblicità");
  await luca.page.getByText("Marta took you out of orto").waitFor();
  await camera.take(luca, "phone-taken-out");
  await marta.log.getByText(/^Marta took Luca Bianchi out/).waitFor();
  await marta.send("/audit");
  await marta.page.getByText("took out").first().waitFor();
  await camera.take(marta, "audit");
  await marta.page.keyboard.press("Escape");
  await camera.take(marta, "moderated-log");
}

async function pictureItalianPhone(studio: Studio, camera: Camera): Promise<void> {
  const rosa = await studio.openWindow({ ...phone, locale: "it-IT" });
  const { page } = rosa;
  await page.getByRole("textbox", { name: "Nome" }).fill("Rosa");
  await page.getByRole("button", { name: "Entra" }).tap();
  const composer = page.getByRole("textbox", { name: "Messaggio" });
  await composer.fill("/join cucito");
  await composer.press("Enter");
  await page.getByRole("heading", { name: "cucito", level: 1 }).waitFor();
  const gino = await studio.invite("Gino");
  await gino.ask({ type: "join", room: "cucito" });
  await page.getByRole("button", { name: /^Mostra le persone/ }).tap();
  await page.getByRole("button", { name: "Azioni per Gino" }).tap();
  await page.getByRole("button", { name: /^Blocca/ }).waitFor();
  await camera.take(rosa, "italian-phone-person");
  await page.getByRole("button", { name: /^Escludi…/ }).tap();
  await camera.take(rosa, "italian-phone-ban");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Chiudi" }).first().tap();
  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("menuitem", { name: "Regole della stanza" }).tap();
  await page.getByText("Entra solo chi è invitato").waitFor();
  await camera.take(rosa, "italian-phone-room-settings");
  await page.context().close();
}
