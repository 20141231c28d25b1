/** How the page is built, and how it is served while somebody works on it. */
import type { ClientRequest, IncomingMessage } from "node:http";
import { defineConfig, type ProxyOptions } from "vite";
import { buildApp } from "./ui/app-build.ts";

const root = import.meta.dirname;

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

export default defineConfig({
  root: `${root}/ui`,
  cacheDir: `${root}/node_modules/.vite`,
  plugins: [buildApp()],
  server: { proxy: { "/socket.io": toBridge }, fs: { allow: [root] } },
  build: { outDir: `${root}/dist/ui`, emptyOutDir: true, target: "es2024" },
});
