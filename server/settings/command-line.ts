/** The settings as options of a command line. Commander finds them; what they may be is checked with everything else. */
import { type Command, Option } from "commander";
import type { NamedSetting } from "./setting.ts";

/** Adds an option for each of the settings. */
export function addOptions(program: Command, settings: readonly NamedSetting[]): Command {
  for (const { key, setting, contains } of settings) {
    if (setting.isSecret) refuseSecret(program, key);
    else if (setting.kind.placeholder === undefined) {
      program.addOption(new Option(`--${key}`, setting.help));
      // What the config file switches on can be switched off.
      program.addOption(new Option(`--no-${key}`).hideHelp());
    } else {
      const shown = contains ? "" : defaultText(setting);
      program.addOption(new Option(`--${key} ${setting.kind.placeholder}`, `${setting.help}${shown}`));
    }
  }
  return program;
}

/** What was typed, by the keys of the settings. */
export function flagsOf(program: Command, settings: readonly NamedSetting[]): Map<string, string | boolean> {
  const options = program.opts<Record<string, string | boolean | undefined>>();
  const typed = settings.map(({ name, key }) => [key, options[name]] as const);
  return new Map(typed.filter((each): each is [string, string | boolean] => each[1] !== undefined));
}

function defaultText({ default: value, defaultText }: NamedSetting["setting"]): string {
  const text = defaultText ?? (value === undefined ? undefined : String(value));
  return text === undefined ? "" : ` (default: ${text})`;
}

/** Says where a secret belongs, without repeating it. */
function refuseSecret(program: Command, key: string): void {
  program.addOption(new Option(`--${key} [text]`).hideHelp());
  program.on(`option:${key}`, () =>
    program.error(
      `error: --${key} would show it to everyone on this computer. Use --${key}-file, the environment or the config file`,
    ),
  );
}
