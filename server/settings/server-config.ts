/** Makes a server's configuration of its settings. */
import { resolve } from "node:path";
import { defaultConfig, type ServerConfig } from "../config.ts";
import { defaultDataDirectory } from "../store/data-directory.ts";
import { limitSettings, limitsOf } from "./limit-settings.ts";
import { type FoundSettings, overrides, valuesOf } from "./read-settings.ts";
import { named } from "./setting.ts";
import { type ServerValues, type SharedValues, serverSettings, sharedSettings } from "./settings.ts";
import { tlsConfig } from "./tls-settings.ts";

/** Those that are options of their own. */
export const ownSettings = named(serverSettings);
/** Everything that can be set. */
export const namedSettings = [...ownSettings, ...limitSettings];
export const namedSharedSettings = named(sharedSettings);

/** Everything but the logger, which the program makes. */
type FoundConfig = Omit<ServerConfig, "logger">;

export interface ServerSettings {
  values: ServerValues;
  config: FoundConfig;
}

export function serverConfig(found: FoundSettings): ServerSettings {
  const values = valuesOf<typeof serverSettings>(ownSettings, found);
  const { host, exempt, admins, echo, lang: language, metricsPort, password, registeredOnly, invitedOnly } = values;
  const door = { password, registeredOnly, invitedOnly, tlsRequired: values.tlsRequired };
  return {
    values,
    config: {
      ...sharedConfig(found).config,
      host,
      exempt,
      admins,
      echo,
      language,
      metricsPort,
      tls: tlsConfig(values),
      ...door,
      limits: limitsOf(found),
    },
  };
}

/** Whoever keeps nothing has no administrators at the start, and no way in from outside. */
export function doorProblem({ invitedOnly, data }: Pick<ServerConfig, "invitedOnly" | "data">): string | undefined {
  if (!invitedOnly || data !== undefined) return undefined;
  return "invited-only needs data: without, nobody could ever be invited. Say where with data, and leave memory out.";
}

/** What `npm start` sets, too. */
export function sharedConfig(found: FoundSettings): { values: SharedValues; config: FoundConfig } {
  const values = valuesOf<typeof sharedSettings>(namedSharedSettings, found);
  const { port, keepDays: days, keepMessages: messages } = values;
  return { values, config: { ...defaultConfig, port, data: dataOf(values, found), keep: { days, messages } } };
}

/**
 * The directory for messages; undefined when they are kept in memory. A server on any free port is a different one each
 * time, and would never find its directory again.
 */
function dataOf({ data, memory, port }: SharedValues, found: FoundSettings): string | undefined {
  const [forData, forMemory] = [found.get("data"), found.get("memory")];
  const isElsewhere = forData !== undefined && forMemory !== undefined && overrides(forData, forMemory);
  if (memory && !isElsewhere) return undefined;
  return data ?? (port === 0 ? undefined : resolve(defaultDataDirectory(port)));
}
