/** How others come to the page of a bridge, as it tells a page that asks. */

export type BridgeInvitation =
  /** Whoever opens the link comes in. */
  | { kind: "link"; link: string }
  /** The page is for this computer alone. `command` starts a bridge that lets others in. */
  | { kind: "here-only"; command: string }
  /** The page is a guest's, who does not invite others. */
  | { kind: "not-yours" };
