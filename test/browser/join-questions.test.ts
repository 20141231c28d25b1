/** The join form when the server wants more than a name. */
import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { JoinAnswer } from "../../protocol/bridge-events.ts";
import { followInvitations } from "../../ui/browser/invitation.ts";
import { online } from "../ui/story.ts";
import { button, expectFocus, field, nameField, openJoinForm, openPage, openRoom } from "./open-page.ts";

const password = (name: string) => page.getByLabelText(name, { exact: true });
const secret = "correct horse battery";

type Opened = Awaited<ReturnType<typeof openJoinForm>>;

async function refuse({ client }: Opened, code: (JoinAnswer & { ok: false })["code"], more = {}): Promise<void> {
  await client.joins.at(-1)?.answer({ ok: false, code, message: "refused", ...more });
}

async function refused(...args: [code: Parameters<typeof refuse>[1], more?: object]): Promise<Opened> {
  const opened = await openJoinForm();
  await nameField.fill("anna");
  await button("Join").click();
  await refuse(opened, ...args);
  return opened;
}

/** Everything that outlives the page, and what it would tell an inspector of its state. */
function kept({ browser, window, store }: Opened): string {
  return JSON.stringify([...browser.items, ...window.items, store.state]);
}

const lastJoin = ({ client }: Opened) => client.joins.at(-1)?.request;

describe("a name that belongs to somebody", () => {
  test("needs its password, which is used once and is nowhere afterwards", async () => {
    const opened = await refused("name-registered");
    const asked = password("Password of anna");
    await expectFocus(asked);
    await expect.element(asked).toHaveAttribute("autocomplete", "current-password");
    await expect.element(asked).toHaveAttribute("type", "password");
    await expect.element(asked).toHaveAttribute("aria-invalid", "false");
    await expect
      .element(asked)
      .toHaveAccessibleDescription("That name belongs to somebody; if it is you, give your password.");
    await asked.fill(secret);
    await userEvent.keyboard("{Enter}");
    expect(lastJoin(opened)).toEqual({ name: "anna", password: secret });
    await expect.element(asked).toHaveValue("");
    expect(kept(opened)).not.toContain(secret);
    opened.client.bridge.connection(online);
    await expectFocus(field);
  });

  test("with a wrong password says so at the field, which is empty and has the focus", async () => {
    const opened = await refused("name-registered");
    await password("Password of anna").fill(secret);
    await button("Join").click();
    await refuse(opened, "wrong-password");
    const asked = password("Password of anna");
    await expect.element(asked).toHaveAccessibleDescription("Wrong name or password.");
    await expect.element(asked).toHaveAttribute("aria-invalid", "true");
    await expect.element(asked).toHaveValue("");
    await expectFocus(asked);
  });

  test("shows what is typed as long as that is wanted", async () => {
    await refused("name-registered");
    const asked = password("Password of anna");
    await asked.fill(secret);
    await button("Show password").click();
    await expect.element(asked).toHaveAttribute("type", "text");
    await button("Hide password").click();
    await expect.element(asked).toHaveAttribute("type", "password");
    await expect.element(asked).toHaveValue(secret);
  });

  test("leads back to another name, which is not given that password", async () => {
    const opened = await refused("name-registered");
    await password("Password of anna").fill(secret);
    await button("Use another name").click();
    await expectFocus(nameField);
    await expect.element(nameField).toHaveValue("anna");
    await expect.element(nameField).toHaveAccessibleDescription("The name others will see");
    await nameField.fill("annetta");
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "annetta" });
  });

  test("is not asked for anything that was not typed", async () => {
    const { client } = await refused("name-registered");
    await button("Join").click();
    await expect.element(password("Password of anna")).toHaveAccessibleDescription("Type the password first");
    expect(client.joins).toHaveLength(1);
  });

  test("is asked for its password at once in a page that is loaded after the refusal", async () => {
    const { client } = await openPage();
    const connection = { phase: "idle" as const, refusal: { code: "name-registered" as const, message: "refused" } };
    client.bridge.snapshot({ epoch: "e", server: "s:1", connection, name: "anna", events: [] });
    await expectFocus(password("Password of anna"));
  });
});

