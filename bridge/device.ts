/** What a browser is called in the list of a person's logins, by what it says of itself. For people; nothing depends on it. */

/** Those that also call themselves by the name of another come before it. */
const browsers: readonly [name: string, mark: string][] = [
  ["Edge", "Edg"],
  ["Opera", "OPR/"],
  ["Samsung Internet", "SamsungBrowser/"],
  ["Firefox", "Firefox/"],
  ["Firefox", "FxiOS/"],
  ["Chrome", "CriOS/"],
  ["Chrome", "Chrome/"],
  ["Safari", "Safari/"],
];
const systems: readonly [name: string, mark: string][] = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["ChromeOS", "CrOS"],
  ["Windows", "Windows"],
  ["macOS", "Mac OS X"],
  ["Linux", "Linux"],
];
/** More than that is not looked at. */
const userAgentCharsMax = 500;

/** @param userAgent the header of that name, from anybody */
export function deviceOf(userAgent = ""): string {
  const seen = userAgent.slice(0, userAgentCharsMax);
  const named = (names: typeof browsers) => names.find(([, mark]) => seen.includes(mark))?.[0];
  const browser = named(browsers) ?? "A browser";
  const system = named(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
