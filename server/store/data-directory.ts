/** Where a person's programs keep their data on each system, and our name in it. */
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the server of a port keeps its messages without `--data`: below the XDG directory on Linux, in the systems' own
 * places on macOS and Windows. Each port has a separate directory, so that two servers of one person do not collide.
 */
export function defaultDataDirectory(port: number): string {
  return join(systemDirectory(), String(port));
}

function systemDirectory(): string {
  const home = homedir();
  switch (process.platform) {
    case "darwin":
      return join(home, "Library", "Application Support", "Salotto");
    case "win32":
      return join(process.env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Salotto");
    default:
      return join(process.env.XDG_DATA_HOME ?? join(home, ".local", "share"), "salotto");
  }
}
