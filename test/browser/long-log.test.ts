import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Message } from "../../protocol/events.ts";
import { entriesMax, outboxMax } from "../../ui/store/model/state.ts";
import { shownMessagesMax } from "../../ui/store/selectors/log-window.ts";
import { joined, joinedRoom, message, past } from "../ui/story.ts";
import { button, expectFocus, field, log, openRoom } from "./open-page.ts";

/** Messages from several people, so that there are many groups, some of them with many messages. */
const said = (seq: number): Message => message(seq, { from: seq % 100 < 40 ? "bruno" : `person ${seq % 7}` });
const many = (count: number, first = 1): Message[] => Array.from({ length: count }, (_, index) => said(first + index));
const scroller = () => log.element() as HTMLElement;
const toEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;
/** The messages in the document. They are asked for hundreds of times, for which a locator is too slow. */
const shown = () =>
  [...scroller().querySelectorAll("message-group")].flatMap((group) => [
    ...(group.shadowRoot?.querySelectorAll("[role=article]") ?? []),
  ]);
const shownCount = () => shown().length;
const numberOf = (element: Element) => Number(/text (\d+)/.exec(element.textContent)?.[1]);
const text = (seq: number) => log.getByText(`text ${seq}`, { exact: true });
const article = (seq: number) => page.getByRole("article").filter({ hasText: new RegExp(`text ${seq}(?!\\d)`) });
/** How far below the scroller's top a message starts. */
const top = (seq: number) => {
  const element = shown().find((one) => numberOf(one) === seq);
  if (!element) throw new Error(`message ${seq} is not there`);
  return element.getBoundingClientRect().top - scroller().getBoundingClientRect().top;
};
const frame = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));

/** The numbers of the visible messages. */
function seen(): number[] {
  const { top, bottom } = scroller().getBoundingClientRect();
  const boxes = shown().map((element) => ({ element, box: element.getBoundingClientRect() }));
  return boxes.filter(({ box }) => box.bottom > top && box.top < bottom).map(({ element }) => numberOf(element));
}

const firstSeen = () => seen()[0] ?? 0;

/** Scrolls by that much, repeatedly, until the condition holds. */
async function scrollUntil(isSo: () => boolean, byPx: number, each: () => void = () => {}): Promise<void> {
  while (!isSo()) {
    scroller().scrollTop += byPx;
    await new Promise(requestAnimationFrame);
    each();
  }
}

