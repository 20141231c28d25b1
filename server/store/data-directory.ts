/** Where the server of a port keeps its data. */
import { join } from "node:path";
import { ownDirectory } from "../../cli/own-directory.ts";

/**
 * Where the server of a port keeps its messages without `--data`. Each port has a separate directory, so that two
 * servers of one person do not collide.
 */
export function defaultDataDirectory(port: number): string {
  return join(ownDirectory(), String(port));
}
