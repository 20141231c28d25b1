/** Where the reader is put in a room: where they left it, or at something they want to see. */
import type { ReadingPosition } from "../../controllers/reading-position-controller.ts";
import type { LogWindow } from "../../store/selectors/log-window.ts";

/** How far below the top the first unread message is shown, in CSS pixels. */
export const unreadTopPx = 64;

/** How far below the top a message is shown after a jump, as a fraction of the height. */
export const jumpTopPart = 0.3;

/** Where the reader was when they left a room. */
export interface LeftPosition extends ReadingPosition {
  window: LogWindow;
}
