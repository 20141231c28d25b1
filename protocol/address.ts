/** Hosts and ports, as people write and read them. */

/** Where a server listens unless told otherwise: without encryption, and with TLS. */
export const defaultPorts = { plain: 8_080, tls: 8_443 } as const;

/** Reads a TCP port; undefined unless it is a whole number from 0 (any free port) to 65535. */
export function parsePort(typed: string): number | undefined {
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** Writes `host:port`, with brackets around an IPv6 host. An IPv4 address mapped into IPv6 is shown as IPv4. */
export function formatAddress(host: string, port: number): string {
  const plain = host.replace(/^::ffff:(?=\d+\.)/, "");
  return plain.includes(":") ? `[${plain}]:${port}` : `${plain}:${port}`;
}

/** The host of an address that `formatAddress` has written. */
export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(":")).replace(/^\[|\]$/g, "");
}

/** Whether only programs on the same computer have that IP address or host name. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}
