/** What the browser says of itself and of its system. One that does not say is a small window with nothing special. */

export type MediaQuery = Pick<MediaQueryList, "matches" | "addEventListener" | "removeEventListener">;

export function mediaQuery(query: string): MediaQuery {
  try {
    return window.matchMedia(query);
  } catch {
    return Object.assign(new EventTarget(), { matches: false });
  }
}
