/** Messages on their way while everything breaks: each arrives in the end, once. */
import { expect, onTestFinished, test } from "vitest";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";
import { dataDirectory, startServer } from "./programs.ts";

/** The server's messages of the lobby. */
async function stored(port: number): Promise<string[]> {
  const client = await WireClient.connect(port);
  onTestFinished(() => client.close());
  client.sendJson({ type: "login", name: "archivist" });
  await client.until('"type":"joined"');
  await client.line();
  client.sendJson({ type: "history", room: "lobby" });
  const { messages } = (await client.json()) as { messages: { text: string }[] };
  return messages.map(({ text }) => text);
}

async function typeTwo(anna: Window): Promise<void> {
  await anna.send("one");
  await anna.send("two");
  await expect.poll(() => anna.log.getByText("Sending…").count()).toBe(2);
}

async function arrived(anna: Window, port: number): Promise<void> {
  await anna.says("Online");
  await expect.poll(() => anna.texts(/^(one|two)$/)).toEqual(["one", "two"]);
  await expect.poll(() => anna.log.getByText(/^(Sending…|Waiting to be sent)$/).count()).toBe(0);
  expect(await stored(port)).toEqual(["one", "two"]);
}

test.each(["", ", and the page was reloaded"])("when the server is killed%s", async (reloaded) => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const bridge = await openBridge(port);
  const anna = await Window.join(bridge.url, "anna");
  server.process.kill("SIGSTOP");
  await typeTwo(anna);
  server.process.kill("SIGKILL");
  await anna.says(/is not responding/);
  if (reloaded !== "") {
    await anna.page.reload();
    await anna.says(/is not responding/);
    expect(await anna.texts(/^(one|two)$/)).toEqual(["one", "two"]);
  }
  await server.exit;
  await startServer(data, port);
  await arrived(anna, port);
});

test("when the bridge is restarted, and the page was reloaded", async () => {
  const { server, port } = await startServer(await dataDirectory());
  const first = await openBridge(port, { limits: { quitMs: 100 } });
  const anna = await Window.join(first.url, "anna");
  server.process.kill("SIGSTOP");
  await typeTwo(anna);
  await first.close();
  await openBridge(port, { webPort: first.port });
  await anna.page.reload();
  server.process.kill("SIGCONT");
  await arrived(anna, port);
});

test("when the tab is closed, and another is opened", async () => {
  const data = await dataDirectory();
  const { server, port } = await startServer(data);
  const bridge = await openBridge(port, { limits: { pageGraceMs: 100 } });
  const anna = await Window.join(bridge.url, "anna");
  server.process.kill("SIGSTOP");
  await typeTwo(anna);
  const another = await anna.openTab(bridge.url);
  await anna.page.close();
  server.process.kill("SIGKILL");
  await server.exit;
  await startServer(data, port);
  await another.enter("anna");
  await arrived(another, port);
});
