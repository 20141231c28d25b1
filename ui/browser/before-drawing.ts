/** Runs work before the page is drawn next, or soon in a hidden window, where nothing is drawn. */

/** The work is done within this many ms in any case: the title counts messages in hidden windows too. */
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
