/** Under which names this computer's page may be asked for, beyond loopback: any other may have been made to point here. */
import { hostname, networkInterfaces } from "node:os";
import { isLoopback } from "../protocol/address.ts";

/** Where the page is served beyond loopback. */
export interface WebAddress {
  /** An IP address of this computer, or `0.0.0.0` or `::` for all of them. */
  address: string;
  /** A name by which others know this computer. */
  publicName?: string | undefined;
}

/** IP addresses of this computer that others on its networks can reach. */
export function reachableAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
    .map(({ address }) => address);
}

/** As in a `Host` header without its port, in lower case. */
export function webNames({ address, publicName }: WebAddress): string[] {
  const addresses = isEvery(address) ? reachableAddresses() : [address];
  const own = hostname();
  const names = [
    own,
    ...(own.includes(".") ? [] : [`${own}.local`]),
    ...(publicName === undefined ? [] : [publicName]),
  ];
  return [...addresses.map(inUrl), ...names].map((name) => name.toLowerCase());
}

/** The one to give to others. */
export function webHost({ address, publicName }: WebAddress): string {
  if (publicName !== undefined) return publicName;
  if (!isEvery(address)) return inUrl(address);
  const all = reachableAddresses();
  return inUrl(all.find((each) => !each.includes(":")) ?? all[0] ?? hostname());
}

/** Whether the page is for this computer alone. */
export function staysHere(web: WebAddress | undefined): web is undefined {
  return web === undefined || isLoopback(web.address);
}

function isEvery(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

function inUrl(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
