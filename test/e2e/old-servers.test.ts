/** The page against each of the old servers: it can talk there too, and says what such a server cannot do. */
import { describe, expect, onTestFinished, test } from "vitest";
import { OldClient } from "../doubles/old-clients.ts";
import type { OldServerKind } from "../doubles/old-server-programs.ts";
import { type OldServer, startOldServer } from "../doubles/old-servers.ts";
import { openBridge, Window } from "./open-window.ts";

async function open(kind: OldServerKind): Promise<OldServer> {
  const server = await startOldServer(kind);
  onTestFinished(() => server.close());
  return server;
}

/** The notice is folded to one line, which takes nothing from the log. */
async function openNotice({ page }: Window): Promise<void> {
  const title = page.getByText("Old server: what it cannot do");
  await title.waitFor();
  const height = await page.locator("legacy-notice").evaluate((notice) => notice.getBoundingClientRect().height);
  expect(height).toBeLessThan(48);
  await title.click();
}

describe.each<[kind: OldServerKind, lack: RegExp, goodbye?: string]>([
  ["a", /It has no list of people/, "{quit}"],
  ["b", /Two people can have the same name/, "{quit}"],
  ["ancestor", /Two people can have the same name/, "{quit}"],
  ["silent", /Two people can have the same name/, "{quit}"],
  ["userlist", /confirms nothing/],
])("server %s", (kind, lack, goodbye) => {
  test("carries a conversation between the page and an old client, each message once, and the page says what it lacks", async () => {
    const server = await open(kind);
    const bridge = await openBridge(server.port);
    const old = await OldClient.open("ancestor", server.port);
    old.enter("carlo");
    await expect.poll(() => server.connections[0]?.name).toBe("carlo");
    const anna = await Window.join(bridge.url, "anna");
    await openNotice(anna);
    await anna.page.getByText(lack).first().waitFor();
    await anna.send("ciao città");
    await old.row("anna: ciao città");
    await anna.sees("ciao città");
    old.enter("ciao anna");
    await anna.sees("ciao anna");
    await anna.page.getByRole("button", { name: "Quit" }).click();
    await anna.page.getByRole("textbox", { name: "Name" }).waitFor();
    // The page does not wait for the goodbye to arrive.
    await expect
      .poll(() => server.connections[1]?.received)
      .toEqual(["anna", "ciao città", ...(goodbye === undefined ? [] : [goodbye])]);
    await expect.poll(() => server.connections[1]?.ending).not.toBe("open");
    expect(old.rows.filter((row) => row === "anna: ciao città")).toHaveLength(1);
  });
});

test("a server without names shows addresses, and the page says so", async () => {
  const server = await open("relay");
  const bridge = await openBridge(server.port);
  const old = await OldClient.open("ancestor", server.port);
  old.enter("carlo");
  await expect.poll(() => server.connections[0]?.name).toBe("carlo");
  const anna = await Window.join(bridge.url, "anna");
  // The bridge learns it from the first message.
  old.enter("ciao");
  await anna.sees("ciao");
  await openNotice(anna);
  await anna.page
    .getByText(/It shows addresses instead of names/)
    .first()
    .waitFor();
  await anna.send("ciao a te");
  await expect.poll(() => old.rows.some((row) => row.endsWith(" - ciao a te"))).toBe(true);
  await anna.sees("ciao a te");
});

test("what is typed while the server is down waits, and is said once when it is back", async () => {
  const server = await open("ancestor");
  const { port } = server;
  const bridge = await openBridge(port);
  const anna = await Window.join(bridge.url, "anna");
  await anna.send("prima");
  await anna.sees("prima");
  await server.close();
  await anna.page
    .getByText(/Not connected/)
    .first()
    .waitFor();
  await anna.send("mentre eri via");
  const back = await startOldServer("ancestor", port);
  onTestFinished(() => back.close());
  await expect.poll(() => back.connections.at(-1)?.received).toEqual(["anna", "mentre eri via"]);
  await anna.send("dopo");
  await expect.poll(() => back.connections.at(-1)?.received).toEqual(["anna", "mentre eri via", "dopo"]);
  await anna.page.reload();
  await anna.send("e ancora");
  await expect.poll(() => back.connections.at(-1)?.received.slice(2)).toEqual(["dopo", "e ancora"]);
});

test("a page that is closed without a word leaves with {quit}, and does not come back", async () => {
  const server = await open("b");
  const bridge = await openBridge(server.port, { limits: { pageGraceMs: 50 } });
  const anna = await Window.join(bridge.url, "anna");
  await anna.page.close();
  // The last one out ends this server; if the bridge tried again, there would be a new connection.
  await expect.poll(() => server.running).toBe(false);
  expect(server.connections.map(({ received }) => received)).toEqual([["anna", "{quit}"]]);
});
