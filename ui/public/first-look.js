// Gives the document its looks before anything is drawn: the page's module would come too late, and flash in the wrong
// theme. Written as it is served; ui/browser/looks.ts says the same whenever something changes.
{
  // A browser that refuses to say shows the page as the system likes it.
  const ask = (question) => {
    try {
      return question() ?? "";
    } catch {
      return "";
    }
  };
  const looks = ask(() => localStorage.getItem("salotto.looks"));
  const contrast = ask(() => (matchMedia("(prefers-contrast: more)").matches ? " contrast" : ""));
  document.documentElement.dataset.looks = looks + contrast;
}
