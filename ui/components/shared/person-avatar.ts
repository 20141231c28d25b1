/** A person's initials on their colour. Decoration: the name always stands beside it, so it is not read aloud. */
import { css, html, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { initials, nameHue } from "../../store/model/people.ts";
import { PageElement } from "./page-element.ts";

@customElement("person-avatar")
export class PersonAvatar extends PageElement {
  static override styles = css`
    :host {
      display: inline-block;
      flex: none;
    }

    span {
      display: grid;
      place-items: center;
      width: var(--avatar-size);
      height: var(--avatar-size);
      overflow: hidden;
      border-radius: 50%;
      background-color: oklch(from var(--person-fill) l c var(--hue));
      color: oklch(from var(--person-ink) l c var(--hue));
      font: 600 calc(var(--avatar-size) * 0.36) / 1 var(--font);
      user-select: none;
      white-space: nowrap;
    }

    /* With forced colours, only a border is visible. */
    @media (forced-colors: active) {
      span {
        border: 1px solid;
      }
    }
  `;

  @property() name = "";

  protected override willUpdate(_changed: PropertyValues): void {
    // A style attribute in the template would violate the content security policy; the style object does not.
    this.style.setProperty("--hue", String(nameHue(this.name)));
  }

  protected override render() {
    return html`<span translate="no" aria-hidden="true" dir="auto">${initials(this.name)}</span>`;
  }
}
