import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { typingShownMs } from "../../ui/store/model/typing.ts";
import { PageClock } from "../ui/memory-bridge-client.ts";
import { message } from "../ui/story.ts";
import { field, openRoom } from "./open-page.ts";

const typing = (from: string) => ({ type: "typing", room: "lobby", from }) as const;

test("who writes is shown, until they have or stop", async () => {
  const clock = new PageClock();
  const { client, tell } = await openRoom([], { clock });
  client.bridge.typing(typing("bruno"));
  await expect.element(page.getByText("bruno is typing…")).toBeVisible();
  client.bridge.typing(typing("carla"));
  await expect.element(page.getByText("bruno and carla are typing…")).toBeVisible();
  for (const name of ["dario", "elsa"]) client.bridge.typing(typing(name));
  await expect.element(page.getByText("Several people are typing…")).toBeVisible();
  for (const [i, from] of ["dario", "elsa", "carla"].entries()) tell(message(i + 1, { from }));
  await expect.element(page.getByText("bruno is typing…")).toBeVisible();
  clock.advance(typingShownMs);
  await expect.element(page.getByText(/typing…/)).not.toBeInTheDocument();
});

test("that the reader writes is told, but not of commands, changes and nothing", async () => {
  const { client } = await openRoom([message(1, { from: "anna", id: crypto.randomUUID() })]);
  const told = () => client.murmurs.filter(({ request }) => request.type === "typing").map(({ request }) => request);
  await field.fill("/me waves");
  await field.fill("");
  await userEvent.keyboard("{ArrowUp}");
  await field.fill("better");
  await userEvent.keyboard("{Escape}");
  await field.fill("/quit");
  expect(told()).toEqual([]);
  await field.fill("hello");
  await field.fill("hello there");
  expect(told()).toEqual([{ type: "typing", room: "lobby" }]);
});
