/**
 * Addresses and ranges of them, in CIDR notation (RFC 4632, RFC 4291): `10.0.0.0/8`, `2001:db8::/32`, `::1`. An IPv4
 * address that is mapped into IPv6 means the same as without.
 */
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** What somebody typed, read. */
interface Subnet {
  address: string;
  family: "ipv4" | "ipv6";
  bits: number;
}

/** Bits that come before an IPv4 address when it is mapped into IPv6. */
const mappedBits = 96;

/** Any number of addresses and ranges. */
export class AddressRanges {
  #list = new BlockList();

  /** @param ranges each of them allowed by `isAddressRange` */
  constructor(ranges: readonly string[]) {
    this.replace(ranges);
  }

  replace(ranges: readonly string[]): void {
    this.#list = new BlockList();
    for (const range of ranges) {
      const subnet = readSubnet(range);
      if (subnet) this.#list.addSubnet(subnet.address, subnet.bits, subnet.family);
    }
  }

  /** @param address as a socket reports it: a zone may follow */
  has(address: string): boolean {
    const plain = plainAddress(address);
    if (isIPv4(plain)) return this.#list.check(plain, "ipv4");
    return isIPv6(plain) && this.#list.check(plain, "ipv6");
  }
}

export function isAddressRange(typed: string): boolean {
  return readSubnet(typed) !== undefined;
}

/** Without the zone, and IPv4 as such. */
export function plainAddress(address: string): string {
  const [withoutZone = ""] = address.split("%");
  return withoutZone.replace(/^::ffff:(?=\d+\.)/i, "");
}

function readSubnet(typed: string): Subnet | undefined {
  const [given = "", bits, ...more] = typed.trim().split("/");
  const address = plainAddress(given);
  const family = isIPv4(address) ? "ipv4" : "ipv6";
  if (more.length > 0 || given.includes("%") || (family === "ipv6" && !isIPv6(address))) return undefined;
  const bitsMax = family === "ipv4" ? 32 : 128;
  if (bits === undefined) return { address, family, bits: bitsMax };
  const before = family === "ipv4" && given !== address ? mappedBits : 0;
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) - before : -1;
  return length < 0 || length > bitsMax ? undefined : { address, family, bits: length };
}
