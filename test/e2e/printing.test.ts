/** The room on paper and in the clipboard, in a full browser. */
import { expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { openBridge, Window } from "./open-window.ts";

test("80 messages take several pages of paper; what the pointer selects of them is copied as a conversation", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", { permissions: ["clipboard-read", "clipboard-write"] });
  const bruno = await WireClient.connect(server.port);
  onTestFinished(() => bruno.close());
  bruno.send("bruno\n");
  for (let count = 1; count <= 80; count += 1) {
    bruno.send(`number ${count}\n`);
    if (count % 20 === 0) await anna.sees(`number ${count}`);
  }
  const pdf = (await anna.page.pdf()).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(3);

  const [from, to] = await Promise.all(
    ["number 76", "number 79"].map((text) => anna.log.getByText(text, { exact: true }).boundingBox()),
  );
  if (!from || !to) throw new Error("the messages are not in sight");
  const { mouse, keyboard } = anna.page;
  await mouse.move(from.x + 1, from.y + from.height / 2);
  await mouse.down();
  await mouse.move(to.x + to.width - 1, to.y + to.height / 2, { steps: 5 });
  await mouse.up();
  await keyboard.press("Control+c");
  const copied = await anna.page.evaluate(() => navigator.clipboard.readText());
  const lines = [76, 77, 78, 79].map((count) => expect.stringMatching(`^bruno, \\d\\d:\\d\\d: number ${count}$`));
  expect(copied.split("\n")).toEqual(lines);
});
