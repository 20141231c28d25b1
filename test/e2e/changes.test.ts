/** Changes to messages, in two pages and at a terminal, live and after a reload. */
import { expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import { openBridge, Window } from "./open-window.ts";

const wide = { viewport: { width: 1_200, height: 700 } };

test("two people answer, react, change and delete; both see the same, and a third one who comes later too", async () => {
  const server = await startTestServer();
  const bridge = await openBridge(server.port);
  const anna = await Window.join(bridge.url, "anna", wide);
  const bruno = await Window.join(bridge.url, "bruno", wide);
  await anna.send("who brings the cake?");
  await anna.send("oops");
  await anna.send("at eigth");
  await bruno.sees("at eigth");

  await bruno.act("who brings the cake?", "Reply");
  await bruno.send("I do");
  await anna.page.getByRole("button", { name: "In reply to anna who brings the cake?" }).waitFor();
  await anna.act("I do", "React");
  await anna.page.getByRole("button", { name: "🎉" }).click();
  await bruno.page.getByRole("button", { name: "🎉 1: anna" }).click();
  await anna.page.getByRole("button", { name: "🎉 2: anna and bruno", pressed: true }).waitFor();

  await anna.act("at eigth", "Edit");
  await anna.send("at eight");
  await bruno.sees("at eight");
  await anna.act("oops", "Delete");
  await anna.page.getByRole("button", { name: "Delete" }).click();
  await bruno.sees("Message deleted");
  expect(await bruno.texts(/^(oops|at eigth)$/)).toEqual([]);

  const carla = await Window.join(bridge.url, "carla", wide);
  for (const person of [anna, bruno, carla]) {
    if (person === bruno) {
      await bruno.page.reload();
      await bruno.says("Online");
    }
    await person.sees("at eight");
    await person.sees("Message deleted");
    await person.log.getByText("edited").waitFor();
    await person.page.getByRole("button", { name: "🎉 2: anna and bruno" }).waitFor();
    await person.page.getByRole("button", { name: "In reply to anna who brings the cake?" }).waitFor();
    expect(await person.log.getByText("Messages are missing here").count()).toBe(0);
  }
});

test("what was done while the wire was cut is there when the page is back", async () => {
  const server = await startTestServer();
  const first = await openBridge(server.port);
  const anna = await Window.join(first.url, "anna", wide);
  await anna.send("one");
  await anna.send("two");
  await anna.sees("two");
  const elsewhere = await openBridge(server.port);
  const bruno = await Window.join(elsewhere.url, "bruno", wide);
  await bruno.sees("two");
  await first.close();
  await anna.says(/bridge is not responding/);
  await bruno.act("one", "React");
  await bruno.page.getByRole("button", { name: "👍" }).click();
  await bruno.page.getByRole("button", { name: "👍 1: bruno" }).waitFor();
  await openBridge(server.port, { webPort: first.port });
  await anna.says("Online");
  await anna.page.getByRole("button", { name: "👍 1: bruno" }).waitFor();
});
