/** What a page notices about itself while messages arrive: how long its frames were, and when a text was there to see. */
import type { Page } from "playwright";

export interface Watched {
  /** Milliseconds from one drawn frame to the next. */
  frames: number[];
  /** The clock's time of the first frame with each text, in ms since 1970, by the text. */
  seen: Record<string, number>;
}

declare global {
  interface Window {
    watched: Watched;
  }
}

/** Starts watching for texts that a pattern matches, among what was said last. */
export async function watch(page: Page, pattern: RegExp): Promise<void> {
  await page.evaluate((source) => {
    const watched: Watched = { frames: [], seen: {} };
    window.watched = watched;
    const wanted = new RegExp(source, "g");
    const inside = (root: ParentNode, tag: string): Element[] => [
      ...root.querySelectorAll(tag),
      ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? inside(shadowRoot, tag) : [])),
    ];
    const [list] = inside(document, "message-list");
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      watched.frames.push(now - last);
      last = now;
      // Looking must cost nothing: what was said last stands at the end.
      for (const group of [...(list?.shadowRoot?.querySelectorAll("message-group") ?? [])].slice(-3)) {
        for (const [text] of group.shadowRoot?.textContent?.matchAll(wanted) ?? []) watched.seen[text] ??= Date.now();
      }
    };
    // A message that is posted while a frame is made arrives when it has been drawn.
    const drawn = new MessageChannel();
    drawn.port1.onmessage = look;
    const frame = () => {
      drawn.port2.postMessage(undefined);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, pattern.source);
}

/** What was noticed until a text was there. */
export async function watchedUntil(page: Page, text: string): Promise<Watched> {
  await page.waitForFunction((wanted) => window.watched.seen[wanted] !== undefined, text, { timeout: 120_000 });
  return page.evaluate(() => window.watched);
}
