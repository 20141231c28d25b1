/** `npm start` as a newcomer sees it: one command, two addresses, one Ctrl+C. */
import { expect, onTestFinished, test } from "vitest";
import { passFor } from "./support/browser-pass.ts";
import { Program } from "./support/program.ts";
import { WireClient } from "./support/wire-client.ts";

test("serves the page and the chat, says where both are, and Ctrl+C ends both cleanly", async () => {
  const start = new Program("scripts/start.ts", ["--port", "0", "--web-port", "0", "--memory"]);
  const [, page] = await start.until(/In a browser: +(http:\/\/localhost:\d+\/\?token=[\w-]{32})\n/);
  const [, port] = await start.until(/In a terminal: +nc 127\.0\.0\.1 (\d+)\n/);
  await start.until(/Ctrl\+C/);
  const response = await fetch(new URL("/", page), { headers: { cookie: await passFor(page ?? "") } });
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("<title>Salotto</title>");
  const anna = await WireClient.connect(Number(port));
  onTestFinished(() => anna.close());
  anna.send("anna\n");
  await anna.until("* 1 here: anna\n");
  start.process.kill("SIGINT");
  await anna.until("* The server is shutting down. Bye!\n");
  expect(await start.exit).toBe(0);
  await expect(fetch(page ?? "")).rejects.toThrow();
});
