/** Where in a room the reader is put: where they were when they left it, or where something is that they want to see. */
import type { ReadingPosition } from "../../controllers/reading-position-controller.ts";
import type { LogWindow } from "../../store/selectors/log-window.ts";

/** How far below the top the first unread message is shown, in CSS pixels. */
export const unreadTopPx = 64;

/** How far below the top a message that was jumped to is shown, as a part of the height. */
export const jumpTopPart = 0.3;

/** Where the reader was when they left a room. */
export interface LeftPosition extends ReadingPosition {
  window: LogWindow;
}
