/** A person's initials on their colour. Decoration: the name always stands beside it, so it is not read aloud. */
import "@awesome.me/webawesome/dist/components/avatar/avatar.js";
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { initials, nameHue } from "../store/people.ts";

@customElement("person-avatar")
export class PersonAvatar extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
      flex: none;
      font-size: 0;
    }

    wa-avatar {
      --size: var(--avatar-size, 2.25rem);
      background-color: oklch(from var(--person-fill) l c var(--hue));
      color: oklch(from var(--person-ink) l c var(--hue));
      font: 600 0.8125rem / 1 var(--font);
    }
  `;

  @property() name = "";

  protected override willUpdate(_changed: PropertyValues): void {
    // A style attribute in the template would break the content security policy; the style object does not.
    this.style.setProperty("--hue", String(nameHue(this.name)));
  }

  protected override render() {
    return html`<wa-avatar aria-hidden="true" initials=${initials(this.name)} label=${this.name}></wa-avatar>`;
  }
}
