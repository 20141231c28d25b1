/**
 * The reader's language: its texts, and its format of numbers, times and dates. It knows no element; only the page's
 * own `lang` follows it.
 */
import { en, type Texts } from "./en.ts";
import { isolated } from "./isolated.ts";

/** A page loads only the language it needs. English defines what the others must provide. */
const languages: Record<string, () => Texts | Promise<Texts>> = {
  en: () => en,
  it: async () => (await import("./it.ts")).it,
};

/** The longest first, in seconds. */
const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

export class Locale {
  /** The language with its region (`it-CH`), which decides how times are written. */
  readonly tag: string;
  readonly texts: Texts;
  readonly #time: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #fullDate: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #number: Intl.NumberFormat;
  readonly #list: Intl.ListFormat;
  readonly #ago: Intl.RelativeTimeFormat;

  /** @param preferred BCP 47 tags, the most wanted first; English when none is available */
  static async load(preferred: readonly string[]): Promise<Locale> {
    const tag = wellFormed(preferred.find((tag) => languages[languageOf(tag)]) ?? "en");
    return new Locale(tag, (await languages[languageOf(tag)]?.()) ?? en);
  }

  private constructor(tag: string, texts: Texts) {
    this.tag = tag;
    this.texts = texts;
    this.#time = new Intl.DateTimeFormat(this.tag, { hour: "numeric", minute: "2-digit" });
    this.#clock = new Intl.DateTimeFormat(this.tag, { timeStyle: "medium" });
    this.#fullDate = new Intl.DateTimeFormat(this.tag, { dateStyle: "full", timeStyle: "medium" });
    this.#moment = new Intl.DateTimeFormat(this.tag, { dateStyle: "medium", timeStyle: "short" });
    this.#day = new Intl.DateTimeFormat(this.tag, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.#number = new Intl.NumberFormat(this.tag);
    this.#list = new Intl.ListFormat(this.tag);
    this.#ago = new Intl.RelativeTimeFormat(this.tag, { numeric: "auto" });
  }

  get language(): string {
    return languageOf(this.tag);
  }

  /** `10:42`, in the reader's time zone. */
  time(iso: string): string {
    return this.#time.format(new Date(iso));
  }

  /** `10:42:07`, for things that happen fast. */
  clock(iso: string): string {
    return this.#clock.format(new Date(iso));
  }

  /** `21 Nov 2026, 10:42`, for messages that are not listed under a day. */
  moment(iso: string): string {
    return this.#moment.format(new Date(iso));
  }

  /** The full date with seconds. */
  fullDate(iso: string): string {
    return this.#fullDate.format(new Date(iso));
  }

  /** The day as a separator shows it, with names for today and yesterday. */
  day(iso: string, nowMs: number): string {
    const date = new Date(iso);
    const today = new Date(nowMs);
    const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
    if (date.toDateString() === today.toDateString()) return this.texts.today;
    if (date.toDateString() === yesterday.toDateString()) return this.texts.yesterday;
    return this.date(iso);
  }

  /** `Saturday 21 November 2026`, whatever today is. */
  date(iso: string): string {
    return this.#day.format(new Date(iso));
  }

  /** `5 minutes ago`, `yesterday`; `now` for the last minute. */
  ago(iso: string, nowMs: number): string {
    const seconds = (Date.parse(iso) - nowMs) / 1_000;
    const [unit, length] = units.find(([, each]) => -seconds >= each) ?? (["second", 1] as const);
    return this.#ago.format(unit === "second" ? 0 : Math.ceil(seconds / length), unit);
  }

  /** `anna, bruno and carla` */
  list(names: readonly string[]): string {
    return this.#list.format(names.map(isolated));
  }

  number(value: number): string {
    return this.#number.format(value);
  }
}

function languageOf(tag: string): string {
  return /^[a-z]*/.exec(tag.toLowerCase())?.[0] ?? "";
}

/** Some browsers pass on the system's tag (`en-US@posix`), for which Intl throws. */
function wellFormed(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return languageOf(tag);
  }
}
