/** A message's text as a template: its links clickable, everything else as it was written. */
import { html, type TemplateResult } from "lit";
import { linkify } from "../store/linkify.ts";

export function messageText(text: string): (string | TemplateResult)[] {
  return linkify(text).map((part) =>
    part.href === undefined
      ? part.text
      : html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.text}</a>`,
  );
}
