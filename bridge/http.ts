/** Serves the page's files with their headers. It knows nothing of sessions, sockets or the chat. */
import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { sep } from "node:path";
import { TLSSocket } from "node:tls";
import compression from "compression";
import express, { type Express } from "express";
import helmet from "helmet";

function isSecure({ socket }: IncomingMessage): boolean {
  return socket instanceof TLSSocket;
}

/** For every response, of the page and of socket.io alike. */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      "default-src": ["'none'"],
      "script-src": ["'self'"],
      "style-src": ["'self'"],
      "img-src": ["'self'", "data:"],
      "font-src": ["'self'"],
      "manifest-src": ["'self'"],
      "worker-src": ["'self'"],
      // Not every browser counts a WebSocket as 'self'. By this point the guard has let only our own hosts through.
      "connect-src": ["'self'", (request) => `${isSecure(request) ? "wss" : "ws"}://${request.headers.host}`],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
      "frame-ancestors": ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: "same-origin" },
  crossOriginOpenerPolicy: { policy: "same-origin" },
  referrerPolicy: { policy: "no-referrer" },
  xFrameOptions: { action: "deny" },
  // This is plain http on one computer, so there is nothing to enforce.
  strictTransportSecurity: false,
});

/** @param uiDir the page as built by `npm run build` */
export function createPageApp(uiDir: string): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(securityHeaders);
  app.use(compression());
  app.use(
    express.static(uiDir, {
      redirect: false,
      setHeaders: (response, path) => {
        // The names below assets/ contain a hash of the content.
        const hashed = path.startsWith(`${uiDir}${sep}assets${sep}`);
        response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  app.use((request, response) => {
    const unbuilt = request.path === "/" && !existsSync(`${uiDir}${sep}index.html`);
    response
      .status(unbuilt ? 503 : 404)
      .type("text/plain")
      .send(unbuilt ? "The page is not built yet: run `npm run build`, then reload.\n" : "There is nothing here.\n");
  });
  return app;
}
