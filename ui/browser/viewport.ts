/**
 * Keeps the page within the part of the window that a phone's keyboard leaves free, where the browser does not do so
 * itself: the composer stays in sight, and the log hears of it through its size.
 */

/** The part of the browser's VisualViewport that is needed. */
export type Viewport = Pick<VisualViewport, "height" | "offsetTop" | "scale" | "addEventListener">;

/** Up to this scale a page counts as not zoomed, since browsers round. */
const unscaledMax = 1.01;

/** @param style the style of the element that sets the page's height */
export function followViewport(viewport: Viewport | null, style: CSSStyleDeclaration): void {
  if (!viewport) return;
  const adapt = () => {
    // Somebody who has zoomed in is looking at a part of the page and moves it themselves.
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
