import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { Message } from "../../protocol/events.ts";
import { at, echo, message, online, onlineLegacy, waiting } from "../ui/story.ts";
import { button, field, log, openRoom } from "./open-page.ts";

const many = (first: number, count: number): Message[] =>
  Array.from({ length: count }, (_, index) => message(first + index));
const box = (text: string) => log.getByText(text, { exact: true }).element().getBoundingClientRect();
const scroller = () => log.element() as HTMLElement;
const toEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;

async function say(text: string): Promise<void> {
  await field.fill(text);
  await button("Send").click();
}

describe("the messages", () => {
  test("have a place for their absence", async () => {
    const { tell } = await openRoom();
    const empty = page.getByRole("heading", { name: "No messages yet" });
    await expect.element(empty).toBeVisible();
    tell(message(1));
    await expect.element(empty).not.toBeInTheDocument();
  });

  test("of one author stand under one name, which is read with each", async () => {
    await openRoom([message(1), message(2)]);
    await expect.element(log.getByText("text 2")).toBeVisible();
    const shown = log.getByText("bruno", { exact: true }).elements();
    expect(shown.filter((name) => name.getBoundingClientRect().width > 1)).toHaveLength(1);
    expect(log.getByText("bruno:", { exact: true }).elements()).toHaveLength(2);
  });

  test("of one's own stand on the other side", async () => {
    await openRoom([message(1), message(2, { from: "anna", id: "id", text: "mine" })]);
    await expect.element(log.getByText("mine")).toBeVisible();
    expect(box("mine").right).toBeGreaterThan(box("text 1").right);
    expect(box("mine").left).toBeGreaterThan(scroller().clientWidth / 2);
  });

  test("have the local time, with the whole date on hover, under their day", async () => {
    await openRoom([message(1, { time: "2024-02-29T12:00:00.000Z" })]);
    const local = new Date("2024-02-29T12:00:00.000Z");
    const clock = `${local.getHours()}:${String(local.getMinutes()).padStart(2, "0")}`;
    const time = log.getByText(clock);
    await expect.element(time).toHaveAttribute("datetime", "2024-02-29T12:00:00.000Z");
    await expect.element(time).toHaveAttribute("title", expect.stringMatching(/29 February 2024/));
    await expect.element(log.getByText(/^Thursday,? 29 February 2024$/)).toBeVisible();
  });

  test("keep their lines, and wrap what is too long", async () => {
    await openRoom([message(1, { text: `one\ntwo\n${"w".repeat(500)}` })]);
    await expect.element(log.getByText(/one/)).toHaveStyle({ whiteSpace: "pre-wrap" });
    expect(scroller().scrollWidth).toBe(scroller().clientWidth);
  });

  test("have links that give nothing away, and no markup of their own", async () => {
    await openRoom([
      message(1, { text: "see (https://example.org/a) <img src=x onerror=alert(1)> javascript:alert(1)" }),
    ]);
    const link = log.getByRole("link");
    await expect.element(link).toHaveAttribute("href", "https://example.org/a");
    await expect.element(link).toHaveAttribute("rel", "noopener noreferrer");
    await expect.element(link).toHaveAttribute("target", "_blank");
    await expect.element(log.getByText(/<img src=x/)).toBeVisible();
    expect(log.getByRole("img").elements()).toEqual([]);
  });

  test("that say what somebody does read as a sentence", async () => {
    await openRoom([message(1, { text: "waves", action: true })]);
    await expect.element(log.getByText("bruno waves")).toBeVisible();
  });

  test("have lines between them for who came, left and was renamed, and for what was missed", async () => {
    const line = { room: "lobby", count: 2, time: at(0) };
    const { tell, client } = await openRoom([
      message(1),
      { type: "member-joined", name: "carla", ...line },
      { type: "member-left", name: "carla", reason: "quit", ...line },
      { type: "member-left", name: "dario", reason: "lost", ...line, count: 1 },
      { type: "member-renamed", room: "lobby", from: "anna", to: "Anna", time: at(0) },
      { type: "notice", text: "The server closes at eight.", time: at(0) },
    ]);
    await expect.element(log.getByText("carla joined · 2 here")).toBeVisible();
    await expect.element(log.getByText("carla left · 2 here")).toBeVisible();
    await expect.element(log.getByText("dario left (connection lost) · 1 here")).toBeVisible();
    await expect.element(log.getByText("You are now Anna")).toBeVisible();
    await expect.element(log.getByText("The server closes at eight.")).toBeVisible();
    tell({ type: "topic", room: "lobby", topic: "Beer", from: "bruno", time: at(0) });
    await expect.element(log.getByText("bruno changed the topic: Beer")).toBeVisible();
    client.bridge.connection(waiting);
    client.bridge.connection(online);
    tell({ type: "joined", room: "lobby", members: [], seq: 9 });
    await expect.element(log.getByText(/restored. Messages sent in between may be missing/)).toBeVisible();
  });
});

