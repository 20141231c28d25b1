import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { followViewport, type Viewport } from "../../ui/browser/viewport.ts";
import { nameHue } from "../../ui/store/model/people.ts";
import type { Settings } from "../../ui/store/settings/settings.ts";
import { at, joined, message, numbered, snapshot } from "../ui/story.ts";
import { emulateTheme, field, log, openPage, openRoom, phone, wide } from "./open-page.ts";

/** The WCAG minimum for text. */
const contrastMin = 4.5;

describe("a person's colour", () => {
  const names = Array.from({ length: 400 }, (_, index) => `person ${index}`);

  test.each<[system: "light" | "dark", theme: Settings["theme"]]>([
    ["light", "system"],
    ["dark", "system"],
    ["dark", "light"],
    ["light", "dark"],
    ["light", "contrast"],
    ["dark", "contrast"],
  ])("can be read, whatever the name, where the system is %s and the theme is %s", async (system, theme) => {
    await emulateTheme(system);
    const { store } = await openRoom();
    store.settings.choose({ theme });
    const hues = new Set(names.map(nameHue));
    expect(hues.size).toBeGreaterThan(200);
    const poor = [...hues].flatMap((hue) => {
      const ink = `oklch(from var(--person-ink) l c ${hue})`;
      const grounds = ["var(--paper)", "var(--surface)", `oklch(from var(--person-fill) l c ${hue})`];
      return grounds.flatMap((ground) => {
        const contrast = contrastOf(ink, ground);
        return contrast < contrastMin ? [`${hue} on ${ground}: ${contrast}`] : [];
      });
    });
    expect(poor).toEqual([]);
  });

  test("is the one that was measured", async () => {
    await openRoom([message(1)]);
    const author = log.getByText("bruno", { exact: true }).first();
    await expect.element(author).toBeVisible();
    expect(pixel(getComputedStyle(author.element()).color)).toEqual(
      painted(`oklch(from var(--person-ink) l c ${nameHue("bruno")})`),
    );
  });
});

describe("what is not there yet", () => {
  test("has a shape after a reload, and nobody is said to be silent", async () => {
    const first = await openRoom([message(1)]);
    first.close();
    const { client } = await openPage({ window: first.window });
    await expect.element(page.getByText("Loading…").first()).toBeInTheDocument();
    await expect.element(page.getByText("No messages yet")).not.toBeInTheDocument();
    await expect.element(page.getByRole("heading", { name: /^People/ })).not.toBeInTheDocument();
    client.bridge.snapshot(snapshot({ events: numbered(1, joined(0, "anna"), message(1)) }));
    await expect.element(log.getByText("text 1")).toBeVisible();
    await expect.element(page.getByText("Loading…")).not.toBeInTheDocument();
  });

  test("is said to who is alone in a room", async () => {
    const { tell } = await openRoom([
      { type: "member-left", room: "lobby", name: "bruno", count: 2, reason: "left", time: at(0) },
    ]);
    const alone = page.getByText("Nobody else is here");
    await expect.element(page.getByRole("heading", { name: "People 2" })).toBeVisible();
    await expect.element(alone).not.toBeInTheDocument();
    tell({ type: "member-left", room: "lobby", name: "Chiara De Luca", count: 1, reason: "left", time: at(0) });
    await expect.element(alone).toBeVisible();
  });
});

describe("the page", () => {
  const long = `${"a rather long message that has to wrap, ".repeat(4)}and ${"x".repeat(80)}`;
  const address = "https://example.org/a/path/that/is/longer/than/any/phone/is/wide/and/goes/on";

  test.each([
    ["a phone", phone],
    ["a wide window", wide],
  ])("is not wider than %s, whatever is said", async (_where, size) => {
    const { tell } = await openRoom([message(1, { text: long, from: "x".repeat(32) })], { size });
    tell(message(2, { text: address, reply: "msg-1" }), { ...message(3), text: "x".repeat(500), action: true });
    await expect.element(log.getByRole("link")).toBeVisible();
    const { scrollWidth, clientWidth } = document.documentElement;
    expect(scrollWidth).toBe(clientWidth);
    expect(log.element().scrollWidth).toBe(log.element().clientWidth);
  });
});

describe("a phone's keyboard", () => {
  const keyboardPx = 300;

  /** What the browser reports about the visible part of the page. */
  class FakeViewport extends EventTarget {
    height = window.innerHeight;
    offsetTop = 0;
    scale = 1;

    becomes(changes: { height?: number; offsetTop?: number; scale?: number }): void {
      Object.assign(this, changes);
      this.dispatchEvent(new Event("resize"));
    }
  }

  async function openOnPhone() {
    await openRoom(
      Array.from({ length: 60 }, (_, index) => message(index + 1)),
      { size: phone },
    );
    await expect.element(log.getByText("text 60", { exact: true })).toBeVisible();
    await expect.poll(() => log.element().scrollTop).toBeGreaterThan(0);
    const viewport = new FakeViewport();
    const { style } = document.documentElement;
    followViewport(viewport as unknown as Viewport, style);
    return { viewport, bottom: () => field.element().getBoundingClientRect().bottom };
  }

  test("covers neither the field nor the last message, and leaves the log where it was", async () => {
    const { viewport, bottom } = await openOnPhone();
    const before = bottom();
    viewport.becomes({ height: phone[1] - keyboardPx });
    await expect.poll(bottom).toBe(before - keyboardPx);
    const last = log.getByText("text 60", { exact: true }).element();
    await expect
      .poll(() => last.getBoundingClientRect().bottom)
      .toBeLessThan(field.element().getBoundingClientRect().top);
    log.element().scrollTop = 400;
    await expect.element(page.getByRole("button", { name: "Latest messages" })).toBeVisible();
    viewport.becomes({ height: phone[1] });
    await expect.poll(bottom).toBe(before);
    expect(Math.abs(log.element().scrollTop - 400)).toBeLessThanOrEqual(keyboardPx);
  });

  test("moves the page along where the browser has scrolled it away", async () => {
    const { viewport, bottom } = await openOnPhone();
    const before = bottom();
    viewport.becomes({ height: phone[1] - keyboardPx, offsetTop: 120 });
    await expect.poll(bottom).toBe(before - keyboardPx + 120);
    viewport.becomes({ height: phone[1], offsetTop: 0 });
    await expect.poll(bottom).toBe(before);
  });

  test("is not what enlarges a page", async () => {
    const { viewport, bottom } = await openOnPhone();
    const before = bottom();
    viewport.becomes({ height: phone[1] / 2, scale: 2 });
    expect(bottom()).toBe(before);
  });
});

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

/** The displayed value of a colour that the page's styles can name. */
function painted(colour: string): number[] {
  const probe = document.createElement("i");
  document.body.append(probe);
  probe.style.color = colour;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return pixel(color);
}

function pixel(colour: string): number[] {
  if (!canvas) throw new Error("there is no canvas");
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** The contrast ratio of WCAG 2. */
function contrastOf(ink: string, ground: string): number {
  const [lighter = 0, darker = 0] = [luminance(painted(ink)), luminance(painted(ground))].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(rgb: number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
