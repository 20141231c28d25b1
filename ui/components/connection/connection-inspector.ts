/**
 * Shows both hops of the connection, page to bridge and bridge to chat server: the state of each, its round trip, and
 * the latest raw lines. Loaded when somebody opens it.
 */
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { WireLine } from "../../../protocol/bridge-events.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { isOnline } from "../../store/model/state.ts";
import type { Inspected } from "../../store/services/asking.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { shared } from "../../styles/shared.ts";
import { lockIcon, openLockIcon } from "../shared/icons.ts";
import { OverlayElement } from "../shared/overlay-element.ts";
import { connectionInspectorStyles } from "./connection-inspector.styles.ts";

/** Milliseconds between two measurements. */
const lookEveryMs = 2_000;

@customElement("connection-inspector")
export class ConnectionInspector extends OverlayElement {
  static override styles = [shared, dialogStyles, connectionInspectorStyles];

  readonly #bridge = new SliceController(this, (state) => state.bridge);
  readonly #online = new SliceController(this, isOnline);
  readonly #server = new SliceController(this, (state) => state.server);
  readonly #upstream = new SliceController(this, (state) => state.upstream);

  @state() private inspected: Inspected | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    void this.#look();
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  protected override render() {
    const { texts } = this.locale;
    const { pageMs, serverMs, lines = [] } = this.inspected ?? {};
    const bridgeThere = this.#bridge.value === "open";
    return this.renderDialog(
      texts.connection,
      html`
        ${this.renderTitle(texts.connection)}
        <div class="inside">
          <dl>
            ${this.#renderHop(texts.hopToBridge, bridgeThere, pageMs, location.host)}
            ${this.#renderHop(texts.hopToServer, bridgeThere && this.#online.value, serverMs, this.#about(), this.#renderProtection())}
          </dl>
          <h3 id="lines">${texts.wireLines}</h3>
          <ol tabindex="0" aria-labelledby="lines">
            ${lines.length === 0 ? html`<li class="none">${texts.noWireLines}</li>` : lines.map((line) => this.#renderLine(line))}
          </ol>
        </div>
      `,
    );
  }

  #renderHop(name: string, isThere: boolean, ms: number | undefined, about: string, more: unknown = nothing) {
    const { texts } = this.locale;
    return html`
      <div class=${isThere ? "good" : "bad"}>
        <dt>${name}</dt>
        <dd>
          <span class="state">${isThere ? texts.hopStands : texts.hopBroken}</span>
          ${isThere && ms !== undefined ? html`<span class="ms" translate="no">${texts.milliseconds(this.locale.number(Math.max(1, Math.round(ms))))}</span>` : nothing}
          <span class="about">${about}</span>
        </dd>
        ${more}
      </div>
    `;
  }

  #renderLine({ way, at, text }: WireLine) {
    const { texts } = this.locale;
    return html`
      <li class=${way}>
        <time translate="no" datetime=${at}>${this.locale.clock(at)}</time>
        <span class="spoken">${way === "in" ? texts.fromServer : texts.toServer}</span>
        <code translate="no">${text}</code>
      </li>
    `;
  }

  #renderProtection() {
    const protection = this.#online.value ? this.#upstream.value?.protection : undefined;
    const { texts } = this.locale;
    if (!protection) return nothing;
    if (protection.kind === "none")
      return html`<dd class="protection">${openLockIcon} ${texts.protection.recognised.none}</dd>`;
    const { by, version, key } = protection;
    return html`
      <dd class="protection">${lockIcon} ${texts.protection.recognised[by]}</dd>
      <dd class="about" translate="no">${texts.protection.serverKey(version, key)}</dd>
    `;
  }

  #about(): string {
    return [this.#server.value, this.#upstream.value?.description].filter(Boolean).join(", ");
  }

  async #look(): Promise<void> {
    const inspected = await this.store.asking.inspect();
    const list = this.renderRoot.querySelector("ol");
    const isAtEnd = list && list.scrollHeight - list.scrollTop - list.clientHeight < 24;
    // When the bridge is gone, the last values stay readable.
    this.inspected = inspected ?? this.inspected;
    await this.updateComplete;
    if (list && isAtEnd) list.scrollTop = list.scrollHeight;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "connection-inspector": ConnectionInspector;
  }
}
