/** The settings as options of a command line. Commander finds them; what they may be is checked with everything else. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { limitSettings } from "./limit-settings.ts";
import { LIMITS, type NamedSetting } from "./setting.ts";

type TypedOptions = Readonly<Record<string, string | boolean | undefined>>;

/** Adds an option for each of the settings. */
export function addOptions(program: Command, settings: readonly NamedSetting[]): Command {
  for (const { key, option, setting, contains } of settings) {
    if (setting.isSecret) refuseSecret(program, key);
    else if (setting.kind.placeholder === undefined) {
      program.addOption(new Option(option, setting.help));
      // What the config file switches on can be switched off.
      program.addOption(new Option(`--no-${key}`).hideHelp());
    } else {
      const shown = contains ? "" : defaultText(setting);
      program.addOption(new Option(option, `${setting.help}${shown}`));
    }
  }
  return program;
}

/** Adds the option `--limit`, which can be repeated: one for all limits. */
export function addLimitOption(program: Command): Command {
  const typed = new Option("--limit <name=number>", "changes a limit, see docs/limits.md; can be repeated");
  return program.addOption(typed.argParser(readLimit));
}

/** What was typed, by the keys of the settings. */
export function flagsOf(program: Command, settings: readonly NamedSetting[]): Map<string, string | boolean> {
  const { limit = new Map(), ...options } = program.opts<{ limit?: ReadonlyMap<string, string> } & TypedOptions>();
  const typed = settings.map(({ name, key }) => [key, limit.get(key) ?? options[name]] as const);
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

function readLimit(typed: string, earlier: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const [name = "", ...value] = typed.split("=");
  const key = `${LIMITS}.${name}`;
  if (value.length === 0 || !limitSettings.some((limit) => limit.key === key)) {
    throw new InvalidArgumentError("It must be the name of a limit, = and a number; docs/limits.md lists them.");
  }
  return new Map([...earlier, [key, value.join("=")]]);
}
