/** What there is to know of a key that was pressed besides the key. */
import { type ShortcutId, shortcutOf } from "../store/settings/shortcuts.ts";
import { isInputMethodKey } from "./input-method.ts";

/** Where Cmd is what Ctrl is elsewhere. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The shortcut that was pressed, unless somebody else has taken the key already. */
export function pressedShortcut(event: KeyboardEvent): ShortcutId | undefined {
  return event.defaultPrevented || isInputMethodKey(event) ? undefined : shortcutOf(event, isWriting(event), isMac);
}

/** Whether what has the focus takes letters. */
function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
