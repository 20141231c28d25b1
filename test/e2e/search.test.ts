/** The way back to what was said long ago. */
import { expect, test } from "vitest";
import { barrier, startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

const wide = { viewport: { width: 1_200, height: 700 } };

test("what was said long ago is found, shown where it stands, and what is between can be loaded", async () => {
  let now = new Date("2026-03-01T12:00:00Z");
  const server = await startTestServer({ now: () => now });
  const bridge = await openBridge(server.port);
  const bruno = await server.joinJson("bruno");
  const say = (room: string, text: string) => bruno.sendJson({ type: "post", room, id: crypto.randomUUID(), text });
  bruno.sendJson({ type: "join", room: "dev" });
  say("dev", "the kettle is in dev");
  for (let i = 1; i <= 200; i++) say("lobby", `word ${i}`);
  await barrier(bruno);
  now = new Date("2026-03-02T12:00:00Z");
  say("lobby", "a kettle, at last");
  for (let i = 201; i <= 700; i++) say("lobby", `word ${i}`);
  await barrier(bruno);

  const anna = await Window.join(bridge.url, "anna", wide);
  await anna.sees("word 700");
  await anna.page.keyboard.press("Control+Shift+F");
  await anna.page.getByRole("searchbox").fill("kettl");
  await anna.page.keyboard.press("Enter");
  const results = anna.page.getByRole("list", { name: "Search results" });
  await results.getByRole("listitem").nth(1).waitFor();
  expect(await results.locator("mark").allInnerTexts()).toEqual(["kettle", "kettle"]);
  await results.getByRole("button", { name: /bruno lobby/ }).click();
  await anna.sees("a kettle, at last");
  expect(await anna.texts(/^word 20[01]$/)).toEqual(["word 200", "word 201"]);
  await anna.page.keyboard.press("End");
  await anna.sees("word 700");
  await anna.log.getByRole("button", { name: "Load" }).click();
  await anna.log.getByText("word 490", { exact: true }).waitFor({ state: "attached" });

  await results.getByRole("button", { name: /bruno dev/ }).click();
  await anna.page.getByRole("heading", { name: "dev", level: 1 }).waitFor();
  await anna.sees("the kettle is in dev");

  await anna.goTo("lobby");
  await anna.page.getByLabel("Go to a day in lobby").fill("2026-03-02");
  await anna.page.getByRole("button", { name: "Go", exact: true }).click();
  await expect
    .poll(() =>
      anna.page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.textContent;
      }),
    )
    .toContain("a kettle, at last");
});

test("who writes is shown to the others, until the message has come", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  const bruno = await Window.join(bridge.url, "bruno", wide);
  await bruno.composer.pressSequentially("hel");
  await anna.page.getByText("bruno is typing…").waitFor();
  await bruno.composer.press("Enter");
  await anna.sees("hel");
  await anna.page.getByText("bruno is typing…").waitFor({ state: "detached" });
});
