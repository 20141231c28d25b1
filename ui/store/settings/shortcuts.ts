/**
 * The page's keys in one table: handlers ask `shortcutOf`, and the list of shortcuts shows them all. Keys that work in
 * one place only are handled there; they are listed here for the list.
 */

export type ShortcutId =
  | "switch"
  | "previousRoom"
  | "nextRoom"
  | "previousUnread"
  | "nextUnread"
  | "search"
  | "settings"
  | "sheet"
  | "send"
  | "newLine"
  | "editLast"
  | "leaveEditing"
  | "betweenMessages";

/** `page`: anywhere; `reading`: unless a text field has the focus; the others only in their place. */
type Scope = "page" | "reading" | "composer" | "messages";

export interface Shortcut {
  id: ShortcutId;
  scope: Scope;
  /** The key as KeyboardEvent names it, after its modifiers. `Mod` is Cmd on a Mac and Ctrl elsewhere. */
  keys: string;
}

/** None belongs to the browser, except Ctrl+K, which is what people try. */
export const shortcuts: readonly Shortcut[] = [
  { id: "switch", scope: "page", keys: "Mod+k" },
  { id: "previousRoom", scope: "page", keys: "Alt+ArrowUp" },
  { id: "nextRoom", scope: "page", keys: "Alt+ArrowDown" },
  { id: "previousUnread", scope: "page", keys: "Alt+Shift+ArrowUp" },
  { id: "nextUnread", scope: "page", keys: "Alt+Shift+ArrowDown" },
  { id: "search", scope: "page", keys: "Mod+Shift+f" },
  // Ctrl on a Mac too: Cmd+, opens the browser's own settings.
  { id: "settings", scope: "page", keys: "Ctrl+," },
  { id: "sheet", scope: "reading", keys: "?" },
  { id: "send", scope: "composer", keys: "Enter" },
  { id: "newLine", scope: "composer", keys: "Shift+Enter" },
  { id: "editLast", scope: "composer", keys: "ArrowUp" },
  { id: "leaveEditing", scope: "composer", keys: "Escape" },
  { id: "betweenMessages", scope: "messages", keys: "ArrowUp ArrowDown" },
];

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * The shortcut for a key pressed anywhere on the page.
 * @param isWriting whether a text field has the focus
 */
export function shortcutOf(press: Press, isWriting: boolean, isMac: boolean): ShortcutId | undefined {
  const isHere = ({ scope }: Shortcut) => scope === "page" || (scope === "reading" && !isWriting);
  return shortcuts.find((shortcut) => isHere(shortcut) && isPressed(shortcut.keys, press, isMac))?.id;
}

/** The keys of a shortcut one by one, with their names on this keyboard: `Ctrl`, `K`. */
export function keysOf({ keys }: Shortcut, isMac: boolean): string[] {
  return keys
    .split(/[+ ]/)
    .map((key) => (key === "Mod" ? (isMac ? "Cmd" : "Ctrl") : key.length === 1 ? key.toUpperCase() : key));
}

function isPressed(keys: string, press: Press, isMac: boolean): boolean {
  const held = keys.split("+");
  const key = held.pop();
  const has = (name: string) => held.includes(name);
  const ctrl = has("Ctrl") || (has("Mod") && !isMac);
  const meta = has("Mod") && isMac;
  if (press.ctrlKey !== ctrl || press.metaKey !== meta || press.altKey !== has("Alt")) return false;
  // Keyboards differ in whether a sign needs Shift, so for signs only the character counts.
  if (key !== "?" && press.shiftKey !== has("Shift")) return false;
  return press.key === key || (key?.length === 1 && press.key.toLowerCase() === key);
}
