/**
 * Every text of a language, with its place in `Texts`, and a way to recognise English that should have been translated.
 */
import { en, type Texts } from "../../ui/locales/en.ts";
import { it } from "../../ui/locales/it.ts";

/** Stands for a name, a number or a reason in a text. */
const gap = "\u0001";

/** Arguments for texts with gaps: one, several, and an empty word. */
const samples: readonly unknown[] = [1, gap, ""];

/** Texts by their places, `settings.title`; a text with gaps has a list of variants. Empty ones are left out. */
export function textsOf(texts: Texts): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (value: unknown, place: string) => {
    if (typeof value === "string") found.set(place, [value]);
    else if (typeof value === "function")
      found.set(
        place,
        samples.map((sample) => value(sample, sample, sample)),
      );
    else for (const [key, inner] of Object.entries(value as object)) visit(inner, place ? `${place}.${key}` : key);
  };
  visit(texts, "");
  return new Map([...found].filter(([, said]) => said.some((text) => text !== "")));
}

/** The places of the texts that are the same in both languages. */
export function sameInBoth(): string[] {
  const italian = textsOf(it);
  return [...textsOf(en)].flatMap(([place, said]) =>
    said.some((text) => text !== "" && italian.get(place)?.includes(text)) ? [place] : [],
  );
}

/** Whether a text is one of the English texts, whatever its gaps contain, and not one of the Italian ones. */
export function englishOnly(): (text: string) => boolean {
  const patterns = (texts: Texts) =>
    [...textsOf(texts).values()].flat().flatMap((text) => (/\p{L}/u.test(text) ? [patternOf(text)] : []));
  const [english, italian] = [patterns(en), patterns(it)];
  return (text) => english.some((one) => one.test(text)) && !italian.some((one) => one.test(text));
}

function patternOf(text: string): RegExp {
  const parts = text.split(gap).map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join("[^]+")}$`, "u");
}
