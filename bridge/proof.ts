/**
 * What a person proves themselves with, from joining until they leave, so that a new connection need not ask again. A
 * password is kept only until the server has given a token for it. Nothing of it is ever written anywhere.
 */
import type { JoinCredentials } from "../protocol/bridge-events.ts";

export class Proof {
  /** By which people recognise the browser in the list of their logins. */
  readonly device: string;
  #credentials: JoinCredentials;

  constructor(credentials: JoinCredentials, device: string) {
    this.#credentials = credentials;
    this.device = device;
  }

  get credentials(): Readonly<JoinCredentials> {
    return this.#credentials;
  }

  /** The person gives something else than before, for example a password after a refusal. */
  give(credentials: JoinCredentials): void {
    this.#credentials = { ...this.#credentials, ...credentials };
  }

  /** The server knows the person by their account. @param token stands for it from now on; absent when it gave none */
  proved(token: string | undefined): void {
    const { password, newPassword, register, token: former, ...rest } = this.#credentials;
    const kept = token ?? former;
    this.#credentials = { ...rest, ...(kept === undefined ? {} : { token: kept }) };
  }

  /** They have no account any more, or are not logged in with it. */
  forget(): void {
    const { password, newPassword, register, token, ...rest } = this.#credentials;
    this.#credentials = rest;
  }
}
