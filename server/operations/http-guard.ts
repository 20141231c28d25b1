/**
 * Which requests for metrics and health to answer. Only programs on this computer ask for them: a page in a browser,
 * which could also come here through a name that it points here (DNS rebinding), must learn nothing. Pure.
 */

/** The headers that decide, as Node provides them. */
export interface DecidingHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
}

export type HttpRefusal = { status: 403 | 405 | 421; reason: string };

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Why a request is refused, if it is. @param port the port that was listened on */
export function refusalOf(method: string | undefined, headers: DecidingHeaders, port: number): HttpRefusal | undefined {
  const hosts = loopbackNames.map((name) => `${name}:${port}`);
  // Clients omit the scheme's default port.
  if (port === 80) hosts.push(...loopbackNames);
  const { host = "", origin } = headers;
  if (!hosts.includes(host.toLowerCase())) {
    return { status: 421, reason: `This is for programs on this computer: http://${hosts[1]}` };
  }
  // Browsers send one or the other with everything that a page asks for; typing the address into a browser works.
  const site = headers["sec-fetch-site"];
  if (origin !== undefined || (site !== undefined && site !== "none")) {
    return { status: 403, reason: "A page may not read this." };
  }
  if (method !== "GET" && method !== "HEAD") return { status: 405, reason: "Only GET and HEAD are answered." };
  return undefined;
}
