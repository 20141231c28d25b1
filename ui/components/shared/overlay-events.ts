/** The overlays, and the event that opens one. */
import type { FoundMessage } from "../../../protocol/events.ts";
import type { LogMessage } from "../../store/selectors/log-items.ts";
import type { PersonAction } from "../../store/selectors/person-actions.ts";

/** `register` and `password`: the account, with one of its forms. */
export type Overlay =
  | "settings"
  | "sheet"
  | "switch"
  | "export"
  | "person"
  | "report"
  | "room"
  | "rules"
  | "reports"
  | "audit"
  | "invite"
  | AccountOverlay;
export type AccountOverlay = "account" | "register" | "password";

/** A search, and the results that the page has, newest first. */
export interface Searched {
  query: string;
  found: readonly FoundMessage[];
}

/** What an overlay is about; without anything, the current room. */
export interface OverlayAbout {
  /** A search that is to be exported. */
  searched?: Searched;
  /** A person's name. */
  name?: string;
  /** What is to be done about them first. */
  action?: PersonAction;
  /** A message that is to be reported. */
  message?: LogMessage;
  /** The room, when it is not the current one. */
  room?: string;
}

/** The person wants to open an overlay. */
export class OpenOverlayEvent extends Event {
  static readonly eventName = "open-overlay";
  readonly overlay: Overlay;
  readonly about: OverlayAbout;

  constructor(overlay: Overlay, about: OverlayAbout = {}) {
    super(OpenOverlayEvent.eventName, { bubbles: true, composed: true });
    this.overlay = overlay;
    this.about = about;
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
