/**
 * Tells the keys that a person presses for the page from those that belong to an input method, with which Japanese, Chinese,
 * Korean and many others are written: there Enter takes a word and the arrows choose one. Every handler of keys asks it.
 */

/** `keyCode` of a key that an input method has taken (UI Events, section 7.3.1). */
const takenKeyCode = 229;

/** Milliseconds between the end of a composition and the key that has ended it, whichever a browser tells first. */
const endingKeyMs = 100;

let keyDownMs = Number.NEGATIVE_INFINITY;
let compositionEndedMs = Number.NEGATIVE_INFINITY;
/** The key that has ended a composition, in a browser that tells it only then. */
let endingKey: Event | undefined;

/** Listens before all handlers: it has to know of what they may ask. */
function listen(type: string, listener: (event: Event) => void): void {
  addEventListener(type, listener, { capture: true });
}

listen("keydown", (event) => {
  endingKey = event.timeStamp - compositionEndedMs < endingKeyMs ? event : undefined;
  compositionEndedMs = Number.NEGATIVE_INFINITY;
  keyDownMs = event.timeStamp;
});

listen("keyup", () => {
  keyDownMs = Number.NEGATIVE_INFINITY;
});

listen("compositionend", (event) => {
  // Where its key was told before, the next one is a key of its own: in Korean, Enter may end a word and then send it.
  if (event.timeStamp - keyDownMs >= endingKeyMs) compositionEndedMs = event.timeStamp;
});

/** Safari tells the end of a composition before the key that has ended it, which says no longer that it composes. */
export function isInputMethodKey(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === takenKeyCode || event === endingKey;
}
