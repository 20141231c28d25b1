/**
 * Every setting of the server, declared once. The command line, the environment and the config file follow from this, and
 * `server-config.ts` makes the configuration of it.
 */
import { type LogFormat, type LogLevel, logFormats, logLevels } from "../../cli/log.ts";
import { defaultConfig } from "../config.ts";
import { type Language, languages } from "../dialects/texts/texts.ts";
import { defaultDataDirectory } from "../store/data-directory.ts";
import { addressRanges, choice, count, host, names, path, port, secretText, toggle } from "./kinds.ts";
import { optional, setting, type ValuesOf } from "./setting.ts";
import { tlsSettings } from "./tls-settings.ts";

/** Those that `npm start` has, too. */
export const sharedSettings = {
  port: setting({ kind: port, default: defaultConfig.port, help: "TCP port; 0 for any free port" }),
  data: optional({
    kind: path("<directory>"),
    help: "where messages are kept",
    defaultText: `for port 8080 ${defaultDataDirectory(8_080)}`,
  }),
  memory: setting({
    kind: toggle,
    default: false,
    help: "keep messages in memory only, until the server stops",
  }),
  keepDays: optional({
    kind: count,
    help: "remove messages older than this many days",
    defaultText: "keep all",
  }),
  keepMessages: optional({
    kind: count,
    help: "keep this many messages in each room and conversation",
    defaultText: "all",
  }),
  logLevel: setting<LogLevel>({
    kind: choice("<level>", logLevels),
    default: "info",
    help: `how much to log: ${logLevels.join(", ")}`,
    isLive: true,
  }),
  logFormat: setting<LogFormat>({
    kind: choice("<format>", logFormats),
    default: "auto",
    help: `how to log: ${logFormats.join(", ")} (for people on a terminal, otherwise JSON)`,
  }),
};

export const serverSettings = {
  host: setting({
    kind: host,
    default: defaultConfig.host,
    help: "address to listen on; 0.0.0.0 opens the server to your network",
  }),
  ...sharedSettings,
  ...tlsSettings,
  metricsPort: optional({
    kind: port,
    help: "port for metrics and health, on this computer only; 0 for any free port",
    defaultText: "none",
  }),
  exempt: setting({
    kind: addressRanges,
    default: [...defaultConfig.exempt],
    help: "addresses and ranges, separated by commas, without limits on connections",
    isLive: true,
  }),
  exitWhenEmpty: setting({ kind: toggle, default: false, help: "stop when the last person has left" }),
  echo: setting({
    kind: toggle,
    default: defaultConfig.echo,
    help: "show people at a terminal their own messages",
  }),
  password: optional({
    kind: secretText,
    help: "chat's own password, which everybody is asked for",
    defaultText: "none",
    isSecret: true,
  }),
  registeredOnly: setting({
    kind: toggle,
    default: defaultConfig.registeredOnly,
    help: "let in only people who have registered their name, or register it at the door",
  }),
  invitedOnly: setting({
    kind: toggle,
    default: defaultConfig.invitedOnly,
    help: "let in new people only by an invitation; whoever has an account needs none",
  }),
  admins: setting({
    kind: names,
    default: [...defaultConfig.admins],
    help: "accounts of the administrators, separated by commas; they should be registered before",
  }),
  lang: setting<Language>({
    kind: choice("<language>", languages),
    default: defaultConfig.language,
    help: `language of the server's lines at a terminal: ${languages.join(", ")}`,
  }),
};

export type SharedValues = ValuesOf<typeof sharedSettings>;
export type ServerValues = ValuesOf<typeof serverSettings>;
