/**
 * Tells keys for the page from keys for an input method, with which Japanese, Chinese, Korean and many other languages
 * are typed: there, Enter accepts a word and the arrows choose one. Every key handler asks it.
 */

/** The `keyCode` of a key that an input method has taken (UI Events, section 7.3.1). */
const takenKeyCode = 229;

/**
 * Milliseconds between the end of a composition and the key that ended it, in whichever order a browser reports them.
 */
const endingKeyMs = 100;

let keyDownMs = Number.NEGATIVE_INFINITY;
let compositionEndedMs = Number.NEGATIVE_INFINITY;
/** The key that ended a composition, in a browser that reports it afterwards. */
let endingKey: Event | undefined;

/** Listens before all other handlers, which may ask about the event. */
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
  // When the key was reported first, the next key stands for itself: in Korean, Enter may end a word and then send it.
  if (event.timeStamp - keyDownMs >= endingKeyMs) compositionEndedMs = event.timeStamp;
});

/** Safari reports the end of a composition before the key that ended it, and that key no longer counts as composing. */
export function isInputMethodKey(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === takenKeyCode || event === endingKey;
}
