/** Work that is due before the page is drawn next, and in a window that nobody sees, where nothing is drawn, soon. */

/** Milliseconds within which the work is done in any case: the title counts messages in hidden windows too. */
const HIDDEN_MS = 250;

export function beforeDrawing(work: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    work();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
}
