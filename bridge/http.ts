/** The page's files and the headers they are served with. It knows nothing of sessions, sockets or the chat. */
import { existsSync } from "node:fs";
import { sep } from "node:path";
import compression from "compression";
import express, { type Express } from "express";
import helmet from "helmet";

/** For every answer, the page's and socket.io's alike. */
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
      // Not every browser counts a WebSocket as 'self'. The guard has let only our own hosts come this far.
      "connect-src": ["'self'", (request) => `ws://${request.headers.host}`],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
      "frame-ancestors": ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: "same-origin" },
  crossOriginOpenerPolicy: { policy: "same-origin" },
  referrerPolicy: { policy: "no-referrer" },
  xFrameOptions: { action: "deny" },
  // It is http on this computer: there is nothing to be strict about.
  strictTransportSecurity: false,
});

/** @param uiDir where `npm run build` has put the page */
export function createPageApp(uiDir: string): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(securityHeaders);
  app.use(compression());
  app.use(
    express.static(uiDir, {
      redirect: false,
      setHeaders: (response, path) => {
        // The build puts a hash of the content into the names below assets/.
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
