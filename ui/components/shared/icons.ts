/**
 * The page's own icons, inline: the content security policy allows no other origin, and an icon font would be one more
 * file.
 */
import { svg, type TemplateResult } from "lit";

function icon(paths: TemplateResult): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
    stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;
}

export const armchairIcon = icon(svg`
  <path d="M6.5 10.5V8A3 3 0 0 1 9.5 5h5a3 3 0 0 1 3 3v2.5" />
  <path d="M6.5 13a2 2 0 1 0-2.75 1.85V18h16.5v-3.15A2 2 0 1 0 17.5 13v1.5h-11zM6 18v1.5M18 18v1.5" />`);
export const peopleIcon = icon(svg`
  <circle cx="9" cy="8" r="3.25" />
  <path d="M3 19c.4-3.3 2.9-5 6-5s5.6 1.7 6 5M15.5 5.1a3.25 3.25 0 0 1 0 5.8M17.5 14.5c2 .7 3.2 2.2 3.5 4.5" />`);
export const sendIcon = icon(svg`<path d="M20.5 3.5 3.5 10l7 3.5 3.5 7zM10.5 13.5l4-4" />`);
export const downIcon = icon(svg`<path d="M12 5v14M6 13l6 6 6-6" />`);
export const exportIcon = icon(svg`<path d="M12 4v11M7 10.5l5 4.5 5-4.5M4.5 19.5h15" />`);
export const upIcon = icon(svg`<path d="M12 19V5M6 11l6-6 6 6" />`);
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6 6 18" />`);
export const phoneIcon = icon(svg`<rect x="7" y="3" width="10" height="18" rx="2" /><path d="M11 17.5h2" />`);
export const roomsIcon = icon(svg`<path d="M9.5 4 7 20M17 4l-2.5 16M4.5 9h16M3.5 15h16" />`);
export const plusIcon = icon(svg`<path d="M12 5v14M5 12h14" />`);
export const smileIcon = icon(
  svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 14a4 4 0 0 0 7 0M9 9.5v.5M15 9.5v.5" />`,
);
export const replyIcon = icon(svg`<path d="M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6v.5" />`);
export const penIcon = icon(svg`<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5" />`);
export const binIcon = icon(svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 11v5M14 11v5" />`);
export const copyIcon = icon(
  svg`<rect x="9" y="9" width="11" height="11" rx="2" /><path d="M15 5.5V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v8.5A1.5 1.5 0 0 0 5 15h.5" />`,
);
export const checkIcon = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`);
export const linkIcon = icon(
  svg`<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1" />`,
);
export const moreIcon = icon(svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="2.6" />`);
export const searchIcon = icon(svg`<circle cx="10.5" cy="10.5" r="6" /><path d="M15 15l5.5 5.5" />`);
export const leaveIcon = icon(svg`<path d="M10 4H5.5v16H10M10 12h10M16 8l4 4-4 4" />`);
export const lockIcon = icon(
  svg`<rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" />`,
);
export const openLockIcon = icon(
  svg`<rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V7a4 4 0 0 1 7.7-1.5" />`,
);
export const menuIcon = icon(svg`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="3" />`);
export const goIcon = icon(svg`<path d="M4 12h15M13 6l6 6-6 6" />`);
export const keyboardIcon = icon(
  svg`<rect x="3" y="6" width="18" height="12" rx="2" /><path d="M7 10v.01M11 10v.01M15 10v.01M8 14h8" />`,
);
export const settingsIcon = icon(
  svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />`,
);
export const quitIcon = icon(svg`<path d="M12 4v8M7 6.5a7.5 7.5 0 1 0 10 0" />`);
export const personIcon = icon(
  svg`<circle cx="12" cy="8" r="3.75" /><path d="M4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6" />`,
);
export const eyeIcon = icon(
  svg`<path d="M2.5 12c2-4.3 5.5-6.5 9.5-6.5s7.5 2.2 9.5 6.5c-2 4.3-5.5 6.5-9.5 6.5S4.5 16.3 2.5 12z" /><circle cx="12" cy="12" r="3" />`,
);
export const hiddenIcon = icon(
  svg`<path d="M2.5 12c2-4.3 5.5-6.5 9.5-6.5s7.5 2.2 9.5 6.5c-2 4.3-5.5 6.5-9.5 6.5S4.5 16.3 2.5 12zM4 4l16 16" /><circle cx="12" cy="12" r="3" />`,
);
export const verifiedIcon = icon(
  svg`<path d="M12 3.5l6.5 2.5v5.5c0 4-2.600 7-6.5 8.800-3.9-1.800-6.5-4.800-6.5-8.800V6zM9 11.800l2.2 2.2 3.9-4" />`,
);
export const banIcon = icon(svg`<circle cx="12" cy="12" r="8" /><path d="M6.5 6.5l11 11" />`);
export const flagIcon = icon(svg`<path d="M6 20.5V4.5M6 5h11.5l-2.5 4 2.5 4H6" />`);
export const listIcon = icon(svg`<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01" />`);
