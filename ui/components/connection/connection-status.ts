/**
 * Shows the state of both hops: page to bridge, bridge to chat server. The countdown is not read aloud: every second,
 * it would drown out everything else.
 */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { ClockController } from "../../controllers/clock-controller.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { lockIcon, openLockIcon } from "../shared/icons.ts";

const countdownTickMs = 250;

interface Condition {
  tone: "good" | "wait" | "bad";
  text: string;
}

@customElement("connection-status")
export class ConnectionStatus extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        font-size: var(--text-s);
      }

      [role="status"] {
        display: flex;
        align-items: baseline;
        flex-wrap: wrap;
        gap: 0 var(--space-2);
        line-height: 1.4;
      }

      .text {
        display: flex;
        gap: var(--space-2);
        padding: var(--space-1) var(--space-2);
        border: 0;
        border-radius: var(--radius-s);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }

      @media (hover: hover) {
        .text:hover {
          background: var(--sunken);
        }
      }

      /* On a line of its own, it starts where the line starts. */
      .wait .text,
      .bad .text {
        margin-inline: calc(-1 * var(--space-2));
      }

      @media (pointer: coarse) {
        .text {
          min-width: 2.75rem;
          min-height: 2.75rem;
          align-items: center;
          justify-content: center;
        }
      }

      /* On a phone, the dot alone shows that all is well. */
      @media (width < 30rem) {
        .text {
          padding-inline: 0;
        }

        .wait .text,
        .bad .text {
          margin-inline: 0;
        }

        /* Below the words, where they start. */
        .countdown {
          padding-inline-start: 1rem;
        }

        /* The room's name needs the space more. */
        .good .text {
          min-width: 1.5rem;
        }

        .good .words {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }

      .protection {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        color: var(--ink-quiet);
      }

      .protection .icon {
        width: 1em;
        height: 1em;
      }

      .dot {
        flex: none;
        width: 0.5rem;
        height: 0.5rem;
        margin-top: 0.45em;
        border-radius: 50%;
        background: currentColor;
      }

      @media (pointer: coarse) {
        .dot {
          margin-top: 0;
        }
      }

      /* With forced colours, the dot would lose its own. */
      @media (forced-colors: active) {
        .dot {
          background: CanvasText;
          forced-color-adjust: none;
        }
      }

      @media (width >= 30rem) {
        .countdown::before {
          content: "· ";
        }
      }

      .good {
        color: var(--good);
      }

      .wait {
        color: var(--wait);
      }

      .bad {
        color: var(--bad);
      }

      .wait .dot,
      .bad .dot {
        animation: breathe 1.6s ease-in-out infinite;
      }

      @keyframes breathe {
        50% {
          opacity: 0.25;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        .dot {
          animation: none !important;
        }
      }
    `,
  ];

  readonly #bridge = new SliceController(this, (state) => state.bridge);
  readonly #connection = new SliceController(this, (state) => state.connection);
  readonly #server = new SliceController(this, (state) => state.server);
  readonly #clock = new ClockController(this);

  @state() private inspecting = false;
  @query("button") private button!: HTMLButtonElement | null;

  /** Reflected, so that the header can give problems a line of their own. */
  @property({ reflect: true }) tone: Condition["tone"] = "wait";

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.tone = this.#condition().tone;
    const counting = this.#bridge.value === "open" && this.#connection.value.phase === "waiting";
    this.#clock.tick(counting ? countdownTickMs : 0);
  }

  protected override render() {
    const { tone, text } = this.#condition();
    return html`
      <div role="status" aria-label=${this.locale.texts.connection} class=${tone}>
        <button type="button" class="text" title=${this.locale.texts.inspect} aria-haspopup="dialog" @click=${this.#inspect}>
          <span class="dot"></span><span class="words">${text}</span> ${this.#renderProtection()}
        </button>
        ${this.#renderCountdown()}
      </div>
      ${this.inspecting ? html`<connection-inspector @overlay-closed=${this.#stopInspecting}></connection-inspector>` : nothing}
    `;
  }

  /** Nothing while nothing leaves this computer. */
  #renderProtection() {
    const { texts } = this.locale;
    const connection = this.#connection.value;
    if (this.#bridge.value !== "open" || connection.phase !== "online") return nothing;
    switch (connection.upstream.protection?.kind) {
      case "tls":
        return html`<span class="protection">${lockIcon}<span class="spoken">${texts.protection.encrypted}</span></span>`;
      case "none":
        return html`<span class="protection">${openLockIcon}<span class="words">${texts.protection.notEncrypted}</span></span>`;
      default:
        return nothing;
    }
  }

  async #inspect(): Promise<void> {
    await import("./connection-inspector.ts");
    this.inspecting = true;
  }

  #stopInspecting(): void {
    this.inspecting = false;
    this.button?.focus();
  }

  #renderCountdown() {
    const { texts } = this.locale;
    const connection = this.#connection.value;
    if (this.#bridge.value !== "open" || connection.phase !== "waiting") return nothing;
    const seconds = Math.ceil((connection.retryAtMs - this.#clock.nowMs) / 1_000);
    return html`<span class="countdown" translate="no" aria-hidden="true">${seconds > 0 ? texts.nextAttempt(seconds) : texts.nextAttemptNow}</span>`;
  }

  #condition(): Condition {
    const { texts } = this.locale;
    if (this.#bridge.value === "connecting") return { tone: "wait", text: texts.reachingBridge };
    if (this.#bridge.value !== "open") return { tone: "bad", text: texts.bridgeLost };
    const connection = this.#connection.value;
    switch (connection.phase) {
      case "online":
        return { tone: "good", text: texts.online };
      case "connecting":
        return { tone: "wait", text: this.#server.value ? texts.connectingTo(this.#server.value) : texts.connecting };
      case "waiting":
        return {
          tone: "wait",
          text: texts.waiting(texts.connectionErrors[connection.error.code] ?? connection.error.message),
        };
      case "idle":
        return { tone: "wait", text: texts.notInChat };
    }
  }
}
