/** Web addresses as links, in messages and in texts without marks, such as topics. */
import { html, nothing } from "lit";
import { pageAddress } from "../../controllers/linked-message-controller.ts";
import type { Link } from "../../store/text/markup.ts";
import { withAddresses } from "../../store/text/web-address.ts";

/** An address always runs left to right, or its parts would swap places; a name has its own direction. */
export function renderLink({ text, href, shown, place }: Omit<Link, "kind" | "before" | "after">): unknown {
  // Links to messages open in this window.
  const target = href.startsWith(`${pageAddress()}#`) ? nothing : "_blank";
  const isAddress = place === undefined;
  const link = html`<a href=${href} dir=${isAddress ? "ltr" : "auto"} title=${isAddress ? nothing : href} target=${target} rel="noopener noreferrer">${shown ?? text}</a>`;
  return isAddress ? link : [link, html` <bdi class="place" dir="ltr" translate="no">(${place})</bdi>`];
}

/** A text without marks, with its addresses as links. */
export function linkedText(text: string): unknown[] {
  return withAddresses(text).map((part) => (typeof part === "string" ? part : renderLink(part)));
}
