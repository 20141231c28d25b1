/** What a page observes while messages arrive: how long its frames took, and when a text became visible. */
import type { Page } from "playwright";

export interface Watched {
  /** Milliseconds between consecutive frames. */
  frames: number[];
  /** The time of the first frame with each text, in ms since 1970, by text. */
  seen: Record<string, number>;
}

declare global {
  interface Window {
    watched: Watched;
  }
}

/** Starts watching the latest messages for texts that match a pattern. */
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
      // Looking must be cheap, and the latest messages are at the end.
      for (const group of [...(list?.shadowRoot?.querySelectorAll("message-group") ?? [])].slice(-3)) {
        for (const [text] of group.shadowRoot?.textContent?.matchAll(wanted) ?? []) watched.seen[text] ??= Date.now();
      }
    };
    // A message posted while a frame is being made arrives after the frame was drawn.
    const drawn = new MessageChannel();
    drawn.port1.onmessage = look;
    const frame = () => {
      drawn.port2.postMessage(undefined);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, pattern.source);
}

/** What was observed until a text became visible. */
export async function watchedUntil(page: Page, text: string): Promise<Watched> {
  await page.waitForFunction((wanted) => window.watched.seen[wanted] !== undefined, text, { timeout: 120_000 });
  return page.evaluate(() => window.watched);
}
