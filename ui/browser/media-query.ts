/**
 * What the browser reports about itself and its system. One that reports nothing counts as a small window with nothing
 * special.
 */

export type MediaQuery = Pick<MediaQueryList, "matches" | "addEventListener" | "removeEventListener">;

export function mediaQuery(query: string): MediaQuery {
  try {
    return window.matchMedia(query);
  } catch {
    return Object.assign(new EventTarget(), { matches: false });
  }
}
