/** Assembles the bridge. `npm run bridge`, `npm start` and the tests all start here; nothing is decided here. */
import { createServer, type IncomingMessage } from "node:http";
import { Server as SecureServer } from "node:https";
import type { Logger } from "pino";
import { Server } from "socket.io";
import { pageFolder } from "../cli/package.ts";
import { Repeats } from "../cli/repeats.ts";
import { formatAddress } from "../protocol/address.ts";
import type { CertificateSource } from "../tls/certificate-source.ts";
import type { Credentials } from "../tls/credentials.ts";
import { type OpenCertificate, openCertificate } from "../tls/open-certificate.ts";
import { TlsError } from "../tls/tls-error.ts";
import { systemClock } from "./clock.ts";
import { PageDoor } from "./door/door.ts";
import { keptKey, newKey } from "./door/key-file.ts";
import type { Holder } from "./door/pass.ts";
import { createGuardedServer } from "./guarded-server.ts";
import { createPageApp, securityHeaders } from "./http.ts";
import { invitationOf } from "./invitation.ts";
import { type BridgeLimits, bridgeLimits } from "./limits.ts";
import { listenOn, listenOnLoopback } from "./listen.ts";
import { type PageServer, servePages } from "./pages.ts";
import { Sessions } from "./sessions.ts";
import { KnownHosts } from "./tls/known-hosts.ts";
import { ServerCheck } from "./tls/server-check.ts";
import { upstreamOpener } from "./upstream/connect.ts";
import type { LineEnd } from "./upstream/legacy-ending.ts";
import { Usage } from "./usage.ts";
import { staysHere, type WebAddress, webHost, webNames } from "./web-names.ts";

/** By what the server is recognised. */
export interface TlsTrust {
  /** The fingerprint that it must have, as `readFingerprint` returns it. Without it, authorities and known servers count. */
  fingerprint?: string | undefined;
  /** The file of known servers; default: one for all bridges of this person. */
  knownHostsFile?: string;
  /** Certificates of authorities (PEM); default: those of this computer. */
  authorities?: readonly string[];
}

export interface BridgeConfig {
  /** The chat server: a host name or an IP address. */
  host: string;
  /** The chat server's TCP port, 1 to 65535. */
  port: number;
  /** Talks to the server over TLS only. */
  tls?: TlsTrust | undefined;
  /** The port of the page, on this computer only; when it is taken, the next free one. 0 for any free port. */
  webPort: number;
  /** The line ending for old servers; default `auto`: the one in the greeting. */
  lineEnd?: LineEnd;
  /** Where else the page is served than on loopback; everybody there needs the invitation. */
  web?: WebAddress | undefined;
  /** The page's certificate. Without one, the page comes without TLS. */
  webTls?: CertificateSource | undefined;
  /** Let everybody on this computer in, and not only who has the link. Default false. */
  anyUser?: boolean;
  /**
   * Where the key is kept, so that browsers need no new link after a restart; default: nowhere. A port that is different
   * each time has no use for it.
   */
  keyDirectory?: string | undefined;
  logger: Logger;
  /** Called when pages were open, all have been closed, and none returned within the grace time. */
  unused?: () => void;
  limits?: BridgeLimits;
  /** Where the built page is; default: this package's. */
  uiDir?: string;
}

export interface Bridge {
  /** The link to open in a browser. It contains the token, so it is not for logs. */
  url: string;
  /** The link to give to others, where they can reach the page. */
  invitation?: string;
  /** The same without the token, for browsers that have been let in. */
  origin: string;
  /** The port of the page. */
  port: number;
  /** The SHA-256 fingerprint of the page's certificate, as browsers show it. */
  fingerprint?: string;
  /** Reads the page's certificate again, for new connections. One that cannot be used changes nothing, and is logged. */
  reload(): Promise<void>;
  /** Everybody leaves the chat properly, then everything is closed, within a bounded time. */
  close(): Promise<void>;
}

/** `message` tells people what is wrong: it cannot listen, or the certificate cannot be used. */
export type BridgeStart =
  | { ok: true; bridge: Bridge }
  | { ok: false; reason: "address" | "certificate"; message: string };

