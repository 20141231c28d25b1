/** Chooses a wording by number, following the plural rules of one language. */

/**
 * English and Italian both distinguish one from other; Italian's third form (`many`, from a million) reads like
 * `other`.
 */
export interface Wordings {
  one: string;
  other: string;
}

/** @param language a BCP 47 tag */
export function pluralFor(language: string): (count: number, wordings: Wordings) => string {
  const rules = new Intl.PluralRules(language);
  return (count, wordings) => (rules.select(count) === "one" ? wordings.one : wordings.other);
}
