/**
 * The person's account: protects the name with a password, changes or ends it, and shows where the person is signed in.
 * Whether the name is theirs is asked of the server each time, because it may have changed elsewhere.
 */
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { SessionInfo } from "../../../protocol/account-commands.ts";
import { SliceController } from "../../controllers/slice-controller.ts";
import { isOnline, type ServerHop } from "../../store/model/state.ts";
import { dialogStyles } from "../../styles/dialog.ts";
import { shared } from "../../styles/shared.ts";
import { personIcon, verifiedIcon } from "../shared/icons.ts";
import { OverlayElement } from "../shared/overlay-element.ts";
import type { AccountOverlay } from "../shared/overlay-events.ts";
import { named, sentence } from "../shared/sentence.ts";
import { accountStyles } from "./account-dialog.styles.ts";
import type { AccountAction, AccountFormEvent } from "./account-form.ts";
import "./account-form.ts";

/** What the server says of the name: `guest`: nobody's; `registered`: the person's, who is signed in there. */
type AccountAnswer =
  | { kind: "asking" }
  | { kind: "guest" }
  | { kind: "registered"; sessions: readonly SessionInfo[] }
  | { kind: "unknown"; said: string };

@customElement("account-dialog")
export class AccountDialog extends OverlayElement {
  static override styles = [shared, dialogStyles, accountStyles];

  /** What the person wanted to do when they opened it. */
  @property() begin: AccountOverlay = "account";

  readonly #name = new SliceController(this, (state) => state.name ?? "");
  readonly #connection = new SliceController(this, (state) => state.connection);
  readonly #joinState = new SliceController(this, (state) => state.joinState);
  @state() private standing: AccountAnswer = { kind: "asking" };
  @state() private action: AccountAction | undefined;
  /** What has just been done. */
  @state() private said = "";
  /** The connection on which the server was asked last. */
  #asked: ServerHop | undefined;

  protected override firstUpdated(): void {
    super.firstUpdated();
    void this.#open();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // Whoever is signed out, here or elsewhere, is asked in the join form.
    if (this.#joinState.value !== "in") this.close();
    const isBack = isOnline(this.store.state) && this.#connection.value !== this.#asked;
    if (isBack && this.standing.kind === "unknown") void this.#look();
  }

  protected override render() {
    const { title } = this.locale.texts.account;
    return this.renderDialog(
      title,
      html`
        ${this.renderTitle(title)}
        <div class="inside">
          <p class="said" role="status">${this.said === "" ? nothing : sentence(this.said)}</p>
          ${this.action === undefined ? this.#renderStanding(this.standing) : this.#renderForm(this.action)}
        </div>
      `,
    );
  }

  #renderForm(action: AccountAction) {
    return html`
      <account-form
        .action=${action}
        .name=${this.#name.value}
        @account-form=${({ isDone }: AccountFormEvent) => this.#formOver(action, isDone)}
      ></account-form>
    `;
  }

  #renderStanding(standing: AccountAnswer) {
    const { account } = this.locale.texts;
    switch (standing.kind) {
      case "asking":
        return html`<p class="quiet">${account.loading}</p>`;
      case "unknown":
        return html`<p class="quiet">${standing.said}</p>`;
      case "guest":
        return this.#renderGuest();
      case "registered":
        return this.#renderRegistered(standing.sessions);
    }
  }

  #renderGuest() {
    const { account } = this.locale.texts;
    return html`
      <p class="standing">${personIcon}<span>${sentence(account.guest(named(this.#name.value)))}</span></p>
      <div class="ways">
        <button class="button brand first" type="button" @click=${() => this.#start("register")}>${account.protect}</button>
        <button class="button outlined" type="button" @click=${() => this.store.quit()}>${account.loginElsewhere}</button>
      </div>
    `;
  }

  #renderRegistered(sessions: readonly SessionInfo[]) {
    const { account } = this.locale.texts;
    return html`
      <p class="standing registered">${verifiedIcon}<span>${sentence(account.isYours(named(this.#name.value)))}</span></p>
      <div class="ways">
        <button class="button outlined first" type="button" @click=${() => this.#start("password")}>
          ${account.changePassword}
        </button>
        <button class="button danger" type="button" @click=${() => this.#start("end")}>${account.end}…</button>
      </div>
      <section aria-labelledby="sessions">
        <h3 id="sessions">${account.sessions}</h3>
        <ul role="list" aria-labelledby="sessions">
          ${latestFirst(sessions).map((session) => html`<li>${this.#renderSession(session)}</li>`)}
        </ul>
      </section>
    `;
  }

  #renderSession({ id, device, made, seen, current = false }: SessionInfo) {
    const { account } = this.locale.texts;
    return html`
      <div class="device">
        <b translate="no" dir="auto">${device}</b>
        ${current ? html`<span class="badge">${account.thisOne}</span>` : nothing}
        <span class="when">
          ${account.since(this.locale.moment(made))} · ${account.lastUsed(this.locale.ago(seen, Date.now()))}
        </span>
      </div>
      <button
        class="button outlined small"
        type="button"
        aria-label=${current ? nothing : account.signOutThereFrom(device)}
        @click=${() => void this.#signOut(current ? undefined : { id, device })}
      >
        ${current ? account.signOutHere : account.signOutThere}
      </button>
    `;
  }

  async #open(): Promise<void> {
    await this.#look();
    const { kind } = this.standing;
    if (this.begin === "register" && kind === "guest") this.#start("register");
    else if (this.begin === "password" && kind === "registered") this.#start("password");
    else this.#focusFirst();
  }

  async #look(): Promise<void> {
    const { texts } = this.locale;
    this.#asked = this.#connection.value;
    const answer = await this.store.account.listSessions();
    if (answer.ok) this.standing = { kind: "registered", sessions: answer.sessions };
    else if (answer.code === "not-registered" || answer.code === "account-required") this.standing = { kind: "guest" };
    else if (answer.code === "offline" || answer.code === "lost")
      this.standing = { kind: "unknown", said: texts.account.notNow };
    else this.standing = { kind: "unknown", said: texts.failures[answer.code] ?? answer.message };
  }

  #start(action: AccountAction): void {
    this.said = "";
    this.action = action;
  }

  async #formOver(action: AccountAction, isDone: boolean): Promise<void> {
    const { account } = this.locale.texts;
    const done = {
      register: account.isProtected,
      password: account.changed,
      end: account.ended,
    };
    this.said = isDone ? done[action] : "";
    if (isDone) await this.#look();
    this.action = undefined;
    this.#focusFirst();
  }

  /** @param there undefined for this browser */
  async #signOut(there?: Pick<SessionInfo, "id" | "device">): Promise<void> {
    const { account, failures } = this.locale.texts;
    const answer = await this.store.account.signOut(there?.id);
    if (!answer.ok) this.said = failures[answer.code] ?? answer.message;
    else if (there) {
      this.said = account.signedOutThere(named(there.device));
      await this.#look();
      this.#focusFirst();
    }
  }

  /** What had the focus is gone. */
  async #focusFirst(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".first")?.focus();
  }
}

/** This one comes first. */
function latestFirst(sessions: readonly SessionInfo[]): SessionInfo[] {
  const rank = ({ current = false }: SessionInfo) => (current ? 1 : 0);
  return sessions.toSorted((one, other) => rank(other) - rank(one) || other.seen.localeCompare(one.seen));
}
