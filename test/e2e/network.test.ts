/** The page beyond loopback, in a real browser: by invitation, over TLS with the bridge's own certificate, or without TLS. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { reachableAddresses } from "../../bridge/web-names.ts";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

/** As others on the network see this computer. */
const [lan] = reachableAddresses().filter((address) => !address.includes(":"));

/** Where the bridge keeps a certificate that it makes. */
function certificateFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "salotto-web-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "web-tls.pem");
}

/** The addresses of the sockets that the page opens. */
function socketsOf({ page }: Window): string[] {
  const urls: string[] = [];
  page.on("websocket", (socket) => urls.push(socket.url()));
  return urls;
}

test.skipIf(lan === undefined)("a guest comes by the owner's code, over TLS, and both talk", async () => {
  const { port } = await startTestServer();
  const webTls = { kind: "self-signed", file: certificateFile() } as const;
  const bridge = await openBridge(port, { web: { address: "0.0.0.0" }, webTls });
  expect(bridge.origin).toBe(`https://${lan}:${bridge.port}`);
  // The browsers do as a person does who has compared the fingerprint.
  const trusting = { ignoreHTTPSErrors: true };
  const owner = await Window.join(bridge.url, "anna", trusting);
  await owner.page.getByRole("button", { name: "Menu" }).click();
  await owner.page.getByRole("menuitem", { name: "Invite a phone" }).click();
  const dialog = owner.page.getByRole("dialog", { name: "Invite a phone" });
  await dialog.getByRole("img", { name: "QR code with the invitation link" }).waitFor();
  const link = await dialog.getByRole("textbox", { name: "Invitation link" }).inputValue();
  expect(link).toBe(bridge.invitation);
  await owner.page.keyboard.press("Escape");

  const stranger = await Window.open(bridge.origin, trusting);
  await stranger.page.getByText("This page opens with its link").waitFor();

  const guest = await Window.open("about:blank", { ...trusting, serviceWorkers: "allow" });
  const sockets = socketsOf(guest);
  await guest.page.goto(link);
  await guest.enter("bruno");
  expect(sockets).toEqual([expect.stringMatching(`^wss://${lan}:${bridge.port}/`)]);
  const cookies = await guest.page.context().cookies();
  expect(cookies).toMatchObject([{ secure: true, httpOnly: true, sameSite: "Strict", domain: lan }]);
  expect(cookies[0]?.value).toMatch(/^guest\./);
  await guest.send("ciao anna");
  await owner.sees("ciao anna");
  await guest.page.reload();
  await guest.sees("ciao anna");
  await guest.page.getByRole("button", { name: "Menu" }).click();
  await guest.page.getByRole("menuitem", { name: "Settings" }).waitFor();
  expect(await guest.page.getByRole("menuitem", { name: "Invite a phone" }).count()).toBe(0);
  // Chromium gives a page no worker while the certificate is one that only a person has accepted: it does without.
  expect(guest.complaints).toEqual(["An SSL certificate error occurred when fetching the script."]);
  expect(owner.complaints).toEqual([]);
});

test("a browser does not open the page if nobody has accepted the certificate", async () => {
  const webTls = { kind: "self-signed", file: certificateFile() } as const;
  const bridge = await openBridge(9, { web: { address: "0.0.0.0" }, webTls });
  await expect(Window.open(`https://localhost:${bridge.port}`)).rejects.toThrow("ERR_CERT_AUTHORITY_INVALID");
});

test.skipIf(lan === undefined)("without TLS, the page works where browsers give it less", async () => {
  const { port } = await startTestServer();
  const bridge = await openBridge(port, { web: { address: "0.0.0.0" } });
  expect(bridge.origin).toBe(`http://${lan}:${bridge.port}`);
  const owner = await Window.join(bridge.url, "anna");
  const guest = await Window.open("about:blank", { serviceWorkers: "allow" });
  const sockets = socketsOf(guest);
  await guest.page.goto(bridge.invitation ?? "");
  await guest.enter("bruno");
  expect(await guest.page.evaluate(() => isSecureContext)).toBe(false);
  expect(sockets).toEqual([expect.stringMatching(`^ws://${lan}:${bridge.port}/`)]);
  expect(await guest.page.context().cookies()).toMatchObject([{ secure: false, httpOnly: true, sameSite: "Strict" }]);
  await guest.send("ciao anna");
  await owner.sees("ciao anna");
  await owner.send("ciao bruno");
  await guest.sees("ciao bruno");
  await guest.page.reload();
  await guest.sees("ciao bruno");
  // Copying needs a page from this computer, or TLS.
  await owner.page.getByRole("button", { name: "Menu" }).click();
  await owner.page.getByRole("menuitem", { name: "Invite a phone" }).click();
  await owner.page.getByRole("button", { name: "Copy link" }).click();
  await owner.page.getByText("The browser did not allow copying").waitFor();
  // A header that protects the page elsewhere, and that browsers do not apply here.
  const ignored = /^The Cross-Origin-Opener-Policy header has been ignored/;
  expect([...owner.complaints, ...guest.complaints].filter((complaint) => !ignored.test(complaint))).toEqual([]);
});
