/** What can be laid over the page, and the wish for it. */

export type Overlay = "settings" | "sheet" | "switch";

/** The person wants to see one. */
export class OpenOverlayEvent extends Event {
  static readonly eventName = "open-overlay";
  readonly overlay: Overlay;

  constructor(overlay: Overlay) {
    super(OpenOverlayEvent.eventName, { bubbles: true, composed: true });
    this.overlay = overlay;
  }
}

/** It is closed, and the focus is back where it was, if that is still there. */
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
