/** The bridge's options: turns a command line into a checked configuration. It reads nothing else. */
import { isIP, isIPv6 } from "node:net";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { LogFormat, LogLevel } from "../cli/log.ts";
import { endingWithCodes, logFormatOption, logLevelOption, readPort } from "../cli/options.ts";
import { ownDirectory } from "../cli/own-directory.ts";
import { beforeOptions, version } from "../cli/package.ts";
import { defaultPorts } from "../protocol/address.ts";
import type { BridgeConfig } from "./bridge.ts";
import { readFingerprint } from "./tls/fingerprint-option.ts";
import { type LineEnd, lineEnds } from "./upstream/legacy-ending.ts";
import { staysHere } from "./web-names.ts";

export interface BridgeOptions {
  /** The chat server: a host name or an IP address. Default 127.0.0.1. */
  host: string;
  /** The chat server's TCP port, 1 to 65535. Default 8080, with TLS 8443. */
  port?: number;
  /** Whether to talk to the server over TLS. Default false. */
  tls: boolean;
  /** The fingerprint that the server must have; it asks for TLS. */
  tlsFingerprint?: string;
  /** The port of the page, on this computer only; 0 to 65535, 0 for any free port. Default 3000. */
  webPort: number;
  /** Whether everybody on this computer may use the bridge, and not only who has the link. Default false. */
  anyUser: boolean;
  /** Where else the page is served than on loopback: an IP address of this computer, or `0.0.0.0` or `::` for all. */
  listen?: string;
  /** The name by which others know this computer. */
  publicName?: string;
  /** Files with the page's certificate and its key in PEM. */
  webCert?: string;
  webKey?: string;
  /** Whether the bridge makes a certificate for the page, once, and keeps it. Default false. */
  webSelfSigned: boolean;
  /** Whether the page may cross a network without TLS. Default false. */
  insecure: boolean;
  /** The line ending for old servers. Default auto: the one in the greeting. */
  lineEnd: LineEnd;
  /** Whether to open the page in the browser. Default false. */
  open: boolean;
  /** Whether to stop once the page was open somewhere and has been closed everywhere. Default false. */
  exitWhenUnused: boolean;
  /** The lowest level of log lines that are shown. Default info. */
  logLevel: LogLevel;
  /** How to log. Default auto: for people on a terminal, otherwise JSON. */
  logFormat: LogFormat;
}

/** The command line. A wrong one prints one line on stderr and ends the process. */
export function bridgeCommand(): Command {
  return endingWithCodes(new Command(beforeOptions("bridge")))
    .description("Serves the chat page on this computer and connects it to a chat server.")
    .version(version)
    .option("--host <address>", "the chat server's address", readHost, "127.0.0.1")
    .option(
      "--port <number>",
      `the chat server's TCP port (default: ${defaultPorts.plain}, with --tls ${defaultPorts.tls})`,
      readServerPort,
    )
    .option("--tls", "encrypt the connection to the chat server, and make sure that it is the right one", false)
    .option(
      "--tls-fingerprint <fingerprint>",
      "with TLS, accept only the server that has printed this fingerprint",
      readFingerprintOption,
    )
    .option("--web-port <number>", "port of the page; 0 for any free port", readPort, 3000)
    .option("--listen <address>", "serve the page on this address, too; 0.0.0.0 opens it to your network", readAddress)
    .option("--public-name <name>", "the name by which others know this computer", readHost)
    .option("--web-cert <file>", "the page's certificate (PEM), for --listen")
    .option("--web-key <file>", "its key (PEM)")
    .option("--web-self-signed", "make a certificate for the page, once, and keep it; browsers will warn of it", false)
    .option("--insecure", "with --listen, let others read what crosses the network", false)
    .option("--any-user", "let every user of this computer use the bridge, without the link", false)
    .addOption(
      new Option("--line-end <kind>", "line ending for old servers; auto: the one in the greeting")
        .choices(lineEnds)
        .default("auto"),
    )
    .option("--open", "open the page in the browser", false)
    .option("--exit-when-unused", "stop when every page has been closed", false)
    .addOption(logLevelOption())
    .addOption(logFormatOption())
    .allowExcessArguments(false)
    .showSuggestionAfterError(false);
}

/** Where the bridge keeps its key. One on any free port is a different one each time. */
export function keyDirectory(webPort: number): string | undefined {
  return webPort === 0 ? undefined : join(ownDirectory(), "bridge");
}

/** Among the person's own files: the page's certificate and its key, when the bridge makes them. */
const SELF_SIGNED_FILE = "web-tls.pem";

/** Where the page is served, and how it is protected there. @throws an error with a message for people */
export function webOf(options: BridgeOptions): Pick<BridgeConfig, "web" | "webTls"> {
  const { listen, publicName, webCert, webKey, webSelfSigned, insecure, anyUser } = options;
  if ((webCert === undefined) !== (webKey === undefined)) throw new Error("--web-cert and --web-key belong together");
  const protections = [webCert !== undefined, webSelfSigned, insecure].filter(Boolean).length;
  if (protections > 1) throw new Error("only one of --web-cert, --web-self-signed and --insecure can be meant");
  const web = listen === undefined ? undefined : { address: listen, publicName };
  if (staysHere(web)) {
    if (protections > 0 || publicName !== undefined) {
      throw new Error(
        "--web-cert, --web-key, --web-self-signed, --public-name and --insecure are for a page that others can reach: --listen",
      );
    }
    return {};
  }
  if (anyUser) throw new Error("--any-user is for this computer alone; others need the invitation that is printed");
  if (webCert !== undefined && webKey !== undefined) {
    const optionsNamed = { certificate: "--web-cert", key: "--web-key" };
    return { web, webTls: { kind: "files", certificate: webCert, key: webKey, options: optionsNamed } };
  }
  if (webSelfSigned) {
    const names = publicName === undefined ? [] : [publicName];
    return { web, webTls: { kind: "self-signed", file: join(ownDirectory(), "bridge", SELF_SIGNED_FILE), names } };
  }
  if (insecure) return { web };
  throw new Error(
    "others on the network could read the page: give it a certificate with --web-cert and --web-key, let the bridge make one with --web-self-signed, or say that it is meant: --insecure",
  );
}

function readAddress(typed: string): string {
  const address = typed.replace(/^\[(.*)\]$/, "$1");
  if (isIP(address)) return address;
  throw new InvalidArgumentError("It must be an IP address of this computer, or 0.0.0.0 for all.");
}

/** Where the chat server is, and how to talk to it. */
export function serverOf({
  host,
  port,
  tls,
  tlsFingerprint,
}: BridgeOptions): Required<Pick<BridgeConfig, "host" | "port" | "tls">> {
  if (!tls && tlsFingerprint === undefined) return { host, port: port ?? defaultPorts.plain, tls: undefined };
  return { host, port: port ?? defaultPorts.tls, tls: { fingerprint: tlsFingerprint } };
}

function readFingerprintOption(typed: string): string {
  const fingerprint = readFingerprint(typed);
  if (fingerprint !== undefined) return fingerprint;
  throw new InvalidArgumentError("It must be a SHA-256 fingerprint, such as the SHA256:… that the server prints.");
}

function readServerPort(typed: string): number {
  const port = readPort(typed);
  if (port === 0) throw new InvalidArgumentError("A server cannot be reached on port 0.");
  return port;
}

function readHost(typed: string): string {
  const host = typed.replace(/^\[(.*)\]$/, "$1");
  if (isIPv6(host) || /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?$/i.test(host)) return host;
  throw new InvalidArgumentError("It must be a host name or an IP address, without a port.");
}
