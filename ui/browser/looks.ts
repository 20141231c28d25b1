/** Applies the settings to the document's looks and the page's language, now and after every change. */
import { Locale } from "../locales/locale.ts";
import { languagesOf, looksOf } from "../store/settings/settings.ts";
import type { SettingsStore } from "../store/settings/settings-store.ts";
import { mediaQuery } from "./media-query.ts";

/**
 * @param app gets its language
 * @param browserLanguages BCP 47 tags, the most wanted first
 * @returns a function that ends it and leaves the document as it was
 */
export function followSettings(
  app: { locale: Locale },
  settings: SettingsStore,
  browserLanguages: readonly string[],
): () => void {
  const root = document.documentElement;
  const ended = new AbortController();
  const contrast = mediaQuery("(prefers-contrast: more)");
  const dark = mediaQuery("(prefers-color-scheme: dark)");
  let language: string | undefined;

  const look = () => {
    root.dataset.looks = looksOf(settings.value) + (contrast.matches ? " contrast" : "");
    const { backgroundColor } = getComputedStyle(document.body);
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      meta.content = backgroundColor;
    }
  };
  const follow = () => {
    look();
    if (settings.value.language === language) return;
    language = settings.value.language;
    void speak(language);
  };
  const speak = async (wanted: string | undefined) => {
    const locale = await Locale.load(languagesOf(settings.value, browserLanguages));
    // Another language may have been chosen while this one was loading.
    if (ended.signal.aborted || wanted !== language) return;
    app.locale = locale;
    root.lang = locale.tag;
  };

  const { signal } = ended;
  contrast.addEventListener("change", look, { signal });
  dark.addEventListener("change", look, { signal });
  // Browsers send this event to the other windows only.
  window.addEventListener("storage", ({ key }) => key === "salotto.settings" && settings.reread(), { signal });
  const unsubscribe = settings.subscribe(follow);
  follow();
  return () => {
    ended.abort();
    unsubscribe();
    delete root.dataset.looks;
  };
}
