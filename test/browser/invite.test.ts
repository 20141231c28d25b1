/** "Invite a phone": who finds it, and what it shows and says. */
import { encode } from "uqr";
import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { BridgeInvitation } from "../../protocol/bridge-invitation.ts";
import { enInvite } from "../../ui/locales/en-invite.ts";
import { snapshot } from "../ui/story.ts";
import { allowClipboard, button, expectFocus, openRoom, type PageOptions, phone } from "./open-page.ts";
import { violations } from "./violations.ts";

const dialog = page.getByRole("dialog", { name: "Invite a phone" });
const item = page.getByRole("menuitem", { name: "Invite a phone" });
const link = "https://192.0.2.7:3000/?token=a-token-of-thirty-two-characters";
const command = "npm run bridge -- --listen 0.0.0.0 --web-self-signed";

/** A page of whoever started the bridge, with the dialog open, and this answer of the bridge. */
async function openInvitation(answer: BridgeInvitation | undefined, options?: PageOptions) {
  const room = await openRoom([], options);
  room.client.bridge.snapshot(snapshot({ mayInvite: true }));
  await button("Menu").click();
  await item.click();
  await expect.element(dialog).toBeVisible();
  await room.client.invitations.at(-1)?.answer(answer);
  return room;
}

describe("the invitation of a phone", () => {
  test("is in the menu of whoever started the bridge, and of nobody else", async () => {
    const { client } = await openRoom();
    await button("Menu").click();
    await expect.element(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
    await expect.element(item).not.toBeInTheDocument();
    client.bridge.snapshot(snapshot({ mayInvite: true }));
    await expect.element(item).toBeVisible();
    client.bridge.snapshot(snapshot());
    await expect.element(item).not.toBeInTheDocument();
  });

  test.each([undefined, phone])("is a code that cameras read, and the same as a link, size %j", async (size) => {
    await openInvitation({ kind: "link", link }, size && { size });
    const code = dialog.getByRole("img", { name: "QR code with the invitation link" });
    await expect.element(code).toBeVisible();
    const drawn = [...(code.element().querySelector("path")?.getAttribute("d") ?? "").matchAll(/M(\d+) (\d+)h/g)];
    const { data, size: cells } = encode(link, { border: 4 });
    expect(drawn.map(([, x, y]) => data[Number(y)]?.[Number(x)])).toEqual(drawn.map(() => true));
    expect(drawn.length).toBe(data.flat().filter(Boolean).length);
    expect(code.element().getAttribute("viewBox")).toBe(`0 0 ${cells} ${cells}`);
    await expect.element(dialog.getByRole("textbox", { name: "Invitation link" })).toHaveValue(link);
    expect(await violations()).toEqual([]);
  });

  test("can be copied", async () => {
    await allowClipboard();
    await openInvitation({ kind: "link", link });
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await expect.element(dialog.getByRole("status")).toHaveTextContent("Copied");
  });

  test("is selected where the browser does not let it be copied", async () => {
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = () => Promise.reject(new Error("not here"));
    await openInvitation({ kind: "link", link });
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await expect.element(dialog.getByRole("status")).toHaveTextContent("The browser did not allow copying");
    navigator.clipboard.writeText = writeText;
    const input = dialog.getByRole("textbox", { name: "Invitation link" }).element() as HTMLInputElement;
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, link.length]);
  });

  test("of a bridge for this computer alone is how to start one for others", async () => {
    await openInvitation({ kind: "here-only", command });
    await expect.element(dialog.getByText(enInvite.hereOnly)).toBeVisible();
    await expect.element(dialog.getByText(command)).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test("that does not come is said, and the focus returns to where it was", async () => {
    await openInvitation(undefined);
    await expect.element(dialog.getByText(enInvite.noAnswer)).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).click();
    await expectFocus(button("Menu"));
  });
});
