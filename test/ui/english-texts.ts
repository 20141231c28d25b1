/** Every text of a language, with its place in `Texts`, and how to know an English one that should have been translated. */
import { en, type Texts } from "../../ui/locales/en.ts";
import { it } from "../../ui/locales/it.ts";

/** What stands for a name, a number or a reason in a text. */
const gap = "\u0001";

/** Ways of asking a text with gaps: for one, for several, and without a word. */
const samples: readonly unknown[] = [1, gap, ""];

/** Texts by their places, `settings.title`; one with gaps has a list of what it says. Empty ones are left out. */
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

/** The places of the texts that say the same in both languages. */
export function sameInBoth(): string[] {
  const italian = textsOf(it);
  return [...textsOf(en)].flatMap(([place, said]) =>
    said.some((text) => text !== "" && italian.get(place)?.includes(text)) ? [place] : [],
  );
}

/** True of a text that stands in the English texts, whatever its gaps hold, and in the Italian ones does not. */
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
