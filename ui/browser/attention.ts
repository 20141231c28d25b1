/** Whether the reader has this window before them: it can be seen, and is the one they work in. */

/** @param tell called now and with every change */
export function watchAttention(tell: (attentive: boolean) => void): void {
  const look = () => tell(document.visibilityState === "visible" && document.hasFocus());
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("blur", look);
  look();
}
