/** The tab's icon, with a dot while something is unread. */
import icon from "../favicon.svg?raw";

/** Drawn over the icon, in its coordinates. */
const dot = '<circle cx="24" cy="8" r="7" fill="#e5402a" stroke="#ffffff" stroke-width="2"/></svg>';
const marked = `data:image/svg+xml,${encodeURIComponent(icon.replace("</svg>", dot))}`;

let plain: string | undefined;

export function markFavicon(isUnread: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  plain ??= link.href;
  const wanted = isUnread ? marked : plain;
  if (link.href !== wanted) link.href = wanted;
}
