/** Opens the port for metrics and health, whose libraries are loaded only for a server that has one. */
import { version } from "../../cli/package.ts";
import type { Operations } from "./operations.ts";

/** The port cannot be had; the message is for people. */
export class MetricsPortError extends Error {
  override readonly name = "MetricsPortError";
}

/** @param port 0 for any free port. @throws {MetricsPortError} */
export async function openOperations(port: number): Promise<Operations> {
  const { Operations } = await import("./operations.ts");
  try {
    return await Operations.open({ port, version });
  } catch (cause) {
    throw new MetricsPortError(explain(cause as NodeJS.ErrnoException, port), { cause });
  }
}

function explain(error: NodeJS.ErrnoException, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} is in use by another program. Choose another for metrics and health: --metrics-port 0`;
    case "EACCES":
      return `port ${port} needs administrator rights. Choose one of 1024 or above: --metrics-port 9464`;
    default:
      return `cannot listen on port ${port} for metrics and health: ${error.message}`;
  }
}
