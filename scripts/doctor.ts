/** `npm run doctor`: looks at whatever a server with these settings needs, and says what is wrong and what to do. */
import { join } from "node:path";
import { Command } from "commander";
import { exitCodes } from "../cli/exit-codes.ts";
import { endingWithCodes, failWith } from "../cli/options.ts";
import { beforeOptions } from "../cli/package.ts";
import { certificateSource } from "../server/open-ports.ts";
import { addLimitOption, addOptions, flagsOf } from "../server/settings/command-line.ts";
import { CONFIG_VARIABLE, loadSettings } from "../server/settings/load-settings.ts";
import { namedSettings, ownSettings, serverConfig } from "../server/settings/server-config.ts";
import { tlsProblem } from "../server/settings/tls-settings.ts";
import { DATABASE_FILE } from "../server/store/database.ts";
import { checkCertificate } from "./doctor/check-certificate.ts";
import { checkDatabase } from "./doctor/check-database.ts";
import { checkDirectory } from "./doctor/check-directory.ts";
import { checkChatPort, checkMetricsPort, checkTlsPort } from "./doctor/check-ports.ts";
import { checkClock, checkNode, checkOpenFiles, openFilesMax } from "./doctor/check-system.ts";
import { type Finding, linesOf, worst } from "./doctor/finding.ts";

const program = addLimitOption(
  addOptions(
    endingWithCodes(new Command(beforeOptions("doctor")))
      .description("Checks what a server with the same options needs: its data, disk, clock, ports and limits.")
      .option("--config <file>", `more settings, in TOML (default: the file that ${CONFIG_VARIABLE} names)`),
    ownSettings,
  ),
)
  .allowExcessArguments(false)
  .showSuggestionAfterError(false);
const { config: configFile } = program.parse().opts<{ config?: string }>();
const sources = { flags: flagsOf(program, namedSettings), environment: process.env };
const reading = await loadSettings(namedSettings, configFile, sources);
if (!reading.ok) failWith(program, ...reading.problems);
const { values, config } = serverConfig(reading.found);
const { host, port, tls, metricsPort, data, limits } = config;
const problem = tlsProblem(values, port);
if (problem !== undefined) failWith(program, problem);

const certificate = certificateSource(config);
const database = data === undefined ? undefined : checkDatabase(join(data, DATABASE_FILE));
const findings: Finding[] = [
  checkNode(process.version),
  checkClock(Date.now(), database?.newestMs),
  checkOpenFiles(openFilesMax(), limits.connectionsMax),
  ...(data === undefined || !database
    ? [{ health: "ok", about: "database", found: "none: messages are kept in memory only" } as const]
    : [...(await checkDirectory(data, database.bytes)), ...database.findings]),
  await checkChatPort(host, port),
  ...(tls ? [await checkTlsPort(host, tls.port)] : []),
  ...(certificate ? await checkCertificate(certificate, new Date()) : []),
  ...(metricsPort === undefined ? [] : [await checkMetricsPort(metricsPort)]),
];
for (const finding of findings) for (const line of linesOf(finding)) console.log(line);
process.exitCode = exitCodes[worst(findings)];
