/** Screenshots of the join form: somebody arrives, is refused, waits, or has left. */
import type { Camera } from "./camera.ts";
import { openBridge, phone, type Studio } from "./studio.ts";

/** A port on which nothing listens. */
const nobodysPort = 9;

export async function pictureTheJoinForm(studio: Studio, camera: Camera): Promise<void> {
  const window = await studio.openWindow();
  const name = window.page.getByRole("textbox", { name: "Name" });
  await name.waitFor();
  await camera.take(window, "join-form");
  await name.fill("#marta");
  await name.press("Enter");
  await window.page.getByText("A name starts with").waitFor();
  await camera.take(window, "join-form-not-a-name");
  await name.fill("Giulio");
  await name.press("Enter");
  await window.page.getByText("Somebody already has that name").waitFor();
  await camera.take(window, "join-form-refused");
  await window.page.emulateMedia({ colorScheme: "dark" });
  await camera.take(window, "join-form-refused-dark");
  await window.enter("Ospite");
  await window.page.getByRole("button", { name: "Quit", exact: true }).click();
  await window.page.getByText("You left the chat").waitFor();
  await camera.take(window, "join-form-goodbye-dark");
  await window.page.context().close();
}

/** Somebody gives a name while the chat server is away. */
export async function pictureTheWait(studio: Studio, camera: Camera): Promise<void> {
  const bridge = await openBridge(nobodysPort);
  const window = await studio.openWindow(phone, bridge.url);
  await window.page.getByRole("textbox", { name: "Name" }).fill("Marta");
  await window.page.getByRole("button", { name: "Join" }).click();
  await window.page.getByText("You will be let in").waitFor();
  await camera.take(window, "phone-entering");
  await window.page.setViewportSize({ width: 1_280, height: 800 });
  await camera.take(window, "entering");
  await window.page.context().close();
  await bridge.close();
}
