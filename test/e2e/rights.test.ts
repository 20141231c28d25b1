/** Rights in the page, with a real server: an owner and a guest in two browsers. */
import { expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

const wide = { viewport: { width: 1_200, height: 800 } };

/** anna owns the room dev, in which bruno is, too. */
async function inDev() {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  await anna.joinRoom("dev");
  const bruno = await Window.join(bridge.url, "bruno", wide);
  await bruno.joinRoom("dev");
  await anna.listsPeople("anna", "bruno");
  return { server, bridge, anna, bruno };
}

/** Opens what can be done about a person. */
async function about(window: Window, name: string) {
  await window.people.getByRole("listitem").filter({ hasText: name }).hover();
  await window.page.getByRole("button", { name: `Actions for ${name}` }).click();
  return window.page.getByRole("dialog", { name: `Actions for ${name}` });
}

async function openMenu(window: Window, item: string) {
  await window.page.getByRole("button", { name: "Menu", exact: true }).click();
  await window.page.getByRole("menuitem", { name: item }).click();
  return window.page.getByRole("dialog");
}

async function menuOf(window: Window): Promise<string[]> {
  await window.page.getByRole("button", { name: "Menu", exact: true }).click();
  const items = await window.page.getByRole("menuitem").allInnerTexts();
  await window.page.keyboard.press("Escape");
  return items.map((item) => item.split("\n")[0]?.trim() ?? "");
}

test("the owner is offered what only they may do, and the guest is not, also after a reload", async () => {
  const { anna, bruno } = await inDev();
  for (const _ of ["before", "after a reload"]) {
    const owner = await about(anna, "bruno");
    await owner.getByRole("button", { name: /^Ban…/ }).waitFor();
    expect(await owner.getByRole("button").allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Mute…/), expect.stringMatching(/^Take out…/), "Make owner"]),
    );
    await anna.page.keyboard.press("Escape");
    expect(await menuOf(anna)).toEqual(expect.arrayContaining(["Room settings", "Bans and mutes", "Reports"]));

    const guest = await about(bruno, "anna");
    await guest.getByRole("button", { name: /^Block/ }).waitFor();
    expect(await guest.getByRole("button", { name: /Mute|Take out|Ban|Make/ }).count()).toBe(0);
    await bruno.page.keyboard.press("Escape");
    const items = await menuOf(bruno);
    expect(items).toContain("Moderation log");
    for (const item of ["Room settings", "Bans and mutes", "Reports"]) expect(items).not.toContain(item);
    for (const { page } of [anna, bruno]) await page.reload();
    await anna.listsPeople("anna", "bruno");
    await bruno.listsPeople("anna", "bruno");
  }
});

test("a muted guest is told until when, and writes again when that is lifted", async () => {
  const { anna, bruno } = await inDev();
  const dialog = await about(anna, "bruno");
  await dialog.getByRole("button", { name: /^Mute…/ }).click();
  await dialog.getByRole("radio", { name: "1 day" }).check();
  await dialog.getByRole("button", { name: "Mute", exact: true }).click();
  await dialog.getByText("bruno is muted").waitFor();
  await bruno.page.getByText(/^You are muted here until .+ You can still read\.$/).waitFor();
  await bruno.send("can you hear me?");
  expect(await bruno.composer.inputValue()).toBe("can you hear me?");
  await dialog.getByRole("button", { name: "Unmute" }).click();
  await dialog.getByText("bruno is no longer muted").waitFor();
  await bruno.page.getByText(/^You are muted/).waitFor({ state: "detached" });
  await bruno.composer.press("Enter");
  await anna.sees("can you hear me?");
});

test("a guest who is taken out sees by whom and why, and one who is banned does not come back until it is lifted", async () => {
  const { anna, bruno } = await inDev();
  await anna.send("/kick bruno too loud");
  await bruno.page.getByText("anna took you out of dev: too loud").waitFor();
  await expect.poll(() => bruno.rooms.getByRole("listitem").count()).toBe(1);
  await anna.log.getByText(/^anna took bruno out: too loud · 1 here/).waitFor();
  await bruno.joinRoom("dev");
  await bruno.page.getByText("anna took you out of dev").waitFor({ state: "detached" });

  const dialog = await about(anna, "bruno");
  await dialog.getByRole("button", { name: /^Ban…/ }).click();
  await dialog.getByRole("radio", { name: "1 week" }).check();
  await dialog.getByLabel("Reason").fill("again");
  await dialog.getByRole("button", { name: "Ban", exact: true }).click();
  await dialog.getByText("bruno is banned").waitFor();
  await bruno.page.getByText("anna banned you from dev: again").waitFor();
  await bruno.send("/join dev");
  await bruno.page.getByText(/^You are banned from there \(until .+\): again$/).waitFor();
  await anna.page.keyboard.press("Escape");

  const rules = await openMenu(anna, "Bans and mutes");
  await rules.getByRole("listitem").filter({ hasText: "again" }).getByRole("button", { name: /^Lift/ }).click();
  await rules.getByText("Nobody is banned or muted here.").waitFor();
  await bruno.composer.press("Enter");
  await bruno.page.getByRole("heading", { name: "dev", level: 1 }).waitFor();
});