describe("the delivery of an own message", () => {
  test("is pending until the server has it", async () => {
    const { client, tell } = await openRoom();
    await say("hello");
    await expect.element(log.getByText("Sending…")).toBeVisible();
    tell(echo(client.posts[0]?.request, 1));
    await expect.element(log.getByText("Sending…")).not.toBeInTheDocument();
    await expect.element(log.getByText("hello")).toBeVisible();
  });

  test("that failed has its reason, and can be tried again with the same id", async () => {
    const { client } = await openRoom();
    await say("hello");
    await client.posts[0]?.answer({ ok: false, code: "not-stored", message: "disk full" });
    await expect.element(log.getByText("Not sent: the server could not store it")).toBeVisible();
    await button("Retry").click();
    expect(client.posts[1]?.request).toEqual(client.posts[0]?.request);
    await expect.element(log.getByText("Sending…")).toBeVisible();
  });

  test("that failed can be discarded", async () => {
    const { client } = await openRoom();
    await say("hello");
    await client.posts[0]?.answer({ ok: false, code: "invalid", message: "words of a newer server" });
    await expect.element(log.getByText("Not sent: words of a newer server")).toBeVisible();
    await button("Discard").click();
    await expect.element(log.getByText("hello")).not.toBeInTheDocument();
  });

  test("that an old server does not confirm says so", async () => {
    const { client, tell } = await openRoom([], { connection: onlineLegacy });
    await say("hello");
    tell(echo(client.posts[0]?.request, 1, { unconfirmed: true }));
    await expect.element(log.getByText("Not confirmed by this server")).toBeInTheDocument();
  });
});

describe("the end of the log", () => {
  test("is where the reader is, also when more is said", async () => {
    const { tell } = await openRoom(many(1, 60));
    await expect.poll(toEnd).toBeLessThan(2);
    tell(...many(61, 20));
    await expect.element(log.getByText("text 80")).toBeVisible();
    await expect.poll(toEnd).toBeLessThan(2);
  });

  test("does not pull a reader down who has scrolled up, but says how much is new, and leads there", async () => {
    const { tell } = await openRoom(many(1, 60));
    await expect.poll(toEnd).toBeLessThan(2);
    scroller().scrollTop = 100;
    await expect.element(button("Latest messages")).toBeVisible();
    tell(message(61));
    await expect.element(button("1 new message")).toBeVisible();
    tell(message(62));
    await expect.element(button("2 new messages")).toBeVisible();
    expect(scroller().scrollTop).toBe(100);
    await button("2 new messages").click();
    await expect.poll(toEnd).toBeLessThan(2);
    await expect.element(button(/new messages|Latest/)).not.toBeInTheDocument();
  });

  test("is where who writes goes", async () => {
    await openRoom(many(1, 60));
    await expect.poll(toEnd).toBeLessThan(2);
    scroller().scrollTop = 0;
    await expect.element(button("Latest messages")).toBeVisible();
    await say("hello");
    await expect.poll(toEnd).toBeLessThan(2);
  });
});