describe("a log of any length", () => {
  test("has few messages in the document, wherever the reader is", async () => {
    const { store } = await openRoom(many(entriesMax));
    await expect.element(text(entriesMax)).toBeInViewport();
    const bounded = () => expect(shownCount()).toBeLessThanOrEqual(shownMessagesMax);
    bounded();
    await scrollUntil(() => firstSeen() < entriesMax - 600, -500, bounded);
    await scrollUntil(() => firstSeen() > entriesMax - 300, 500, bounded);
    scroller().focus();
    await userEvent.keyboard("{Home}");
    await expect.element(text(1)).toBeInViewport();
    bounded();
    for (let i = 0; i < outboxMax; i++) store.sending.post({ room: "lobby", text: `mine ${i}`, action: false });
    await expect.element(log.getByText(`mine ${outboxMax - 1}`, { exact: true })).toBeInViewport();
    bounded();
  });

  test("is read from one end to the other, without a message that jumps or is missing", async () => {
    const count = 350;
    await openRoom(many(count));
    await expect.poll(toEnd).toBeLessThan(2);
    const read = new Set<number>();
    let [mark, markPx] = [count, top(count)];
    const look = () => {
      // It moved exactly as far as was scrolled, although everything around it was redrawn.
      expect(Math.abs(top(mark) - markPx)).toBeLessThanOrEqual(501);
      for (const seq of seen()) read.add(seq);
      mark = firstSeen();
      markPx = top(mark);
    };
    look();
    await scrollUntil(() => firstSeen() === 1, -500, look);
    for (let seq = 1; seq <= count; seq++) expect(read.has(seq), `message ${seq}`).toBe(true);
    await scrollUntil(() => toEnd() < 2, 500, look);
    await expect.element(text(count)).toBeInViewport();
    await expect.element(button(/Latest/)).not.toBeInTheDocument();
  });

  test("leaves the reader where they are while a thousand messages come, and says how many", async () => {
    const { tell } = await openRoom(many(600));
    await expect.poll(toEnd).toBeLessThan(2);
    await scrollUntil(() => firstSeen() < 500, -300);
    const seq = firstSeen();
    const before = top(seq);
    tell(...many(1_000, 601));
    await expect.element(button("1000 new messages")).toBeVisible();
    await frame();
    expect(Math.abs(top(seq) - before)).toBeLessThan(1);
    expect(shownCount()).toBeLessThanOrEqual(shownMessagesMax);
    await button("1000 new messages").click();
    await expect.element(text(1_600)).toBeInViewport();
    await expect.poll(toEnd).toBeLessThan(2);
  });

  test("shows the end to who follows it, whatever comes at once", async () => {
    const { tell } = await openRoom(many(50));
    await expect.poll(toEnd).toBeLessThan(2);
    tell(...many(1_000, 51));
    await expect.element(text(1_050)).toBeInViewport();
    await expect.poll(toEnd).toBeLessThan(2);
    expect(shownCount()).toBeLessThanOrEqual(shownMessagesMax);
  });

  test("does not leave the reader's place for what they write in another window", async () => {
    const { tell } = await openRoom(many(600));
    await expect.poll(toEnd).toBeLessThan(2);
    await scrollUntil(() => firstSeen() < 500, -300);
    const seq = firstSeen();
    const before = top(seq);
    tell(message(601, { from: "anna" }));
    await expect.element(button("1 new message")).toBeVisible();
    expect(Math.abs(top(seq) - before)).toBeLessThan(1);
  });

  test("begins, when it is opened, where what is unread begins, however far back that is", async () => {
    const { store, tell } = await openRoom([joinedRoom("dev", 0, "anna", "bruno"), ...many(2)]);
    tell(...many(1_000).map((told) => ({ ...told, room: "dev", msgid: `dev ${told.seq}` })));
    store.openRoom("dev");
    await expect.element(log.getByText("New messages", { exact: true })).toBeInViewport();
    await expect.element(text(1)).toBeInViewport();
    await scrollUntil(() => firstSeen() > 400, 500);
    expect(shownCount()).toBeLessThanOrEqual(shownMessagesMax);
  });

  test("is where the reader left it when they come back to the room", async () => {
    const { store } = await openRoom([joinedRoom("dev", 0, "anna", "bruno"), ...many(1_000)]);
    await expect.poll(toEnd).toBeLessThan(2);
    await scrollUntil(() => firstSeen() < 500, -500);
    const seq = firstSeen();
    const before = top(seq);
    store.openRoom("dev");
    await expect.element(log.getByText(/^text/)).not.toBeInTheDocument();
    store.openRoom("lobby");
    await expect.element(text(seq)).toBeInViewport();
    await expect.poll(() => Math.abs(top(seq) - before)).toBeLessThan(1);
  });

  test("goes on with what the server has before it, where the reader is", async () => {
    const { client } = await openRoom(many(500, 501));
    await expect.poll(toEnd).toBeLessThan(2);
    await scrollUntil(() => client.asks.length > 0, -400);
    expect(client.asks[0]?.request).toMatchObject({ type: "history", before: 501 });
    const seq = firstSeen();
    const before = top(seq);
    await client.asks[0]?.answer({ ok: true, messages: past(301, 500), more: true });
    await frame();
    expect(Math.abs(top(seq) - before)).toBeLessThan(1);
    await scrollUntil(() => client.asks.length > 1, -400);
    expect(client.asks[1]?.request).toMatchObject({ type: "history", before: 301 });
    await expect.element(text(301)).toBeInTheDocument();
  });

  test("holds the place when what is above the reader becomes higher later", async () => {
    const { tell } = await openRoom(many(1_000));
    await expect.poll(toEnd).toBeLessThan(2);
    await scrollUntil(() => firstSeen() < 700, -500);
    const seq = firstSeen() + 5;
    const before = top(seq);
    tell({ ...said(seq - 20), type: "edit", seq: 1_001, text: "a\nb\nc\nd\ne\nf" });
    await expect.element(log.getByText(/^a\sb\sc/)).toBeInTheDocument();
    await frame();
    expect(Math.abs(top(seq) - before)).toBeLessThan(1);
  });
});

describe("a message that is far away in a long log", () => {
  test("is gone to from an answer, and the end from there", async () => {
    const { client, tell } = await openRoom(many(2_000));
    tell(message(2_001, { reply: "msg-30" }));
    await button(/In reply to bruno text 30/).click();
    await expectFocus(article(30));
    await expect.element(text(30)).toBeInViewport();
    expect(client.asks).toEqual([]);
    expect(shownCount()).toBeLessThanOrEqual(shownMessagesMax);
    await userEvent.keyboard("{End}");
    await expect.poll(toEnd).toBeLessThan(2);
    await expect.element(text(2_001)).toBeInViewport();
  });

  test("is reached with the arrow keys, upwards and downwards, through what was not drawn", async () => {
    const { tell } = await openRoom(many(500));
    await expect.poll(toEnd).toBeLessThan(2);
    (article(500).element() as HTMLElement).focus();
    for (let i = 0; i < 12; i++) await userEvent.keyboard("{ArrowUp}".repeat(10));
    await expectFocus(article(380));
    tell(message(501, { reply: "msg-30" }));
    await userEvent.keyboard("{End}");
    await button(/In reply to bruno text 30/).click();
    await expectFocus(article(30));
    for (let i = 0; i < 12; i++) await userEvent.keyboard("{ArrowDown}".repeat(10));
    await expectFocus(article(150));
    expect(shownCount()).toBeLessThanOrEqual(shownMessagesMax);
  });

  test("leaves the focus in the log when it is taken away with it", async () => {
    const { tell } = await openRoom([joined(0, "anna"), ...many(150)]);
    await expect.poll(toEnd).toBeLessThan(2);
    (article(140).element() as HTMLElement).focus();
    tell(...many(500, 151));
    await expectFocus(log);
    await userEvent.keyboard("{Tab}");
    await expectFocus(article(650));
    await expect.element(field).toBeVisible();
  });
});
