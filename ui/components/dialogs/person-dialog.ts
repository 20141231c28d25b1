/** What the reader may do about a person: only what they may is offered, and what needs an end or a reason asks for it. */
import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { lobby, privateRoom } from "../../../protocol/names.ts";
import { mayDo, type RightsCommand } from "../../store/model/rights.ts";
import { isPrivate } from "../../store/model/state.ts";
import { type PersonAction, personActions } from "../../store/selectors/person-actions.ts";
import { choiceStyles } from "../../styles/choices.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { rightsStyles } from "../../styles/rights.ts";
import { field, shared } from "../../styles/shared.ts";
import { RightsDialog } from "../shared/rights-dialog.ts";
import { named } from "../shared/sentence.ts";
import type { SanctionEvent } from "./sanction-form.ts";
import "./sanction-form.ts";

/** What asks for more before it is done. */
type Sanction = Extract<PersonAction, "mute" | "kick" | "ban">;

@customElement("person-dialog")
export class PersonDialog extends RightsDialog {
  static override styles = [shared, field, choiceStyles, dialogStyles, rightsStyles];

  @property() name = "";
  /** What is to be done at once. */
  @property({ attribute: false }) action: PersonAction | undefined;
  @state() private sanction: Sanction | undefined;
  /** Undefined until the server has answered. */
  @state() private isMuted: boolean | undefined;
  @state() private isBlocked: boolean | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (isSanction(this.action)) this.sanction = this.action;
    void this.#look();
  }

  protected override render() {
    const { rights } = this.locale.texts;
    return this.renderDialog(
      rights.aboutPerson(this.name),
      html`
        ${this.renderTitle(this.name)}
        <div class="inside">${this.renderOutcome()}${this.sanction ? this.#renderForm(this.sanction) : this.#renderActions()}</div>
      `,
    );
  }

  #renderForm(sanction: Sanction) {
    return html`
      <sanction-form
        .sanction=${sanction}
        .busy=${this.isAsking}
        @sanction=${(event: SanctionEvent) => void this.#punish(sanction, event)}
        @leave-sanction=${() => {
          this.sanction = undefined;
        }}
      ></sanction-form>
    `;
  }

  #renderActions() {
    const actions = personActions(this.store.state, this.place, this.name).filter((action) => this.#isSensible(action));
    return html`<div class="actions">${actions.map((action) => this.#renderAction(action))}</div>`;
  }

  /** Of two opposites, only one makes sense. */
  #isSensible(action: PersonAction): boolean {
    if (action === "mute") return this.isMuted !== true;
    if (action === "unmute") return this.isMuted === true;
    return action !== "block" || this.isBlocked !== undefined;
  }

  #renderAction(action: PersonAction) {
    const [label, about] = this.#words(action);
    const isHard = action === "kick" || action === "ban";
    return html`
      <button type="button" class=${isHard ? "action danger" : "action"} ?disabled=${this.isAsking} @click=${() => this.#act(action)}>
        <b>${label}</b>${about === undefined ? nothing : html`<span class="note">${about}</span>`}
      </button>
    `;
  }

  #words(action: PersonAction): [label: string, about?: string] {
    const { rights } = this.locale.texts;
    const inChat = this.place.name === lobby;
    switch (action) {
      case "message":
        return [rights.privateMessage];
      case "mute":
        return [`${rights.mute}…`, rights.muteAbout];
      case "unmute":
        return [rights.unmute];
      case "kick":
        return [`${rights.kick}…`, inChat ? rights.kickChatAbout : rights.kickAbout];
      case "ban":
        return [`${rights.ban}…`, inChat ? rights.banChatAbout : rights.banAbout];
      case "moderator":
        return [rights.makeModerator];
      case "owner":
        return [rights.makeOwner];
      case "none":
        return [rights.makeNothing];
      case "block":
        return this.isBlocked ? [rights.unblock] : [rights.block, rights.blockAbout];
    }
  }

  #act(action: PersonAction): void {
    const { name } = this;
    const { done } = this.locale.texts.rights;
    const room = this.place.name;
    switch (action) {
      case "message":
        this.close();
        void this.store.asking.joinRoom(privateRoom(name));
        return;
      case "mute":
      case "kick":
      case "ban":
        this.outcome = undefined;
        this.sanction = action;
        return;
      case "unmute":
        void this.#do({ type: "unmute", room, name }, done.unmute(named(name)));
        return;
      case "block":
        void (this.isBlocked
          ? this.#do({ type: "unblock", name }, done.unblock(named(name)))
          : this.#do({ type: "block", name }, done.block(named(name))));
        return;
      default:
        void this.#do({ type: "role", room, name, role: action }, done.role);
    }
  }

  async #punish(sanction: Sanction, { until, reason, whom }: SanctionEvent): Promise<void> {
    const { name } = this;
    const room = this.place.name;
    const said = this.locale.texts.rights.done[sanction](named(whom.pattern ?? whom.address ?? name));
    const because = reason === "" ? {} : { reason };
    const end = until === undefined ? {} : { until };
    const target = whom.pattern === undefined && whom.address === undefined ? { name, ...whom } : whom;
    const commands: Record<Sanction, RightsCommand> = {
      kick: { type: "kick", room, name, ...because },
      mute: { type: "mute", room, name, ...end, ...because },
      ban: { type: "ban", room, ...target, ...end, ...because },
    };
    if (await this.#do(commands[sanction], said)) this.sanction = undefined;
  }

  async #do(command: RightsCommand, done: string): Promise<boolean> {
    const isDone = await this.ask(command, done);
    if (isDone) await this.#look();
    return isDone;
  }

  /** The server knows what is decided about the person already. */
  async #look(): Promise<void> {
    const { asking } = this.store;
    const room = this.place;
    const blocked = await asking.moderate({ type: "blocked" });
    if (blocked.ok) this.isBlocked = blocked.names.includes(this.name);
    if (isPrivate(room.name) || !mayDo(room, "bans")) return;
    const rules = await asking.moderate({ type: "bans", room: room.name });
    if (rules.ok) this.isMuted = rules.mutes.some(({ name }) => name === this.name);
  }
}

function isSanction(action: PersonAction | undefined): action is Sanction {
  return action === "mute" || action === "kick" || action === "ban";
}
