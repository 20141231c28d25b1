/**
 * Finds the value of each setting where it was given. The command line comes before the environment, then the config
 * file, then the default. Everything that was given is checked, also what something else overrides.
 */
import { type ConfigFile, readText } from "./config-file.ts";
import { type Kind, readValue } from "./kinds.ts";
import { type DeclaredSettings, LIMITS, type NamedSetting, type ValuesOf } from "./setting.ts";

/** In order of precedence. */
const places = ["command line", "environment", "config file", "default"] as const;
type SettingPlace = (typeof places)[number];

export interface SettingSources {
  /** What was typed on the command line, by the key of its setting; a boolean for a switch. */
  readonly flags: ReadonlyMap<string, string | boolean>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: ConfigFile | undefined;
}

/** The value of a setting that is in force. */
export interface FoundSetting {
  readonly value: unknown;
  readonly place: SettingPlace;
  /** Where exactly, for people. */
  readonly where: string;
}

export type FoundSettings = ReadonlyMap<string, FoundSetting>;

export type SettingsReading = { ok: true; found: FoundSettings } | { ok: false; problems: readonly string[] };

/** A value as it was given. */
interface Given {
  raw: unknown;
  place: SettingPlace;
  where: string;
  /** How an error calls it. */
  called: string;
  /** Relative paths count from there. */
  folder: string;
}

export async function readSettings(
  settings: readonly NamedSetting[],
  sources: SettingSources,
): Promise<SettingsReading> {
  const problems = sources.file ? strangeKeys(sources.file, settings) : [];
  const found = new Map<string, FoundSetting>();
  for (const each of settings) {
    const known = givenFor(each, sources).map((given) => checked(each.setting.kind, given));
    problems.push(...known.flatMap((one) => ("problem" in one ? [one.problem] : [])));
    const [first] = known;
    if (first && "value" in first) found.set(each.key, first);
  }
  for (const each of settings) if (each.contains) problems.push(...(await readContained(each, each.contains, found)));
  for (const { key, setting } of settings) {
    if (!found.has(key)) found.set(key, { value: setting.default, place: "default", where: "default" });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, found };
}

/** The values of these settings, by their names. */
export function valuesOf<Declared extends DeclaredSettings>(
  settings: readonly NamedSetting[],
  found: FoundSettings,
): ValuesOf<Declared> {
  return Object.fromEntries(settings.map(({ name, key }) => [name, found.get(key)?.value])) as ValuesOf<Declared>;
}

/** Whether one was given in a place that comes before the other's. */
export function overrides(one: FoundSetting, other: FoundSetting): boolean {
  return places.indexOf(one.place) < places.indexOf(other.place);
}

function givenFor(each: NamedSetting, { flags, environment, file }: SettingSources): Given[] {
  const { key, option, variable, setting } = each;
  const { kind, isSecret } = setting;
  const here = process.cwd();
  const given: Given[] = [];
  const flag = flags.get(key);
  if (flag !== undefined) {
    const raw = typeof flag === "string" ? kind.parse(flag) : flag;
    const called = `option '${option}' argument '${shortened(String(flag))}'`;
    given.push({ raw, place: "command line", where: "command line", called, folder: here });
  }
  // A variable that is set to nothing is how many programs leave one out.
  const typed = environment[variable] || undefined;
  if (typed !== undefined) {
    const called = isSecret ? variable : `${variable} '${shortened(typed)}'`;
    given.push({ raw: kind.parse(typed), place: "environment", where: variable, called, folder: here });
  }
  const kept = file && at(file.table, key.split("."));
  if (file && kept !== undefined) {
    const called = isSecret ? `${file.path}: ${key}` : `${file.path}: ${key} = ${shortened(written(kept))}`;
    given.push({ raw: kept, place: "config file", where: file.path, called, folder: file.folder });
  }
  return given;
}

function checked(
  kind: Kind<unknown>,
  { raw, called, folder, place, where }: Given,
): FoundSetting | { problem: string } {
  const read = readValue(kind, raw, folder);
  return read ? { ...read, place, where } : { problem: `${called} is invalid. ${kind.allowed}` };
}

/** Reads the file that contains a secret, unless the secret itself is given. @returns what is wrong */
async function readContained(
  of: NamedSetting,
  secret: NamedSetting,
  found: Map<string, FoundSetting>,
): Promise<string[]> {
  const named = found.get(of.key);
  const direct = found.get(secret.key);
  if (!named || (direct && overrides(direct, named))) return [];
  if (direct?.place === named.place) {
    return [`${secret.key} and ${of.key} are both given in the ${named.place}. Choose one of them.`];
  }
  const read = await readText(String(named.value));
  if (!read.ok) return [`${of.key}: ${read.problem}`];
  const { kind } = secret.setting;
  const value = readValue(kind, read.content.replace(/\r?\n$/, ""), "");
  if (!value) return [`${of.key}: what ${named.value} contains is invalid. ${kind.allowed}`];
  found.set(secret.key, { ...value, place: named.place, where: `${named.where}, in ${named.value}` });
  return [];
}

/** What the file contains that is no setting. */
function strangeKeys({ path, table }: ConfigFile, settings: readonly NamedSetting[]): string[] {
  const known = new Set(settings.map(({ key }) => key));
  const tables = new Set(settings.flatMap(({ key }) => parentsOf(key)));
  const stranger = (key: string) => `${path}: ${shortened(key)} is not a setting.${suggestion(key, known)}`;
  const walk = (value: unknown, key: string): string[] => {
    if (known.has(key)) return [];
    if (!tables.has(key) && key !== "") return [stranger(key)];
    if (!isTable(value)) return [`${path}: ${key} = ${shortened(written(value))} is invalid. It must be a table.`];
    // A dot inside a name is none between two names.
    return Object.entries(value).flatMap(([name, inner]) =>
      name.includes(".") ? [stranger(name)] : walk(inner, key === "" ? name : `${key}.${name}`),
    );
  };
  return walk(table, "");
}

/** `a.b.c` has `a` and `a.b`. */
function parentsOf(key: string): string[] {
  const names = key.split(".");
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join("."));
}

/** A name that is written differently, or stands in another table, is what was meant. */
function suggestion(key: string, known: ReadonlySet<string>): string {
  const bare = (each: string) =>
    each
      .slice(each.lastIndexOf(".") + 1)
      .toLowerCase()
      .replace(/[-_]/g, "");
  const meant = [...known].find((each) => bare(each) === bare(key));
  if (meant === undefined)
    return key.startsWith(`${LIMITS}.`) ? " docs/limits.md lists them all." : " --help lists them all.";
  const [table] = parentsOf(meant);
  const place = table === undefined ? "above the first [table]" : `in the table [${table}]`;
  return ` Did you mean ${meant.slice(meant.lastIndexOf(".") + 1)}, ${place}?`;
}

function at(table: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return table;
  return isTable(table) && Object.hasOwn(table, name) ? at(table[name], rest) : undefined;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  // Dates and lists are objects, too, but of a class.
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}

function written(value: unknown): string {
  if (isTable(value)) return "{…}";
  if (typeof value === "number") return String(value);
  return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? Number(inner) : inner)) ?? "";
}

function shortened(text: string): string {
  const line = text.replace(/\p{Cc}/gu, "�");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
