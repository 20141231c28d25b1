/** What changes when the settings are read again while the server runs, and what of it can. */
import { inToml } from "./check-config.ts";
import type { FoundSettings } from "./read-settings.ts";
import type { NamedSetting } from "./setting.ts";

export interface SettingChanges {
  /** What is in force from now on; settings that need a restart keep their value. */
  readonly inForce: FoundSettings;
  /** What changed, and what would change after a restart, each as one phrase for people. */
  readonly changed: readonly string[];
  readonly waiting: readonly string[];
}

export function compareSettings(
  settings: readonly NamedSetting[],
  before: FoundSettings,
  after: FoundSettings,
): SettingChanges {
  const inForce = new Map(before);
  const changed: string[] = [];
  const waiting: string[] = [];
  for (const { key, setting } of settings) {
    const [was, is] = [before.get(key), after.get(key)];
    if (!is || inToml(was?.value) === inToml(is.value)) continue;
    const phrase = setting.isSecret ? key : `${key}: ${shown(was?.value)} → ${shown(is.value)}`;
    if (setting.isLive) inForce.set(key, is);
    (setting.isLive ? changed : waiting).push(phrase);
  }
  return { inForce, changed, waiting };
}

function shown(value: unknown): string {
  return value === undefined ? "none" : inToml(value);
}
