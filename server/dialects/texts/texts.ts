/** The languages of the plain dialect. */
import { en, type Texts } from "./en.ts";
import { it } from "./it.ts";

export const languages = ["en", "it"] as const;
export type Language = (typeof languages)[number];

export const textsOf: Record<Language, Texts> = { en, it };
