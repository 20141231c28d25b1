/** Finds the web address at a place in a text. Only http and https: any other scheme stays text. It renders nothing. */

export interface Address {
  /** As it is written. */
  text: string;
  /** Absent for what only begins like an address. */
  href?: string;
}

/** An address ends at white space, or at characters that quote or bracket addresses in prose. */
const candidate = /https?:\/\/[^\s<>"“”«»`]*/iuy;
const closers: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** The address that begins at `index`, or what stands there in its place. */
export function addressAt(text: string, index: number): Address {
  candidate.lastIndex = index;
  const found = candidate.exec(text)?.[0] ?? "";
  const address = withoutProse(found);
  const href = parseAddress(address);
  return href === undefined ? { text: found } : { text: address, href };
}

/** Drops the punctuation of the sentence around an address, and a closing bracket that was opened outside of it. */
function withoutProse(address: string): string {
  const counts: Record<string, number> = {};
  for (const character of address) counts[character] = (counts[character] ?? 0) + 1;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    const opener = closers[last];
    if (opener !== undefined) {
      if ((counts[opener] ?? 0) >= (counts[last] ?? 0)) break;
      counts[last] = (counts[last] ?? 0) - 1;
    } else if (!/[.,;:!?'’*_~]/.test(last)) break;
  }
  return address.slice(0, end);
}

/** A user name before the host only serves to disguise where a link leads, so such an address stays text. */
export function parseAddress(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address)) return undefined;
  const url = URL.parse(address);
  return url && url.username === "" && url.password === "" ? url.href : undefined;
}
