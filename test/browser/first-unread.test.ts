import { expect, test } from "vitest";
import type { Message } from "../../protocol/events.ts";
import { joinedRoom, message, past } from "../ui/story.ts";
import { button, expectFocus, log, openRoom } from "./open-page.ts";

const many = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const wayThere = button("First unread message");
const text = (seq: number) => log.getByText(`text ${seq}`, { exact: true });

test("who comes back to a window where much was said is shown the way to the first of it", async () => {
  const { store, tell } = await openRoom(many(1, 40));
  await expect.element(text(40)).toBeInViewport();
  store.attend(false);
  tell(...many(41, 540));
  await expect.element(text(540)).toBeInViewport();
  await expect.element(wayThere).not.toBeInTheDocument();
  store.attend(true);
  await wayThere.click();
  await expect.element(log.getByText("New messages", { exact: true })).toBeInViewport();
  await expect.element(text(41)).toBeInViewport();
  await expect.element(wayThere).not.toBeInTheDocument();
  await expectFocus(log);
  await button("Latest messages").click();
  await expect.element(text(540)).toBeInViewport();
  await expect.element(wayThere).not.toBeInTheDocument();
});

test("who sees the first of it needs no way there", async () => {
  const { store, tell } = await openRoom(many(1, 40));
  store.attend(false);
  tell(...many(41, 42));
  store.attend(true);
  await expect.element(log.getByText("New messages", { exact: true })).toBeInViewport();
  await expect.element(wayThere).not.toBeInTheDocument();
});

test("the first of it is loaded, however much was said since", async () => {
  const joined = { ...joinedRoom("dev", 490, "anna", "bruno"), read: 100, upTo: 500 };
  const recent = many(491, 500).map((told) => ({ ...told, room: "dev" }));
  const { store, client } = await openRoom([joined, ...recent]);
  store.openRoom("dev");
  await expect.element(text(500)).toBeInViewport();
  await wayThere.click();
  await expect.poll(() => client.asks.map(({ request }) => request)).toMatchObject([{ type: "history", after: 100 }]);
  await client.asks[0]?.answer({ ok: true, messages: past(101, 300), more: true });
  await expect.element(text(101)).toBeInViewport();
  await expect.element(log.getByText("New messages", { exact: true })).toBeInViewport();
  await expect.element(wayThere).not.toBeInTheDocument();
});

test("what was loaded before it is not taken for the first of it", async () => {
  const joined = { ...joinedRoom("dev", 490, "anna", "bruno"), read: 400, upTo: 500 };
  const recent = many(491, 500).map((told) => ({ ...told, room: "dev" }));
  const { store, client } = await openRoom([joined, ...recent]);
  store.openRoom("dev");
  await expect.element(text(500)).toBeInViewport();
  await button("Earlier messages").click();
  await expect.poll(() => client.asks.length).toBe(1);
  await client.asks[0]?.answer({ ok: true, messages: past(291, 490), more: true });
  await wayThere.click();
  await expect.element(text(401)).toBeInViewport();
  await expect.element(log.getByText("New messages", { exact: true })).toBeInViewport();
  await expect.element(wayThere).not.toBeInTheDocument();
});
