/** The way into other rooms: a name to join or create, and a list of existing rooms. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { RoomInfo } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import { parseRoomName } from "../../../protocol/names.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { isOnline } from "../../store/model/state.ts";
import { button } from "../../styles/button.ts";
import { field, roomButton, shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { plusIcon } from "../shared/icons.ts";

@customElement("join-room")
export class JoinRoom extends ChatElement {
  static override styles = [
    button,
    shared,
    roomButton,
    field,
    css`
      .toggle {
        width: 100%;
        --button-padding: var(--space-2);
        /* In some languages the words need two lines. */
        white-space: normal;
      }

      .toggle .icon {
        flex: none;
        width: 1rem;
        height: 1rem;
      }

      .panel {
        display: grid;
        gap: var(--space-3);
        margin-top: var(--space-3);
      }

      form {
        display: grid;
        gap: var(--space-2);
      }

      label {
        font-size: var(--text-s);
        font-weight: 600;
      }

      ul {
        display: grid;
        gap: 0.125rem;
      }

      .room {
        display: grid;
      }

      .topic,
      .count {
        color: var(--ink-quiet);
        font-size: var(--text-xs);
      }

      @media (pointer: coarse) {
        .room {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  readonly #online = new SliceController(this, isOnline);

  @state() private isOpen = false;
  /** Undefined until the server has answered. */
  @state() private rooms: readonly RoomInfo[] | undefined;
  @state() private problem: string | undefined;
  @query("input") private input!: HTMLInputElement | null;

  protected override render() {
    const { texts } = this.locale;
    return html`
      <button class="button toggle outlined small" type="button" aria-expanded=${this.isOpen} @click=${this.#toggle}>
        ${plusIcon}${texts.joinOrCreate}
      </button>
      ${this.isOpen ? this.#renderPanel() : nothing}
    `;
  }

  #renderPanel() {
    const { texts } = this.locale;
    return html`
      <div class="panel">
        <form @submit=${this.#submit} novalidate>
          <label for="room">${texts.room}</label>
          <input
            class="field"
            id="room"
            dir="auto"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            maxlength=${wireLimits.nameCharsMax * 2}
            aria-invalid=${this.problem === undefined ? "false" : "true"}
            aria-describedby="problem"
            @input=${this.#edit}
          />
          <p id="problem" class="problem" aria-live="polite">${this.problem}</p>
          <button class="button brand small" type="submit" ?disabled=${!this.#online.value}>${texts.joinRoom}</button>
        </form>
        ${this.rooms === undefined ? nothing : this.#renderRooms(this.rooms)}
      </div>
    `;
  }

  #renderRooms(rooms: readonly RoomInfo[]) {
    const { texts } = this.locale;
    return html`
      <ul role="list" aria-label=${texts.allRooms}>
        ${rooms.map(
          ({ room, topic, count }) => html`
            <li>
              <button type="button" class="room" @click=${() => this.#join(room)}>
                <span><bdi translate="no">${room}</bdi></span>
                ${topic === "" ? nothing : html`<span class="topic"><bdi>${topic}</bdi></span>`}
                <span class="count">${texts.peopleCount(count)}</span>
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }

  async #toggle(): Promise<void> {
    this.isOpen = !this.isOpen;
    this.problem = undefined;
    if (!this.isOpen) return;
    await this.updateComplete;
    this.input?.focus();
    const answer = await this.store.asking.listRooms();
    if (answer.ok) this.rooms = answer.rooms;
    else this.problem = this.#say(answer);
  }

  #edit(): void {
    this.problem = undefined;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const name = parseRoomName(this.input?.value ?? "");
    if (name === undefined) {
      this.problem = this.locale.texts.roomNameProblem;
      this.input?.focus();
    } else void this.#join(name);
  }

  async #join(room: string): Promise<void> {
    const answer = await this.store.asking.joinRoom(room);
    if (answer.ok) this.isOpen = false;
    else this.problem = this.#say(answer);
  }

  #say({ code, message }: { code: string; message: string }): string {
    return this.locale.texts.failures[code] ?? message;
  }
}
