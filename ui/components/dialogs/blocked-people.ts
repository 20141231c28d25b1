/** The people whom the reader blocks, in the settings; each can be unblocked. */
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { button } from "../../styles/button.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";

@customElement("blocked-people")
export class BlockedPeople extends ChatElement {
  static override styles = [button, shared, rightsStyles];

  /** Undefined until the server has answered. */
  @state() private names: readonly string[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render() {
    const { rights } = this.locale.texts;
    const { names } = this;
    if (names === undefined) return nothing;
    return html`
      <section>
        <h3>${rights.blocked}</h3>
        ${names.length === 0 ? html`<p class="note">${rights.blockedNone}</p>` : this.#renderNames(names)}
      </section>
    `;
  }

  #renderNames(names: readonly string[]) {
    const { rights } = this.locale.texts;
    return html`
      <ul class="list" role="list" aria-label=${rights.blocked}>
        ${names.map(
          (name) => html`
            <li>
              <b translate="no" dir="auto">${name}</b>
              <div class="ways">
                <button class="button outlined small" type="button" @click=${() => this.#unblock(name)}>
                  ${rights.unblock}<span class="spoken">${name}</span>
                </button>
              </div>
            </li>
          `,
        )}
      </ul>
    `;
  }

  async #unblock(name: string): Promise<void> {
    await this.store.asking.moderate({ type: "unblock", name });
    await this.#load();
  }

  async #load(): Promise<void> {
    const answer = await this.store.asking.moderate({ type: "blocked" });
    if (answer.ok) this.names = answer.names;
  }
}
