/** The two kinds of tests: those in Node, and those of the page's elements in Chromium. */
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium } from "./test/support/chromium.ts";

const root = import.meta.dirname;

/** How long a test waits for what does not come: long enough for a computer that has other things to do. */
const patience = { testTimeout: 40_000, hookTimeout: 40_000, expect: { poll: { timeout: 10_000 } } };

export default defineConfig(async () => ({
  cacheDir: `${root}/node_modules/.vite`,
  test: {
    // Most tests spend most of their time waiting for a socket, a timer or a browser.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          ...patience,
          // Times are shown in the reader's time zone; the tests need a fixed one.
          env: { TZ: "UTC" },
        },
      },
      {
        root,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          ...patience,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await findChromium() }),
            instances: [{ browser: "chromium" as const }],
          },
        },
      },
    ],
  },
}));
