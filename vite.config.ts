import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium } from "./test/support/chromium.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig(async ({ mode }) => ({
  cacheDir: `${root}node_modules/.vite`,
  test: {
    projects: [
      {
        root,
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          testTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright(mode === "test" ? { launchOptions: await findChromium() } : {}),
            instances: [{ browser: "chromium" as const }],
          },
        },
      },
    ],
  },
}));