describe("a chat that is not open", () => {
  test("asks for its password, and then for the one of the name, and wants both together", async () => {
    const opened = await refused("password-required");
    const ofChat = password("Password of this chat");
    await expectFocus(ofChat);
    await expect.element(ofChat).toHaveAttribute("autocomplete", "off");
    await ofChat.fill("sesame");
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "anna", chatPassword: "sesame" });
    await refuse(opened, "name-registered");
    await password("Password of anna").fill(secret);
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "anna", chatPassword: "sesame", password: secret });
    expect(kept(opened)).not.toContain("sesame");
  });

  test("says that the chat's password was wrong", async () => {
    await refused("password-invalid");
    const ofChat = password("Password of this chat");
    await expect.element(ofChat).toHaveAccessibleDescription("That is not the password of this chat.");
    await expect.element(ofChat).toHaveAttribute("aria-invalid", "true");
  });

  test("lets newcomers make an account, with a password that can be one", async () => {
    const opened = await refused("account-required");
    const fresh = password("Choose a password");
    await expectFocus(fresh);
    await expect.element(fresh).toHaveAttribute("autocomplete", "new-password");
    await expect
      .element(fresh)
      .toHaveAccessibleDescription("This chat is only for people with an account. At least 8 characters.");
    await fresh.fill("short");
    await button("Create account and join").click();
    await expect.element(fresh).toHaveAccessibleDescription("A password needs at least 8 characters");
    await expect.element(fresh).toHaveValue("short");
    await fresh.fill(secret);
    await button("Create account and join").click();
    expect(lastJoin(opened)).toEqual({ name: "anna", password: secret, register: true });
  });

  test("lets people with an account under another name give that", async () => {
    const opened = await refused("account-required");
    await button("I have an account under another name").click();
    await nameField.fill("annetta");
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "annetta" });
  });

  test.each([
    ["the code", " tea-4711 "],
    ["the whole link", "http://127.0.0.1:3000/#invitation=tea-4711"],
  ])("takes an invitation: %s", async (_, typed) => {
    const opened = await refused("invitation-required");
    const code = page.getByRole("textbox", { name: "Invitation code" });
    await expectFocus(code);
    await code.fill(typed);
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "anna", invitation: "tea-4711" });
    await refuse(opened, "invitation-invalid");
    // A code that was mistyped can be corrected.
    await expect.element(code).toHaveValue(typed);
    await expect.element(code).toHaveAttribute("aria-invalid", "true");
    await expectFocus(code);
  });

  test("takes the invitation of the link that was opened, and leaves no trace of it in the address", async () => {
    const opened = await openJoinForm();
    const before = location.href;
    history.replaceState(null, "", "#invitation=tea%2F4711");
    followInvitations((code) => {
      opened.store.account.invitation = code;
    });
    expect(location.href).toBe(before);
    await nameField.fill("anna");
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "anna", invitation: "tea/4711" });
    expect(kept(opened)).not.toContain("tea/4711");
  });
});

test("a password of the administrator is replaced at once by one of one's own", async () => {
  const opened = await refused("name-registered");
  await password("Password of anna").fill("given by hand");
  await button("Join").click();
  await refuse(opened, "password-expired");
  const fresh = password("New password");
  await expectFocus(fresh);
  await expect.element(fresh).toHaveAttribute("autocomplete", "new-password");
  await fresh.fill(secret);
  await button("Join").click();
  expect(lastJoin(opened)).toEqual({ name: "anna", password: "given by hand", newPassword: secret });
  expect(kept(opened)).not.toMatch(/given by hand|correct horse/);
});

describe("a password that others could read", () => {
  test("is sent only when the person chooses so", async () => {
    const opened = await refused("password-required");
    await password("Password of this chat").fill("sesame");
    await button("Join").click();
    await refuse(opened, "clear-password");
    await expect.element(page.getByRole("group", { name: "Others could read your password" })).toBeVisible();
    await expectFocus(button("Don’t send it"));
    expect(opened.client.joins).toHaveLength(2);
    await button("Send it anyway").click();
    expect(lastJoin(opened)).toEqual({ name: "anna", chatPassword: "sesame", clearIsMeant: true });
  });

  test("is forgotten when they choose otherwise", async () => {
    const opened = await refused("password-required");
    await password("Password of this chat").fill("sesame");
    await button("Join").click();
    await refuse(opened, "clear-password");
    await button("Don’t send it").click();
    await expectFocus(nameField);
    await button("Join").click();
    expect(lastJoin(opened)).toEqual({ name: "anna" });
  });
});

test("too many attempts count down, and can then be repeated", async () => {
  const opened = await refused("name-registered");
  await password("Password of anna").fill(secret);
  await button("Join").click();
  await refuse(opened, "too-many-attempts", { retryInMs: 1_500 });
  await expect.element(password("Password of anna")).toHaveAccessibleDescription("Too many attempts.");
  await expect.element(page.getByText(/^You can try again in [12] s\.$/)).toBeVisible();
  await expect.element(button("Join")).toBeDisabled();
  await expect.element(page.getByText("You can try again now.")).toBeVisible();
  await expect.element(button("Join")).toBeEnabled();
  await password("Password of anna").fill(secret);
  await userEvent.keyboard("{Enter}");
  expect(opened.client.joins).toHaveLength(3);
});

test("whoever is signed out elsewhere is told so, and asked for the password; what was written is still there", async () => {
  const { client, store } = await openRoom();
  await field.fill("half a sent");
  client.bridge.connection({ phase: "idle", refusal: { code: "token-invalid", message: "signed out" } });
  const asked = password("Password of anna");
  await expectFocus(asked);
  await expect.element(asked).toHaveAccessibleDescription("You were signed out here; give your password again.");
  await asked.fill(secret);
  await button("Join").click();
  expect(client.joins.at(-1)?.request).toMatchObject({ name: "anna", password: secret });
  client.bridge.connection(online);
  await expect.element(field).toHaveValue("half a sent");
  expect(JSON.stringify(store.state)).not.toContain(secret);
});

test("whoever gives up is asked for a name again", async () => {
  const opened = await refused("name-registered");
  await password("Password of anna").fill(secret);
  await button("Join").click();
  await button("Cancel").click();
  await expect.element(nameField).toHaveValue("anna");
  await button("Join").click();
  // The goodbye was not heard yet.
  await opened.client.quits[0]?.answer(true);
  expect(lastJoin(opened)).toEqual({ name: "anna" });
});

test("the questions are in Italian for an Italian browser", async () => {
  const { client } = await openJoinForm({ language: "it-IT" });
  await page.getByRole("textbox", { name: "Nome" }).fill("anna");
  await button("Entra").click();
  await client.joins[0]?.answer({ ok: false, code: "name-registered", message: "refused" });
  await expect
    .element(password("Password di anna"))
    .toHaveAccessibleDescription("Quel nome è di qualcuno; se è tuo, scrivi la password.");
  await expect.element(button("Usa un altro nome")).toBeVisible();
});
