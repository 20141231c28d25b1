// Gives the document its looks before anything is drawn: the page's module would come too late, and flash in the wrong
// theme. Written as it is served; ui/controllers/looks.ts says the same whenever something changes.
try {
  const looks = localStorage.getItem("salotto.looks") ?? "";
  const contrast = matchMedia("(prefers-contrast: more)").matches ? " contrast" : "";
  document.documentElement.dataset.looks = looks + contrast;
} catch {
  // A browser that refuses storage shows the page as the system likes it.
}
