/** Web addresses as links, in messages and in words that have no marks, such as topics. */
import { html, nothing } from "lit";
import { pageAddress } from "../../controllers/linked-message-controller.ts";
import type { Link } from "../../store/text/markup.ts";
import { withAddresses } from "../../store/text/web-address.ts";

/** An address goes from left to right wherever it stands, or its parts would change places; a name goes its own way. */
export function renderLink({ text, href, shown, place }: Omit<Link, "kind" | "before" | "after">): unknown {
  // What leads to a message is followed in this window.
  const target = href.startsWith(`${pageAddress()}#`) ? nothing : "_blank";
  const isAddress = place === undefined;
  const link = html`<a href=${href} dir=${isAddress ? "ltr" : "auto"} title=${isAddress ? nothing : href} target=${target} rel="noopener noreferrer">${shown ?? text}</a>`;
  return isAddress ? link : [link, html` <bdi class="place" dir="ltr" translate="no">(${place})</bdi>`];
}

/** A text without marks, its addresses as links. */
export function linkedText(text: string): unknown[] {
  return withAddresses(text).map((part) => (typeof part === "string" ? part : renderLink(part)));
}
