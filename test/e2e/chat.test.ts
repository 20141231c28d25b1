/** Everything together: people at terminals, old clients and browser windows in one room. */
import { expect, test } from "vitest";
import { OldClient } from "../doubles/old-clients.ts";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

test("nc, an old client of each kind and two browser windows talk in one room, and each sees everything once", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna");
  const bruno = await Window.join(bridge.url, "bruno");
  const nc = await server.join("carla");
  const olds = new Map<string, OldClient>();
  for (const kind of ["a", "b", "ancestor"] as const) {
    const old = await OldClient.open(kind, server.port);
    old.enter(`old ${kind}`);
    await nc.until(`* "old ${kind}" joined`);
    await nc.line();
    olds.set(`old ${kind}`, old);
  }
  const everyone = ["anna", "bruno", "carla", ...olds.keys()];
  await anna.listsPeople(...everyone.toSorted());

  const said: string[] = [];
  for (const name of everyone) {
    const text = `word of ${name}`;
    if (name === "anna") await anna.send(text);
    else if (name === "bruno") await bruno.send(text);
    else if (name === "carla") nc.send(`${text}\n`);
    else olds.get(name)?.enter(text);
    await anna.sees(text);
    await bruno.sees(text);
    if (name !== "carla") expect(await nc.line()).toBe(`${name}: ${text}`);
    for (const old of olds.values()) await old.row(`${name}: ${text}`);
    said.push(text);
  }
  expect(await anna.texts(/^word of/)).toEqual(said);
  expect(await bruno.texts(/^word of/)).toEqual(said);
  for (const old of olds.values()) {
    expect(old.rows.filter((row) => row.includes("word of"))).toEqual(
      everyone.map((name) => `${name}: word of ${name}`),
    );
  }
  expect(nc.unseen).toBe("");
});

test("a message of several lines stays one in the page, and reads well on nc", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  const bruno = await Window.join(bridge.url, "bruno");
  await nc.until("* bruno joined (3 here)\n");
  await anna.composer.fill("one");
  await anna.composer.press("Shift+Enter");
  await anna.composer.pressSequentially("two");
  await anna.page.getByRole("button", { name: "Send" }).click();
  expect([await nc.line(), await nc.line()]).toEqual(["anna: one", "anna: two"]);
  await bruno.sees("one two");
});

test("empty messages are not sent", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  await anna.send("");
  await anna.send("  \n ");
  await anna.send("something");
  expect(await nc.line()).toBe("anna: something");
});

test.each(["button", "{quit}"])("leaving by %s closes the connection and comes back to the name", async (way) => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  if (way === "button") await anna.page.getByRole("button", { name: "Quit" }).click();
  else await anna.send("{quit}");
  expect(await nc.line()).toBe("* anna left (1 here)");
  const name = anna.page.getByRole("textbox", { name: "Name" });
  await name.waitFor();
  expect(await name.inputValue()).toBe("anna");
  await anna.enter("anna");
  expect(await nc.line()).toBe("* anna joined (2 here)");
});

test("a name that is taken is said at the name, and another one gets in", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  await server.join("anna");
  const window = await Window.open(bridge.url);
  await window.page.getByRole("textbox", { name: "Name" }).fill("Anna");
  await window.page.getByRole("button", { name: "Join" }).click();
  await window.page.getByText(/already has that name/).waitFor();
  await window.enter("anna2");
  await window.listsPeople("anna", "anna2");
});

test("/me, /nick and /msg do what they do at a terminal", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  await anna.send("/me waves");
  expect(await nc.line()).toBe("~ anna waves");
  await anna.send("/nick annina");
  expect(await nc.line()).toBe("* anna is now annina");
  await anna.listsPeople("annina", "carla");
  await anna.send("/msg carla psst");
  expect(await nc.line()).toBe("[from annina] psst");
  nc.send("/msg annina sì?\n");
  await anna.sees("sì?");
  await anna.goTo("lobby");
  await anna.send("//dance");
  await nc.until("annina: /dance\n");
});

test("nothing is asked of any other host, and the page's security policy has nothing to complain about", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna");
  await anna.send("ciao https://example.org/");
  await anna.sees("https://example.org/");
  expect(anna.complaints).toEqual([]);
  expect(anna.requests.length).toBeGreaterThan(2);
  expect(anna.requests.filter((url) => !url.startsWith(bridge.origin) && !url.startsWith("data:"))).toEqual([]);
});
