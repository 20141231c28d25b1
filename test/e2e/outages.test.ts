/** What breaks, and how little of it people notice. */
import { expect, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { startProxy } from "../support/proxy.ts";
import { barrier, startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

test("F5 neither leaves nor rejoins, and what was said is still there, once", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  await anna.send("before");
  expect(await nc.line()).toBe("anna: before");
  nc.send("answer\n");
  await anna.sees("answer");
  await anna.page.reload();
  await anna.says("Online");
  await anna.sees("before");
  await anna.sees("answer");
  await anna.listsPeople("anna", "carla");
  await anna.send("after");
  expect(await nc.line()).toBe("anna: after");
  await anna.sees("after");
});

test("a closed window leaves when its grace is over", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port, { limits: { pageGraceMs: 100 } });
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  await anna.page.close();
  expect(await nc.line()).toBe("* anna left (1 here)");
});

test("a server that is not there yet: the page says so, keeps trying, and gets in when it is", async () => {
  const port = await freePort();
  const bridge = await openBridge(port);
  const anna = await Window.open(bridge.url);
  await anna.page.getByRole("textbox", { name: "Name" }).fill("anna");
  await anna.page.getByRole("button", { name: "Join" }).click();
  await anna.page
    .getByText(/connection refused/)
    .first()
    .waitFor();
  await startTestServer({ port });
  await anna.says("Online");
  await anna.listsPeople("anna");
});

test("a server that restarts: the page shows it, sends what was typed in the dark, and goes on", async () => {
  const first = await startTestServer();
  const { port } = first;
  const bridge = await openBridge(port);
  const anna = await Window.join(bridge.url, "anna");
  await anna.send("before");
  await anna.sees("before");
  await first.close();
  await anna.says(/is not responding/);
  await anna.composer.fill("typed in the dark");
  await anna.composer.press("Enter");
  expect(await anna.composer.inputValue()).toBe("");
  await anna.sees("typed in the dark");
  await anna.log.getByText("Waiting to be sent").waitFor();
  const second = await startTestServer({ port });
  await anna.says("Online");
  await anna.log.getByText("Waiting to be sent").waitFor({ state: "detached" });
  await anna.sees("before");
  const nc = await second.join("carla");
  await nc.until("anna: typed in the dark\n");
  await anna.listsPeople("anna", "carla");
  await anna.send("after");
  expect(await nc.line()).toBe("anna: after");
  await anna.sees("typed in the dark");
});

test("what is said while the wire is cut is there when it is mended, all of it, once, in order", async () => {
  const server = await startTestServer();
  const proxy = await startProxy(server.port);
  const bridge = await openBridge(proxy.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  nc.send("word 0\n");
  await anna.sees("word 0");
  proxy.cut();
  await nc.until("* anna left, connection lost (1 here)\n");
  for (let i = 1; i <= 30; i++) nc.send(`word ${i}\n`);
  await barrier(await server.joinJson("witness"));
  proxy.mend();
  await anna.says("Online");
  await anna.sees("word 30");
  nc.send("word 31\n");
  await anna.sees("word 31");
  expect(await anna.texts(/^word \d+$/)).toEqual(Array.from({ length: 32 }, (_, i) => `word ${i}`));
  await anna.page.getByText("The connection was lost and restored", { exact: true }).waitFor();
});

test("whoever opens the page later sees what was said, own words from before as own", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(bridge.url, "anna");
  await anna.send("said before");
  await nc.until("anna: said before\n");
  await anna.page.getByRole("button", { name: "Quit" }).click();
  await anna.enter("anna");
  await anna.page.locator(".group.own", { hasText: "said before" }).waitFor();
  const bruno = await Window.join(bridge.url, "bruno");
  await bruno.page.locator(".group:not(.own)", { hasText: "said before" }).waitFor();
});

test("a bridge that restarts: the page finds it, rejoins, and shows nothing twice", async () => {
  const server = await startTestServer();
  const first = await openBridge(server.port);
  const nc = await server.join("carla");
  const anna = await Window.join(first.url, "anna");
  await nc.until("* anna joined (2 here)\n");
  await anna.send("before");
  await nc.until("anna: before\n");
  await first.close();
  await anna.says(/bridge is not responding/);
  await nc.until("* anna left (1 here)\n");
  await openBridge(server.port, { webPort: first.port });
  await nc.until("* anna joined (2 here)\n");
  await anna.says("Online");
  await anna.send("after");
  await nc.until("anna: after\n");
  await anna.sees("before");
  await anna.sees("after");
});
