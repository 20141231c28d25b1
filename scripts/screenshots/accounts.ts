/** Screenshots of accounts: a name that is protected, proved, and asked for at the door of a chat that is not open. */
import { pino } from "pino";
import { defaultConfig } from "../../server/config.ts";
import { startServer } from "../../server/server.ts";
import type { PageWindow } from "../../test/support/page-window.ts";
import type { Camera } from "./camera.ts";
import { openBridge, phone, type Studio, wide } from "./studio.ts";

const password = "correct horse battery";

export async function pictureAccounts(studio: Studio, camera: Camera): Promise<void> {
  const marta = await studio.openRoom("Marta", wide);
  await openAccount(marta);
  await marta.page.getByRole("button", { name: "Protect this name with a password" }).waitFor();
  await camera.take(marta, "account-guest");
  await marta.page.getByRole("button", { name: "Protect this name with a password" }).click();
  await marta.page.getByLabel("Choose a password", { exact: true }).fill("short");
  await marta.page.keyboard.press("Enter");
  await camera.take(marta, "account-register");
  await marta.page.getByLabel("Choose a password", { exact: true }).fill(password);
  await marta.page.keyboard.press("Enter");
  await marta.page.getByText("whoever gives this name is asked").waitFor();
  await camera.take(marta, "account-registered");
  await marta.page.getByRole("button", { name: "Close" }).click();
  await marta.send("/lgoin correct horse");
  await marta.page.getByText("Not sent, and not kept").waitFor();
  await camera.take(marta, "held-back");
  await pictureProof(studio, camera, marta);
}

/** Another device. One person is in the chat once, so the first window is sent away. */
async function pictureProof(studio: Studio, camera: Camera, marta: PageWindow): Promise<void> {
  const other = await studio.openWindow(phone);
  await giveName(other, "Marta");
  const asked = other.page.getByLabel("Password of Marta", { exact: true });
  await asked.waitFor();
  await camera.take(other, "phone-join-form-password");
  await asked.fill("wrong horse");
  await other.page.getByRole("button", { name: "Show password" }).tap();
  await camera.take(other, "phone-join-form-password-shown");
  await asked.press("Enter");
  await other.page.getByText("Wrong name or password").waitFor();
  await other.page.emulateMedia({ colorScheme: "dark" });
  await camera.take(other, "phone-join-form-password-wrong-dark");
  await asked.fill(password);
  await asked.press("Enter");
  await other.says("Online");
  await openAccount(other);
  await other.page.getByRole("button", { name: /^Sign out there/ }).waitFor();
  await camera.take(other, "phone-account-dark");
  await other.page.emulateMedia({ colorScheme: "light" });
  await camera.take(other, "phone-account");
  await other.page.getByRole("button", { name: "Change password" }).tap();
  await camera.take(other, "phone-account-password");
  await other.page.getByRole("button", { name: "Cancel" }).tap();
  await other.page.getByRole("button", { name: "End the account" }).tap();
  await camera.take(other, "phone-account-end");
  await other.page.getByRole("button", { name: "Cancel" }).tap();
  await other.page.getByRole("button", { name: /^Sign out there/ }).tap();
  await other.page.getByText(/^Signed out: /).waitFor();
  await camera.take(other, "phone-account-signed-out-there");
  await marta.page.getByRole("button", { name: "Join" }).click();
  await marta.page.getByText("You were signed out here").waitFor();
  await camera.take(marta, "join-form-signed-out");
  for (let attempt = 0; attempt < 12 && !(await marta.page.getByRole("timer").isVisible()); attempt++) {
    await marta.page.getByLabel("Password of Marta", { exact: true }).fill("wrong horse");
    await marta.page.keyboard.press("Enter");
    await marta.page.getByText(/Wrong name or password|Too many attempts/).waitFor();
    await marta.page.getByText("Joining the chat").waitFor({ state: "detached" });
  }
  await camera.take(marta, "join-form-too-many-attempts");
  await marta.page.context().close();
  await other.page.context().close();
}

/** A chat with a password of its own, which lets in only people with an account; as an Italian sees it, too. */
export async function pictureTheDoor(studio: Studio, camera: Camera): Promise<void> {
  const logger = pino({ level: "silent" });
  const config = { ...defaultConfig, port: 0, data: undefined, logger, password: "sesame-open", registeredOnly: true };
  const server = await startServer(config);
  const bridge = await openBridge(server.port);
  const window = await studio.openWindow(wide, bridge.url);
  await giveName(window, "Marta");
  await window.page.getByLabel("Password of this chat", { exact: true }).waitFor();
  await camera.take(window, "join-form-chat-password");
  await window.page.getByLabel("Password of this chat", { exact: true }).fill("sesame-open");
  await window.page.keyboard.press("Enter");
  await window.page.getByLabel("Choose a password", { exact: true }).waitFor();
  await camera.take(window, "join-form-account");
  await window.page.emulateMedia({ colorScheme: "dark" });
  await camera.take(window, "join-form-account-dark");
  await window.page.context().close();
  const silvia = await studio.openWindow({ ...phone, locale: "it-IT" }, bridge.url);
  await silvia.page.getByRole("textbox", { name: "Nome" }).fill("Silvia");
  await silvia.page.getByRole("button", { name: "Entra" }).tap();
  await silvia.page.getByLabel("Password di questa chat", { exact: true }).fill("sesame-open");
  await silvia.page.keyboard.press("Enter");
  const fresh = silvia.page.getByLabel("Scegli una password", { exact: true });
  await fresh.waitFor();
  await camera.take(silvia, "italian-phone-account");
  await fresh.fill(password);
  await fresh.press("Enter");
  await silvia.page.getByRole("log", { name: "Messaggi" }).waitFor();
  await silvia.page.getByRole("button", { name: "Menu" }).tap();
  await silvia.page.getByRole("menuitem", { name: "Il tuo account" }).tap();
  await silvia.page.getByRole("button", { name: "Cambia la password" }).waitFor();
  await camera.take(silvia, "italian-phone-account-registered");
  await silvia.page.context().close();
  await bridge.close();
  await server.close();
}

async function giveName({ page }: PageWindow, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Join" }).click();
}

async function openAccount({ page }: PageWindow): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Account" }).click();
}
