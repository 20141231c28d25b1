/** Finds the web addresses in a text. Only http and https: any other scheme stays text. It renders nothing. */

export interface TextPart {
  text: string;
  /** Present when the part is a link. */
  href?: string;
}

/** An address ends at white space, or at characters that quote or bracket addresses in prose. */
const candidate = /\bhttps?:\/\/[^\s<>"“”«»`]+/giu;
const closers: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Cuts `text` into parts that together are `text` again. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const address = withoutProse(match[0]);
    const href = parseAddress(address);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Drops the punctuation of the sentence around an address, and a closing bracket that was opened outside of it. */
function withoutProse(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    const opener = closers[last];
    if (opener !== undefined) {
      const inside = address.slice(0, end);
      if (inside.split(opener).length >= inside.split(last).length) break;
    } else if (!/[.,;:!?'’*_~]/.test(last)) break;
  }
  return address.slice(0, end);
}

/** A user name before the host only serves to disguise where a link leads, so such an address stays text. */
function parseAddress(address: string): string | undefined {
  const url = URL.parse(address);
  return url && url.username === "" && url.password === "" ? url.href : undefined;
}
