/** Screenshots of problems: the limits of an old server, loading, a server or a bridge that is away. */
import { startOldServer } from "../../test/doubles/old-servers.ts";
import { WireClient } from "../../test/support/wire-client.ts";
import type { Camera } from "./camera.ts";
import { openBridge, phone, type Studio, wide } from "./studio.ts";

export async function pictureAnOldServer(studio: Studio, camera: Camera): Promise<void> {
  const server = await startOldServer("ancestor");
  const bridge = await openBridge(server.port);
  for (const [name, options] of [["old-server", wide] as const, ["phone-old-server", phone] as const]) {
    const window = await studio.openRoom(name === "old-server" ? "Marta" : "Anna", options, bridge.url);
    // An old server has no clock, so the bridge's own counts.
    await window.page.clock.setFixedTime(new Date());
    const other = await WireClient.connect(server.port);
    other.send("Carlo");
    await window.log.getByText("Carlo").first().waitFor();
    other.send("Twelve years old and still talking.");
    await window.log.getByText("Twelve years old").waitFor();
    await window.send("And I can hear you.");
    await window.log.getByText("And I can hear you.").waitFor();
    await window.log.getByText("Sending…").waitFor({ state: "detached" });
    await camera.take(window, name);
    await window.page.getByText("An old chat server").click();
    await camera.take(window, `${name}-opened`);
    other.close();
    await window.page.context().close();
  }
  await bridge.close();
  await server.close();
}

/** Marta's windows while first the server and then the bridge go away. Neither comes back. */
export async function pictureOutages(studio: Studio, camera: Camera): Promise<void> {
  const marta = await studio.openRoom("Marta", wide);
  const anna = await studio.openRoom("Anna", phone);
  await pictureLoading(studio, camera);
  await pictureLoadingEarlier(studio, camera);
  await studio.closeServer();
  for (const [window, name] of [[marta, "server-away"] as const, [anna, "phone-server-away"] as const]) {
    await window.page.getByText("retrying in").waitFor();
    await window.send("I will be said when the server is back.");
    await window.log.getByText("I will be said when the server is back.").waitFor();
    await camera.take(window, name);
  }
  await studio.closeBridge();
  for (const [window, name] of [[marta, "bridge-away"] as const, [anna, "phone-bridge-away"] as const]) {
    await window.page.getByText("The bridge is not responding").waitFor();
    await camera.take(window, name);
  }
  await marta.page.emulateMedia({ colorScheme: "dark" });
  await camera.take(marta, "bridge-away-dark");
}

/** Somebody goes back in the log, before the server has answered. */
async function pictureLoadingEarlier(studio: Studio, camera: Camera): Promise<void> {
  const ugo = await studio.openWindow(phone);
  let isHeld = false;
  await ugo.page.routeWebSocket(/socket\.io/, (page) => {
    const bridge = page.connectToServer();
    page.onMessage((message) => isHeld || bridge.send(message));
  });
  await ugo.page.reload();
  await ugo.enter("Ugo");
  await ugo.log.getByText("Arrivo tra dieci minuti").waitFor();
  await ugo.page.mouse.move(0, 0);
  isHeld = true;
  await ugo.log.evaluate((scroller) => scroller.scrollTo(0, 0));
  await ugo.log.getByText("Loading…").waitFor({ state: "attached" });
  await ugo.log.evaluate((scroller) => scroller.scrollTo(0, 0));
  await camera.take(ugo, "phone-loading-earlier");
  await ugo.page.context().close();
}

/** A reloaded window before the bridge has told it anything, in a browser that keeps nothing. */
async function pictureLoading(studio: Studio, camera: Camera): Promise<void> {
  const tessa = await studio.openRoom("Tessa", wide);
  const { page } = tessa;
  await page.routeWebSocket(/socket\.io/, () => {});
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await page.reload();
  await page.getByText("Loading…").first().waitFor({ state: "attached" });
  await camera.take(tessa, "loading");
  await page.setViewportSize({ width: 360, height: 740 });
  await camera.take(tessa, "phone-loading");
  await page.context().close();
}
