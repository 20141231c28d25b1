/** Shows whoever started the bridge how others come to its page: a link, and the same as a QR code for a camera. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { encode } from "uqr";
import type { BridgeInvitation } from "../../../protocol/bridge-invitation.ts";
import { copyToClipboard } from "../../browser/clipboard.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { field, shared } from "../../styles/shared.ts";
import { checkIcon, copyIcon } from "../shared/icons.ts";
import { OverlayElement } from "../shared/overlay-element.ts";

/** Cells that must stay white around a code, so that cameras find it (ISO/IEC 18004, 6.3.8). */
const quietCells = 4;

@customElement("invite-dialog")
export class InviteDialog extends OverlayElement {
  static override styles = [
    shared,
    field,
    dialogStyles,
    css`
      svg.code {
        justify-self: center;
        width: min(100%, 18rem);
        height: auto;
        border-radius: var(--radius-m);
      }

      .link {
        display: flex;
        gap: var(--space-2);
      }

      .link input {
        flex: 1;
        min-width: 0;
      }

      pre {
        padding: var(--space-3);
        overflow: auto;
        border-radius: var(--radius-m);
        background: var(--sunken);
        font-size: var(--text-s);
        user-select: all;
        white-space: pre-wrap;
      }
    `,
  ];

  /** Undefined until the bridge answers. */
  @state() private invitation: BridgeInvitation | "no answer" | undefined;
  @state() private copied: boolean | undefined;
  @query("#link") private linkField!: HTMLInputElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#ask();
  }

  protected override render() {
    const { title } = this.locale.texts.invite;
    return this.renderDialog(title, html`${this.renderTitle(title)}<div class="inside">${this.#renderAnswer()}</div>`);
  }

  #renderAnswer() {
    const texts = this.locale.texts.invite;
    const { invitation } = this;
    if (invitation === undefined) return nothing;
    if (invitation === "no answer" || invitation.kind === "not-yours")
      return html`<p role="status">${texts.noAnswer}</p>`;
    if (invitation.kind === "here-only") {
      return html`<p role="status">${texts.hereOnly}</p><pre translate="no"><code>${invitation.command}</code></pre>`;
    }
    return this.#renderLink(invitation.link);
  }

  #renderLink(link: string) {
    const { invite, copyLink, copied, notCopied } = this.locale.texts;
    const said = this.copied === undefined ? "" : this.copied ? copied : notCopied;
    return html`
      <p>${invite.how}</p>
      ${this.#renderCode(link)}
      <div class="link">
        <input class="field" id="link" type="text" readonly translate="no" aria-label=${invite.link} .value=${link} />
        <button class="button outlined" type="button" @click=${() => this.#copy(link)}>
          ${this.copied ? checkIcon : copyIcon}${copyLink}
        </button>
      </div>
      <p class="note" role="status">${said}</p>
      <p class="note">${invite.until}</p>
    `;
  }

  /** Dark on light in every theme: not every camera reads the reverse. */
  #renderCode(link: string) {
    const { data, size } = encode(link, { border: quietCells });
    const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return html`
      <svg class="code" role="img" aria-label=${this.locale.texts.invite.code} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
        <rect width="100%" height="100%" fill="#fff" />
        <path d=${cells.join("")} fill="#000" />
      </svg>
    `;
  }

  async #ask(): Promise<void> {
    this.invitation = (await this.store.asking.invitation()) ?? "no answer";
  }

  /** Where the browser does not allow it, the link is at least selected. */
  async #copy(link: string): Promise<void> {
    this.copied = await copyToClipboard(link);
    if (!this.copied) this.linkField?.select();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "invite-dialog": InviteDialog;
  }
}
