/** Finds a Chromium for the tests: one named by the environment, the one npm brought, or an installed Chrome. */
import { platform } from "node:os";
import chromium from "@sparticuz/chromium";
import type { LaunchOptions } from "playwright";

/**
 * The npm build's own `chromium.args` are left out on purpose: they turn web security off, and our tests check that the
 * browser enforces it. Its sandbox needs privileges that containers do not have.
 */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  // As in normal use; without a screen, it would allow every page to play sound.
  "--autoplay-policy=document-user-activation-required",
];

/**
 * @returns launch options for Playwright: `SALOTTO_CHROMIUM` (a path) wins; on Linux x64 the build from npm is
 *   unpacked into the temporary directory; elsewhere an installed Google Chrome is used.
 */
export async function findChromium(): Promise<LaunchOptions> {
  const chosen = process.env.SALOTTO_CHROMIUM;
  if (chosen) return { executablePath: chosen, args };
  if (platform() === "linux" && process.arch === "x64") {
    return { executablePath: await chromium.executablePath(), args };
  }
  return { channel: "chrome", args };
}
