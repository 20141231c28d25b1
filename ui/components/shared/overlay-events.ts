/** The overlays, and the event that opens one. */
import type { FoundMessage } from "../../../protocol/events.ts";

/** `register` and `password`: the account, with one of its forms. */
export type Overlay = "settings" | "sheet" | "switch" | "export" | "invite" | AccountOverlay;
export type AccountOverlay = "account" | "register" | "password";

/** A search, and the results that the page has, newest first. */
export interface Searched {
  query: string;
  found: readonly FoundMessage[];
}

/** The person wants to open an overlay. */
export class OpenOverlayEvent extends Event {
  static readonly eventName = "open-overlay";
  readonly overlay: Overlay;
  readonly searched: Searched | undefined;

  /** @param searched what is to be exported; without it, the current room */
  constructor(overlay: Overlay, searched?: Searched) {
    super(OpenOverlayEvent.eventName, { bubbles: true, composed: true });
    this.overlay = overlay;
    this.searched = searched;
  }
}

/** The overlay is closed, and the focus is back where it was, if that is still there. */
export class OverlayClosedEvent extends Event {
  static readonly eventName = "overlay-closed";

  constructor() {
    super(OverlayClosedEvent.eventName);
  }
}

declare global {
  interface HTMLElementEventMap {
    "open-overlay": OpenOverlayEvent;
    "overlay-closed": OverlayClosedEvent;
  }
}
