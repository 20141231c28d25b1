/** Addresses and ranges of them, in CIDR notation: `10.0.0.0/8`, `2001:db8::/32`. */
import { BlockList, isIPv4, isIPv6 } from "node:net";

const mappedPrefix = /^::ffff:(?=\d+\.)/i;
/** Bits that come before an IPv4 address when it is mapped into IPv6. */
const mappedBits = 96;

export interface AddressRange {
  /** @param address `ip:port`, as people are shown it */
  contains(address: string): boolean;
}

/** @returns undefined when it is neither an address nor a range */
export function readRange(typed: string): AddressRange | undefined {
  const list = readList(typed);
  return list && { contains: (address) => isWithin(address, list) };
}

function readList(typed: string): BlockList | undefined {
  const [given = "", bits, ...more] = typed.trim().split("/");
  const isMapped = mappedPrefix.test(given);
  const host = given.replace(mappedPrefix, "");
  if (more.length > 0 || (!isIPv4(host) && !(isIPv6(host) && !host.includes("%")))) return undefined;
  const family = isIPv4(host) ? "ipv4" : "ipv6";
  const list = new BlockList();
  if (bits === undefined) {
    list.addAddress(host, family);
    return list;
  }
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) - (isMapped ? mappedBits : 0) : -1;
  if (length < 0 || length > (family === "ipv4" ? 32 : 128)) return undefined;
  list.addSubnet(host, length, family);
  return list;
}

function isWithin(address: string, range: BlockList): boolean {
  const host = address.slice(0, address.lastIndexOf(":")).replace(/^\[|\]$/g, "");
  const [withoutZone = ""] = host.split("%");
  if (isIPv4(withoutZone)) return range.check(withoutZone, "ipv4");
  return isIPv6(withoutZone) && range.check(withoutZone, "ipv6");
}
