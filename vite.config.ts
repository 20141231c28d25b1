import type { ClientRequest, IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";
import { findChromium } from "./test/support/chromium.ts";
import { buildApp } from "./ui/app-build.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

const bridge = process.env.SALOTTO_BRIDGE ?? "http://localhost:3000";

/**
 * The page of `npm run dev` talks to a running bridge through this. The bridge accepts requests from its own pages
 * only, so the dev server's page gets the bridge's origin; any other origin is passed on unchanged, to be refused.
 */
const toBridge: ProxyOptions = {
  target: bridge,
  ws: true,
  changeOrigin: true,
  configure(proxy) {
    const vouch = (outgoing: ClientRequest, incoming: IncomingMessage) => {
      const port = incoming.socket.localPort;
      const own = ["localhost", "127.0.0.1", "[::1]"].map((name) => `http://${name}:${port}`);
      if (own.includes(incoming.headers.origin ?? "")) outgoing.setHeader("origin", new URL(bridge).origin);
    };
    proxy.on("proxyReq", vouch);
    proxy.on("proxyReqWs", vouch);
  },
};

/** How long a test waits for what does not come: long enough for a computer that has other things to do. */
const patience = { testTimeout: 40_000, hookTimeout: 40_000, expect: { poll: { timeout: 10_000 } } };

export default defineConfig(async ({ mode }) => ({
  root: `${root}ui`,
  cacheDir: `${root}node_modules/.vite`,
  plugins: [buildApp()],
  server: { proxy: { "/socket.io": toBridge }, fs: { allow: [root] } },
  build: { outDir: `${root}dist/ui`, emptyOutDir: true, target: "es2024" },
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
            provider: playwright(mode === "test" ? { launchOptions: await findChromium() } : {}),
            instances: [{ browser: "chromium" as const }],
          },
        },
      },
    ],
  },
}));
