/** Facts about a pressed key beyond the key itself. */
import { type ShortcutId, shortcutOf } from "../store/settings/shortcuts.ts";
import { isInputMethodKey } from "./input-method.ts";

/** On these, Cmd is what Ctrl is elsewhere. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The pressed shortcut, unless another handler has taken the key. */
export function pressedShortcut(event: KeyboardEvent): ShortcutId | undefined {
  return event.defaultPrevented || isInputMethodKey(event) ? undefined : shortcutOf(event, isWriting(event), isMac);
}

/** Whether the focus is in a field that takes text. */
function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
