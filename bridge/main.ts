/** `npm run bridge`: options, signals, messages for people, exit codes; nothing else. */
import open from "open";
import { createLogger } from "../cli/log.ts";
import { failWith } from "../cli/options.ts";
import { onStopSignal, stopAfter } from "../cli/stop.ts";
import { formatAddress } from "../protocol/address.ts";
import { startBridge } from "./bridge.ts";
import { type BridgeOptions, bridgeCommand } from "./config.ts";

const program = bridgeCommand();
const options = program.parse().opts<BridgeOptions>();
const logger = createLogger(options.logLevel);
const unused = () => void stop("Every page has been closed. Goodbye!");
const starting = startBridge({ ...options, logger, ...(options.exitWhenUnused ? { unused } : {}) }).then((started) =>
  started.ok ? started.bridge : failWith(program, started.message),
);
const stop = stopAfter(async () => (await starting).close());
onStopSignal(starting, () => stop("Stopping the bridge…"));
const bridge = await starting;

if (options.webPort !== 0 && bridge.port !== options.webPort) {
  console.log(`Port ${options.webPort} is in use by another program; the page is on port ${bridge.port} instead.`);
}
console.log(`Open ${bridge.url} in a browser on this computer.
The chat server is ${formatAddress(options.host, options.port)}.
Ctrl+C stops the bridge.`);

if (options.open) {
  open(bridge.url).catch((error: unknown) => logger.warn({ err: error }, "could not open a browser"));
}