export async function startBridge(config: BridgeConfig): Promise<BridgeStart> {
  const { host, port, webPort, lineEnd = "auto", logger, limits = bridgeLimits } = config;
  const { web } = config;
  const isLocal = staysHere(web);
  const uiDir = config.uiDir ?? pageFolder;
  const inner = createServer(createPageApp(uiDir));
  const io: PageServer = new Server(inner, { serveClient: false, maxHttpBufferSize: limits.packetBytesMax });
  io.engine.use(securityHeaders);
  const repeats = new Repeats(limits.repeatsMs);
  const door = config.anyUser
    ? undefined
    : new PageDoor({
        key: keyFor(config),
        isSecure: config.webTls !== undefined,
        hasGuests: !isLocal,
        limits,
        now: Date.now,
      });
  const opened = await openPageCertificate(config, ({ contextOptions }) => {
    if (guarded instanceof SecureServer) guarded.setSecureContext(contextOptions);
  });
  if (!opened.ok) return opened;
  const { certificate } = opened;
  const holders = new WeakMap<IncomingMessage, Holder>();
  const guarded = createGuardedServer(inner, {
    came: (request, holder) => holder && holders.set(request, holder),
    ...{ door, logger, repeats, tls: certificate?.current.contextOptions },
    names: () => (isLocal ? [] : webNames(web)),
    connectionsOfAddressMax: limits.connectionsOfAddressMax,
  });

  const listened = isLocal ? await listenOnLoopback(guarded, webPort) : await listenOn(guarded, webPort, web.address);
  if (!listened.ok) {
    certificate?.close();
    return { ...listened, reason: "address" };
  }
  const { listening } = listened;
  const { port: ownPort } = listening;
  const scheme = config.webTls ? "https" : "http";
  const origin = `${scheme}://${isLocal ? "localhost" : webHost(web)}:${ownPort}`;
  const url = door ? `${origin}/?token=${door.token}` : origin;
  const invitation = door && !isLocal ? `${origin}/?token=${door.invitation}` : undefined;

  const check =
    config.tls &&
    new ServerCheck({
      ...{ host, port, logger, fingerprint: config.tls.fingerprint, authorities: config.tls.authorities },
      knownHosts: new KnownHosts(config.tls.knownHostsFile),
    });
  const sessions = new Sessions({
    server: formatAddress(host, port),
    opener: (upTo, proof) => upstreamOpener({ host, port, lineEnd, check }, limits, upTo, proof),
    limits,
    clock: systemClock,
    random: Math.random,
    logger,
  });
  const usage = new Usage(systemClock, limits.pageGraceMs, () => {
    // A session whose grace time ends at this very moment still says goodbye.
    sessions.close().then(() => config.unused?.());
  });
  servePages(io, {
    sessions,
    pagesMax: limits.pagesMax,
    pagesOfAddressMax: limits.pagesOfAddressMax,
    logger,
    opened: () => usage.opened(),
    closed: () => usage.closed(),
    mayInvite: (request) => !door || holders.get(request) === "owner",
    invitation: invitationOf(invitation, config),
  });

  // However the program ends, even by a bug or an impatient Ctrl+C, no half-closed connection is left on an old server.
  const abandon = () => sessions.abandon();
  process.once("exit", abandon);

  const close = async () => {
    listening.close();
    // The pages first, so that none is told that the person has quit: they only see the bridge go away.
    await io.close();
    usage.stop();
    certificate?.close();
    await sessions.close();
    process.off("exit", abandon);
    guarded.closeAllConnections();
    repeats.close();
  };
  const fingerprint = certificate && { fingerprint: certificate.current.certificate.fingerprint256 };
  const reload = async () => certificate?.reload();
  return {
    ok: true,
    bridge: { url, origin, port: ownPort, reload, close, ...(invitation && { invitation }), ...fingerprint },
  };
}

async function openPageCertificate(
  { webTls, logger, limits = bridgeLimits }: BridgeConfig,
  replaced: (credentials: Credentials) => void,
): Promise<{ ok: true; certificate?: OpenCertificate } | (BridgeStart & { ok: false })> {
  if (!webTls) return { ok: true };
  try {
    const now = () => new Date();
    return { ok: true, certificate: await openCertificate(webTls, { logger, now, limits, replaced }) };
  } catch (error) {
    if (error instanceof TlsError) return { ok: false, reason: "certificate", message: error.message };
    throw error;
  }
}

function keyFor({ keyDirectory, logger }: BridgeConfig): Buffer {
  if (keyDirectory === undefined) return newKey();
  const { key, problem } = keptKey(keyDirectory);
  if (problem !== undefined) {
    logger.warn({ directory: keyDirectory, problem }, "browsers will need the new link after a restart");
  }
  return key;
}
