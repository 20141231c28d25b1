/** Who is behind an address, as far as the network tells: what belongs to one person, or one household, is one source. */
import { isIPv6 } from "node:net";

/** Groups of 16 bits that name an IPv6 network; whoever has one has all addresses in it (RFC 4291, 2.5.4). */
const networkGroups = 4;

/** @param address as a socket tells it; IPv4 may be mapped into IPv6 */
export function sourceOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const all = [...groups, ...Array<string>(missing).fill("0"), ...(tail?.split(":") ?? [])];
  const network = all.slice(0, networkGroups).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
