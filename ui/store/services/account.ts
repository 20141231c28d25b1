/**
 * The person's account at the server, and the token that stands for their login in this browser. The browser keeps that
 * token, one for each server and name, until the person quits; it never keeps a password.
 */
import type { ClearIsMeant, CommandAnswer, JoinCredentials } from "../../../protocol/bridge-events.ts";
import type { Keep } from "../persistence/keep.ts";
import type { ServiceContext } from "../service-context.ts";

export class Account {
  readonly #context: ServiceContext;
  readonly #keep: Keep;
  /** What the person has typed to prove who they are, until the server has judged it. */
  typed: JoinCredentials = {};
  /** The code of an invitation by whose link the page was opened. */
  invitation: string | undefined;

  constructor(context: ServiceContext, keep: Keep) {
    this.#context = context;
    this.#keep = keep;
  }

  /** What to join with under a name. Whoever types a password no longer means the token. */
  credentials(name: string): JoinCredentials {
    const invited = this.invitation === undefined ? {} : { invitation: this.invitation };
    const typed = { ...invited, ...this.typed };
    const { server } = this.#context.state;
    const token = server === undefined ? undefined : this.#keep.token(server, name);
    return token === undefined || typed.password !== undefined ? typed : { token, ...typed };
  }

  /** The bridge has told what stands for the login. */
  keep(name: string, token: string | undefined): void {
    // Whoever is in needs no invitation any more.
    this.invitation = undefined;
    const { server } = this.#context.state;
    if (server !== undefined && token !== undefined) this.#keep.setToken(server, name, token);
  }

  /** The login is over. */
  forget(): void {
    const { server, name } = this.#context.state;
    if (server !== undefined && name !== undefined) this.#keep.setToken(server, name, undefined);
  }

  /** All names of a person lead to their account. @param same it is still the same person */
  renamed(name: string, same: boolean): void {
    const { server, name: former } = this.#context.state;
    if (server === undefined || former === undefined || former === name || !same) return;
    const token = this.#keep.token(server, former);
    this.#keep.setToken(server, former, undefined);
    this.#keep.setToken(server, name, token);
  }

  /** Makes an account for the present name. */
  async register(
    password: string,
    more: { invitation?: string } & ClearIsMeant = {},
  ): Promise<CommandAnswer<"register">> {
    const answer = await this.#context.bridge.ask({ type: "register", password, ...more });
    if (answer.ok) {
      this.keep(answer.name, answer.token);
      this.#context.dispatch({ type: "registered", name: answer.name, isRegistered: true });
    }
    return answer;
  }

  changePassword(former: string, password: string, more: ClearIsMeant = {}): Promise<CommandAnswer<"change-password">> {
    return this.#context.bridge.ask({ type: "change-password", old: former, new: password, ...more });
  }

  /** Gives the account up; the name is anybody's again. */
  async unregister(password: string, more: ClearIsMeant = {}): Promise<CommandAnswer<"unregister">> {
    const answer = await this.#context.bridge.ask({ type: "unregister", password, ...more });
    if (answer.ok) {
      const { name } = this.#context.state;
      this.forget();
      if (name !== undefined) this.#context.dispatch({ type: "registered", name, isRegistered: false });
    }
    return answer;
  }

  /** Where the person is logged in. */
  listSessions(): Promise<CommandAnswer<"sessions">> {
    return this.#context.bridge.ask({ type: "sessions" });
  }

  /** Ends a login. @param id as in the list; undefined for the one in this browser */
  async signOut(id?: string): Promise<CommandAnswer<"sign-out">> {
    const answer = await this.#context.bridge.ask({ type: "sign-out", ...(id === undefined ? {} : { id }) });
    if (answer.ok && id === undefined) this.forget();
    return answer;
  }
}
