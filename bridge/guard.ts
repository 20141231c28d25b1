/**
 * Which requests to answer. Any web page can make a browser send requests to this port, directly or through a name that
 * it points here (DNS rebinding); none of them may reach the chat. Pure: headers in, verdict out.
 */

/** The headers that decide, as Node provides them. */
export interface GuardedHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
  "sec-fetch-mode"?: string | string[] | undefined;
  "sec-fetch-dest"?: string | string[] | undefined;
}

/** `reason` is one line for the sender of the request. */
export type Verdict = { ok: true } | { ok: false; status: 403 | 421; reason: string };

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** What the bridge is to browsers. */
export interface WebServer {
  /** The port that it listens on. */
  port: number;
  /** It serves the page over TLS. */
  isSecure: boolean;
  /** Its names besides those of loopback, in lower case. */
  names: readonly string[];
}

export function judgeRequest(method: string | undefined, headers: GuardedHeaders, server: WebServer): Verdict {
  const { port, isSecure } = server;
  const scheme = isSecure ? "https" : "http";
  const names = [...loopbackNames, ...server.names];
  const hosts = names.map((name) => `${name}:${port}`);
  // Browsers omit the scheme's default port.
  if (port === (isSecure ? 443 : 80)) hosts.push(...names);
  const host = headers.host?.toLowerCase();
  if (host === undefined || !hosts.includes(host)) {
    return { ok: false, status: 421, reason: `This is a chat bridge for this computer: open ${scheme}://${hosts[0]}` };
  }
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((ours) => origin.toLowerCase() === `${scheme}://${ours}`)) {
    return { ok: false, status: 403, reason: "Another web site's page may not use this chat bridge." };
  }
  const site = headers["sec-fetch-site"];
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  if (foreign && !isTopNavigation(method, headers)) {
    return { ok: false, status: 403, reason: "Another web site may link to this chat bridge, but not load from it." };
  }
  return { ok: true };
}

/** Somebody followed a link here: our page fills the window, and the linking page sees nothing of it. */
function isTopNavigation(method: string | undefined, headers: GuardedHeaders): boolean {
  return method === "GET" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}
