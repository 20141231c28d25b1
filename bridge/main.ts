/** `npm run bridge`: options, signals, messages for people, exit codes; nothing else. */
import { exitCodes } from "../cli/exit-codes.ts";
import { onHangUp } from "../cli/hang-up.ts";
import { logUncaught, openLog } from "../cli/log.ts";
import { failAs } from "../cli/options.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import { formatAddress } from "../protocol/address.ts";
import { startBridge } from "./bridge.ts";
import { type BridgeOptions, bridgeCommand, keyDirectory, serverOf, webOf } from "./config.ts";
import { invitationLines, warningLines } from "./invitation.ts";
import { openLink } from "./open-link.ts";

const program = bridgeCommand();
const options = program.parse().opts<BridgeOptions>();
const log = openLog(options.logLevel, options.logFormat);
logUncaught(log);
const { logger } = log;
const unused = () => void stop("Every page has been closed. Goodbye!");
const chatServer = serverOf(options);
const starting = startBridge({
  ...options,
  ...webOptions(),
  ...chatServer,
  keyDirectory: keyDirectory(options.webPort),
  logger,
  ...(options.exitWhenUnused ? { unused } : {}),
}).then((started) => {
  if (started.ok) return started.bridge;
  return failAs(started.reason === "certificate" ? exitCodes.usage : exitCodes.address, program, started.message);
});
const stop = stopAfter(async () => (await starting).close(), log);
const goodbye = () => stop("Stopping the bridge…");
onStopSignal(starting, goodbye);
onHangUp(() => {
  starting.then((started) => started.reload());
}, goodbye);
const bridge = await starting;

function webOptions(): ReturnType<typeof webOf> {
  try {
    return webOf(options);
  } catch (error) {
    return failAs(exitCodes.usage, program, (error as Error).message);
  }
}

const server = formatAddress(chatServer.host, chatServer.port);
const { tls } = chatServer;
const isElsewhere = options.webPort !== 0 && bridge.port !== options.webPort;
const elsewhere = `Port ${options.webPort} is in use by another program; the page is on port ${bridge.port} instead.`;
log.tell(
  "listening",
  {
    ...{ page: bridge.url, invitation: bridge.invitation, fingerprint: bridge.fingerprint },
    ...{ server, tls: tls !== undefined },
  },
  [
    ...(isElsewhere ? [elsewhere] : []),
    `Open ${bridge.url} in a browser on this computer.`,
    ...invitationLines(bridge.invitation),
    ...(options.webSelfSigned ? warningLines(bridge.fingerprint) : []),
    `The chat server is ${server}${tls ? ", with TLS" : ""}.`,
    "Ctrl+C stops the bridge.",
  ],
);

if (options.open) {
  openLink(bridge.url).catch((error: unknown) => logger.warn({ err: error }, "could not open a browser"));
}
