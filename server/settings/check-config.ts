/** `--check-config`: checks what the settings name, and shows which are in force and where each comes from. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { stringify } from "smol-toml";
import { type CertificateSource, certificateReader } from "../../tls/certificate-source.ts";
import type { ServerConfig } from "../config.ts";
import { CONFIG_VARIABLE } from "./load-settings.ts";
import type { FoundSettings } from "./read-settings.ts";
import type { NamedSetting } from "./setting.ts";

/** What of the settings cannot work here and now, each in a sentence. */
export async function findProblems({ data, tls, now }: Pick<ServerConfig, "data" | "tls" | "now">): Promise<string[]> {
  const problems = await Promise.all([
    data === undefined ? undefined : dataProblem(data),
    tls?.certificate.kind === "files" ? certificateProblem(tls.certificate, now) : undefined,
  ]);
  return problems.filter((problem) => problem !== undefined);
}

/** The settings as a config file, with a comment on each that is not a default. Secrets are left out. */
export function showSettings(settings: readonly NamedSetting[], found: FoundSettings): string {
  const lines = settings.flatMap(({ key, setting }) => {
    const { value, place, where } = found.get(key) ?? {};
    const origin = place === "default" ? "" : `  # ${where}`;
    if (value === undefined) return [];
    return setting.isSecret ? [`# ${key} is set${origin}`] : [`${key} = ${inToml(value)}${origin}`];
  });
  return lines.join("\n");
}

/** A comment on each variable that looks like a setting and is none, for example because it is misspelled. */
export function showStrangers(settings: readonly NamedSetting[], environment: NodeJS.ProcessEnv): string[] {
  const known = new Set([CONFIG_VARIABLE, ...settings.map(({ variable }) => variable)]);
  const strange = Object.keys(environment).filter((name) => name.startsWith("SALOTTO_") && !known.has(name));
  return strange.map((name) => `# ${name} is in the environment, and is not a setting of the server`);
}

export function inToml(value: unknown): string {
  return stringify({ value }).trim().replace("value = ", "");
}

async function certificateProblem(source: CertificateSource, now: () => Date): Promise<string | undefined> {
  return certificateReader(source, now)().then(
    () => undefined,
    ({ message }: Error) => `${message}.`,
  );
}

/** The directory is made at the start, with those above it. */
async function dataProblem(directory: string): Promise<string | undefined> {
  try {
    const stats = await stat(directory);
    if (!stats.isDirectory()) return `data: ${directory} is not a directory.`;
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(directory);
    if (code === "ENOENT" && above !== directory) return dataProblem(above);
    if (code === "ENOTDIR") return `data: ${directory} cannot be made: what is above it is not a directory.`;
    return `data: this user may not write to ${directory}.`;
  }
}
