/** Whether the reader has this window in front of them: it is visible and has the focus. */

/** @param tell called now and after every change */
export function watchAttention(tell: (attentive: boolean) => void): void {
  const look = () => tell(document.visibilityState === "visible" && document.hasFocus());
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("blur", look);
  look();
}
