/** A list of addresses and ranges of them, in CIDR notation (RFC 4632, RFC 4291): `10.0.0.0/8`, `2001:db8::/32`, `::1`. */
import { BlockList, isIP, isIPv6 } from "node:net";

export class AddressRanges {
  #list = new BlockList();

  /** @param ranges each of them allowed by `isAddressRange` */
  constructor(ranges: readonly string[]) {
    this.replace(ranges);
  }

  replace(ranges: readonly string[]): void {
    const list = new BlockList();
    for (const range of ranges) {
      const [address = "", bits] = range.split("/");
      const family = isIPv6(address) ? "ipv6" : "ipv4";
      list.addSubnet(address, bits === undefined ? bitsOf(address) : Number(bits), family);
    }
    this.#list = list;
  }

  /** @param address as a socket reports it: IPv4 may be mapped into IPv6, and a zone may follow */
  has(address: string): boolean {
    const plain = plainAddress(address);
    return isIP(plain) !== 0 && this.#list.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
  }
}

export function isAddressRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  if (isIP(address) === 0 || address.includes("%") || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bitsOf(address));
}

/** Without the zone, and IPv4 as such. */
export function plainAddress(address: string): string {
  const [withoutZone = ""] = address.split("%");
  return withoutZone.replace(/^::ffff:(?=\d+\.)/i, "");
}

function bitsOf(address: string): number {
  return isIPv6(address) ? 128 : 32;
}
