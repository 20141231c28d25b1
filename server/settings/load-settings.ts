/** Reads the settings of a program from everywhere they may be, as often as it asks. */
import { readConfigFile } from "./config-file.ts";
import { readSettings, type SettingSources, type SettingsReading } from "./read-settings.ts";
import type { NamedSetting } from "./setting.ts";

/** The variable that names the config file. */
export const CONFIG_VARIABLE = "SALOTTO_CONFIG";

/** @param path the config file; undefined for the one that the environment names, if any */
export async function loadSettings(
  settings: readonly NamedSetting[],
  path: string | undefined,
  { flags, environment }: Pick<SettingSources, "flags" | "environment">,
): Promise<SettingsReading> {
  const named = path ?? (environment[CONFIG_VARIABLE] || undefined);
  if (named === undefined) return readSettings(settings, { flags, environment, file: undefined });
  const read = await readConfigFile(named);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  return readSettings(settings, { flags, environment, file: read.content });
}
