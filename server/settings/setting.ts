/**
 * What a setting is. All its names follow from the one under which it is declared: `keepDays` is `--keep-days` on the
 * command line, `SALOTTO_KEEP_DAYS` in the environment, and `keep-days` in the config file.
 */
import { type Kind, path } from "./kinds.ts";

/** The table in the config file that contains the limits. */
export const LIMITS = "limits";

export interface Setting<Value = unknown> {
  readonly kind: Kind<Exclude<Value, undefined>>;
  /** Undefined when it has no value unless it is given one. */
  readonly default: Value;
  /** What it does, for `--help`: a phrase without a full stop. */
  readonly help: string;
  /** Describes the default where its value does not. */
  readonly defaultText?: string;
  /**
   * It is never printed, and cannot be given on the command line, which every user of the computer can read. Instead, it
   * can be in a file of its own: `password` in the one that `password-file` names.
   */
  readonly isSecret?: boolean;
  /** A change takes effect while the server runs; others need a restart. */
  readonly isLive?: boolean;
}

export type DeclaredSettings = Readonly<Record<string, Setting>>;

/** The values of settings, by the names under which they are declared. */
export type ValuesOf<Declared extends DeclaredSettings> = {
  [Name in keyof Declared]: Declared[Name] extends Setting<infer Value> ? Value : never;
};

/** A setting with its names. */
export interface NamedSetting {
  readonly name: string;
  /** In the config file: the names of the tables, and its own, joined by dots. */
  readonly key: string;
  /** On the command line, with what is typed after it. */
  readonly option: string;
  /** In the environment. */
  readonly variable: string;
  readonly setting: Setting;
  /** Names the file that contains the value of this other setting. */
  readonly contains?: NamedSetting;
}

/** Declares a setting that always has a value. */
export function setting<Value>(declared: Setting<Value>): Setting<Value> {
  return declared;
}

/** Declares a setting that may have none. */
export function optional<Value>(
  declared: Omit<Setting<Value>, "default" | "kind"> & { kind: Kind<Value> },
): Setting<Value | undefined> {
  return { ...declared, default: undefined } as Setting<Value | undefined>;
}

/** Gives settings their names. Each secret brings a second one, for the file that contains it. */
export function named(settings: DeclaredSettings): NamedSetting[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    const own = withNames(name, setting);
    return setting.isSecret ? [own, { ...withNames(`${name}File`, fileOf(setting)), contains: own }] : [own];
  });
}

function withNames(name: string, setting: Setting): NamedSetting {
  const key = kebab(name);
  const { placeholder } = setting.kind;
  const option = placeholder === undefined ? `--${key}` : `--${key} ${placeholder}`;
  return { name, key, option, variable: variableOf(key), setting };
}

function fileOf({ help }: Setting): Setting {
  return optional({ kind: path("<file>"), help: `file that contains, in its only line, the ${help}` });
}

/** `keepDays` as `keep-days`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function variableOf(key: string): string {
  return `SALOTTO_${kebab(key).toUpperCase().replace(/[-.]/g, "_")}`;
}
