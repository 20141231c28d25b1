/** Where a person's programs keep their data on each system, and the name of ours in it. */
import { homedir } from "node:os";
import { join } from "node:path";

/** The default for `--data`: the XDG directory on Linux, the systems' own places on macOS and Windows. */
export function defaultDataDirectory(): string {
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
