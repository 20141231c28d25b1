/**
 * Keeps the page in the part of the window that a phone's keyboard leaves free, where the browser does not do so by itself:
 * the composer stays in sight, and the log is told by its size.
 */

/** The part of the browser's VisualViewport that is needed. */
export type Viewport = Pick<VisualViewport, "height" | "offsetTop" | "scale" | "addEventListener">;

/** Up to this a page is not enlarged: browsers round. */
const unscaledMax = 1.01;

/** @param style that of the element which sets the page's height */
export function followViewport(viewport: Viewport | null, style: CSSStyleDeclaration): void {
  if (!viewport) return;
  const adapt = () => {
    // Who has enlarged the page looks at a part of it, and moves that themselves.
    if (viewport.scale > unscaledMax) return;
    const isCovered = window.innerHeight - viewport.height > 1;
    if (isCovered) {
      style.setProperty("--page-height", `${viewport.height}px`);
      style.setProperty("--page-top", `${viewport.offsetTop}px`);
    } else {
      style.removeProperty("--page-height");
      style.removeProperty("--page-top");
    }
  };
  viewport.addEventListener("resize", adapt);
  viewport.addEventListener("scroll", adapt);
  adapt();
}
