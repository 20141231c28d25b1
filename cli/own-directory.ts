/** Where a person's programs keep what is theirs on each system, and our name in it. */
import { homedir } from "node:os";
import { join } from "node:path";

/** Below the XDG directory on Linux, in the systems' own places on macOS and Windows. It may not exist yet. */
export function ownDirectory(): string {
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
