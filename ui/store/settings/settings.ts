/**
 * What a person can choose for their browser, and what they chose. It knows neither how it looks nor where it is
 * stored.
 */

export const themes = ["system", "light", "dark", "contrast"] as const;
export const densities = ["comfortable", "compact"] as const;
export const textSizes = ["s", "m", "l", "xl"] as const;
export const languageChoices = ["browser", "en", "it"] as const;

/** Which messages of a room are worth a notification. */
export const roomNotices = ["all", "mentions", "none"] as const;
export type RoomNotices = (typeof roomNotices)[number];

export interface Settings {
  theme: (typeof themes)[number];
  density: (typeof densities)[number];
  textSize: (typeof textSizes)[number];
  language: (typeof languageChoices)[number];
  /** Desktop notifications, where the browser allows them. */
  desktop: boolean;
  sound: boolean;
  /** Between these two times of day (`22:00`) the person wants no notifications. */
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
  /** Choices for rooms, by room key. */
  rooms: Readonly<Record<string, RoomNotices>>;
}

export const defaultSettings: Settings = {
  theme: "system",
  density: "comfortable",
  textSize: "m",
  language: "browser",
  desktop: false,
  sound: false,
  quiet: false,
  quietFrom: "22:00",
  quietTo: "08:00",
  rooms: {},
};

const isOneOf = (choices: readonly string[]) => (value: unknown) => choices.some((choice) => choice === value);
const isBoolean = (value: unknown) => typeof value === "boolean";
export const isTimeOfDay = (value: unknown) => typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

const isValid: Record<string, (value: unknown) => boolean> = {
  theme: isOneOf(themes),
  density: isOneOf(densities),
  textSize: isOneOf(textSizes),
  language: isOneOf(languageChoices),
  desktop: isBoolean,
  sound: isBoolean,
  quiet: isBoolean,
  quietFrom: isTimeOfDay,
  quietTo: isTimeOfDay,
  rooms: (value) => isRecord(value) && Object.values(value).every(isOneOf(roomNotices)),
} satisfies Record<keyof Settings, (value: unknown) => boolean>;

/** Takes what still makes sense from settings that an earlier version of the page may have written. */
export function parseSettings(kept: unknown): Settings {
  const chosen = isRecord(kept) ? Object.entries(kept).filter(([key, value]) => isValid[key]?.(value)) : [];
  return { ...defaultSettings, ...Object.fromEntries(chosen) };
}

/** The choices as the styles know them: `dark compact text-l`, in the document's `data-looks`. */
export function looksOf({ theme, density, textSize }: Settings): string {
  return `${theme} ${density} text-${textSize}`;
}

/** The languages to try, the most wanted first. A chosen language uses the reader's region when that is known. */
export function languagesOf({ language }: Settings, browser: readonly string[]): readonly string[] {
  if (language === "browser") return browser;
  return [...browser.filter((tag) => tag.toLowerCase().split(/[-_@]/)[0] === language), language];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
