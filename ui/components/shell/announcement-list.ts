/** What concerns the reader above the messages: invitations, reports, why they are no longer in a room. */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { SliceController } from "../../controllers/slice-controller.ts";
import { sayFailure } from "../../locales/failure.ts";
import type { Announcement } from "../../store/model/announcement.ts";
import { button } from "../../styles/button.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { closeIcon } from "../shared/icons.ts";
import { OpenOverlayEvent } from "../shared/overlay-events.ts";
import { named, sentence } from "../shared/sentence.ts";

@customElement("announcement-list")
export class AnnouncementList extends ChatElement {
  static override styles = [
    button,
    shared,
    css`
      :host {
        display: block;
        max-height: 30vh;
        overflow-y: auto;
        scrollbar-width: thin;
        background: var(--accent-soft);
        color: var(--accent-soft-ink);
        font-size: var(--text-s);
      }

      /* As wide as the messages. */
      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        max-width: 56rem;
        margin-inline: auto;
        padding: var(--space-1) var(--space-4);
      }

      p {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .button {
        --button-height: var(--target);
        --button-padding: 0.75rem;

        flex: none;
        color: inherit;
      }

      .button.outlined {
        border-color: currentcolor;
      }

      .problem {
        display: block;
        color: var(--bad);
      }

      @media (width < 48rem) {
        li {
          padding-inline: var(--space-3);
        }
      }

      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  readonly #announcements = new SliceController(this, ({ announcements }) => announcements);
  /** Why an invitation led nowhere. */
  @state() private problem: { key: string; said: string } | undefined;

  protected override render() {
    const announcements = this.#announcements.value;
    return html`
      <div role="status">
        ${
          announcements.length === 0
            ? nothing
            : html`
                <ul role="list" aria-label=${this.locale.texts.rights.announcements}>
                  ${repeat(
                    announcements,
                    ({ key }) => key,
                    (announcement) => html`<li>${this.#renderAnnouncement(announcement)}</li>`,
                  )}
                </ul>
              `
        }
      </div>
    `;
  }

  #renderAnnouncement(announcement: Announcement) {
    const { key } = announcement;
    const { dismiss } = this.locale.texts;
    const problem = this.problem?.key === key ? html` <span class="problem">${this.problem.said}</span>` : nothing;
    return html`
      <p>${sentence(this.#said(announcement))}${problem}</p>
      ${this.#renderWay(announcement)}
      <button class="button" type="button" title=${dismiss} @click=${() => this.store.dismiss(key)}>
        <span class="spoken">${dismiss}</span>${closeIcon}
      </button>
    `;
  }

  #renderWay(announcement: Announcement) {
    const { rights } = this.locale.texts;
    const { key, kind, room } = announcement;
    if (kind === "invited") return this.#renderButton(rights.join, () => void this.#join(key, room));
    if (kind !== "reported") return nothing;
    return this.#renderButton(rights.showReports, () => {
      this.store.dismiss(key);
      this.dispatchEvent(new OpenOverlayEvent("reports", { room }));
    });
  }

  #renderButton(label: string, act: () => void) {
    return html`<button class="button outlined small" type="button" @click=${act}>${label}</button>`;
  }

  #said(announcement: Announcement): string {
    const { rights } = this.locale.texts;
    const room = named(announcement.room);
    switch (announcement.kind) {
      case "invited":
        return rights.invitedBy(named(announcement.from), room);
      case "room-removed":
        return rights.roomRemoved(named(announcement.from), room);
      case "reported": {
        const by = named(announcement.by);
        const said = announcement.private ? rights.reportedPrivately(by) : rights.reportedBy(by, room);
        return announcement.reason === undefined ? said : rights.because(said, announcement.reason);
      }
      case "taken-out": {
        const { reason, by, why } = announcement;
        const [known, unknown] =
          reason === "banned"
            ? [rights.youWereBanned, rights.youWereBannedBySomebody]
            : [rights.youWereTakenOut, rights.youWereTakenOutBySomebody];
        const said = by === undefined ? unknown(room) : known(named(by), room);
        return why === undefined ? said : rights.because(said, why);
      }
    }
  }

  async #join(key: string, room: string): Promise<void> {
    const answer = await this.store.asking.joinRoom(room);
    if (answer.ok) this.store.dismiss(key);
    else this.problem = { key, said: sayFailure(answer, this.locale) };
  }
}