test("into a room for invited people leads an invitation", async () => {
  const { anna, bruno } = await inDev();
  await bruno.page.getByRole("button", { name: "Leave room" }).click();
  await anna.listsPeople("anna");
  const dialog = await openMenu(anna, "Room settings");
  await dialog.getByText("Only invited people enter").click();
  await dialog.getByText("Saved").waitFor();
  await bruno.send("/join dev");
  await bruno.page.getByText("only invited people enter that room; ask somebody who is in it").waitFor();
  await bruno.composer.fill("");
  await dialog.getByLabel("Invite somebody").fill("bruno");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await dialog.getByText("bruno is invited").waitFor();
  await bruno.page.getByText("anna invites you to dev").waitFor();
  await bruno.page.getByRole("list", { name: "Announcements" }).getByRole("button", { name: "Join" }).click();
  await bruno.page.getByRole("heading", { name: "dev", level: 1 }).waitFor();
  await bruno.page.getByText("anna invites you to dev").waitFor({ state: "detached" });

  await dialog.getByRole("button", { name: "Remove this room…" }).click();
  await dialog.getByRole("button", { name: "Remove for good" }).click();
  await bruno.page.getByText("anna removed the room dev with everything in it").waitFor();
  await anna.page.getByRole("heading", { name: "lobby", level: 1 }).waitFor();
});

test("a message is reported, found by the owner, deleted by them, and the report settled", async () => {
  const { bridge, anna, bruno } = await inDev();
  const carla = await Window.join(bridge.url, "carla", wide);
  await carla.joinRoom("dev");
  await carla.send("buy my watches");
  await bruno.sees("buy my watches");
  await bruno.act("buy my watches", "More actions");
  await bruno.page.getByRole("button", { name: "Report" }).click();
  await bruno.page.getByLabel("What is wrong with it?").fill("spam");
  await bruno.page.getByRole("dialog").getByRole("button", { name: "Report" }).click();
  await bruno.page.getByText("Thank you. The moderators have been told.").waitFor();

  await anna.page.getByText("bruno reported a message in dev: spam").waitFor();
  await anna.page.getByRole("button", { name: "Show reports" }).click();
  const reports = anna.page.getByRole("dialog", { name: "Reports" });
  await reports.getByText("buy my watches").waitFor();
  await reports.getByRole("button", { name: "Go to the message" }).click();
  await anna.act("buy my watches", "Delete");
  await anna.page.getByRole("group", { name: "Delete for everyone?" }).getByRole("button", { name: "Delete" }).click();
  await carla.log.getByText("Message deleted by anna").waitFor();
  await openMenu(anna, "Reports");
  await reports.getByRole("button", { name: "Done" }).click();
  await reports.getByText("Nothing to look at: no message is reported.").waitFor();
  await anna.page.keyboard.press("Escape");
  const audit = await openMenu(anna, "Moderation log");
  await audit.getByText("deleted a message of").waitFor();
});

test("nothing private arrives from somebody who is blocked, until the settings lift it", async () => {
  const { anna, bruno } = await inDev();
  const dialog = await about(bruno, "anna");
  await dialog.getByRole("button", { name: /^Block/ }).click();
  await dialog.getByText("anna is blocked").waitFor();
  await bruno.page.keyboard.press("Escape");
  await anna.page.getByRole("button", { name: "Private message to bruno" }).click();
  await anna.page.getByRole("heading", { name: "bruno", level: 1 }).waitFor();
  await anna.send("psst");
  await anna.page.getByText(/that person does not take private messages from you/).waitFor();
  await bruno.send("/blocked");
  const settings = bruno.page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("button", { name: /^Unblock/ }).click();
  await settings.getByText("You block nobody.").waitFor();
  await anna.page.getByRole("button", { name: "Retry" }).click();
  await bruno.rooms.getByRole("button", { name: /^anna/ }).waitFor();
});
