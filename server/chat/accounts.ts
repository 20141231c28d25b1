/**
 * Accounts: how a person gets one, proves that it is theirs, and where they are logged in. Checking a password takes a
 * while and happens beside everything else; only the connection that asks waits, and its answers stay in order.
 */

import { wireLimits } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import { passwordProblem, preparedPassword } from "../../protocol/password.ts";
import { fakeScramKeys, parseClientFirst, parseScramKeys, ScramExchange } from "../accounts/scram.ts";
import type { AccountOutcome, AuthenticateOutcome, RegisterOutcome, RegisterRequest } from "./account-outcomes.ts";
import type { AccountKeys, KeptAccount } from "./account-ports.ts";
import { type ChatState, tell } from "./chat-state.ts";
import { Logins, proved } from "./logins.ts";
import type { Naming } from "./naming.ts";
import type { TooManyAttempts } from "./outcomes.ts";
import type { Person } from "./people.ts";
import { prices } from "./prices.ts";
import { Ration } from "./ration.ts";
import type { Member, Visit } from "./room.ts";

/** Milliseconds after which it makes sense to try again when too many passwords wait to be checked. */
const BUSY_MS = 1_000;

type AnswerWith<O> = (outcome: O) => void;
type Checked = { ok: boolean; renewed?: AccountKeys };

interface BegunExchange {
  exchange: ScramExchange;
  person: Person | undefined;
  /** As it was when the exchange began. */
  account: KeptAccount | undefined;
  /** Under which the attempt is counted. */
  key: string;
}

export class Accounts {
  readonly logins: Logins;
  readonly #state: ChatState;
  readonly #naming: Naming;
  readonly #newAccounts: Ration;
  /** SCRAM proofs that have begun, and which password they are about. */
  readonly #exchanges = new WeakMap<Visit, BegunExchange>();

  constructor(state: ChatState, naming: Naming) {
    this.#state = state;
    this.#naming = naming;
    this.logins = new Logins(state);
    const { limits } = state.options;
    const allotments = { ofSource: limits.newAccountsOfSource, ofMember: limits.newAccountsOfMember };
    this.#newAccounts = new Ration(allotments, limits, () => this.#nowMs());
  }

  /** Gives an account to the present person, or, at the door, to whoever comes under a name. */
  register(
    visit: Visit,
    { password: typed, name, device, invitation }: RegisterRequest,
    answer: AnswerWith<RegisterOutcome>,
  ): void {
    visit.asker.pay(prices.register);
    const unheard = this.#state.door.hear(visit);
    if (unheard) return this.#answer(answer, unheard);
    const wanted = this.#registrable(visit, name, invitation);
    const problem = passwordProblem(typed);
    if (!wanted.ok) return this.#answer(answer, wanted);
    if (problem) return this.#answer(answer, { ok: false, code: "password-invalid", problem });
    const giveBack = this.#newAccounts.take(visit.asker.source, visit.member);
    if (!giveBack) return this.#answer(answer, { ok: false, code: "too-many-attempts", retryInMs: 60_000 });
    const making = this.#state.options.passwords.make(preparedPassword(typed), visit.asker.source);
    const then = (keys: AccountKeys) => {
      // Meanwhile somebody else may have come.
      const still = this.#registrable(visit, name);
      if (!still.ok) {
        giveBack();
        return answer(still);
      }
      this.#setUp(visit, still.name, { ...keys, name: still.name, mustChange: false }, device, answer);
    };
    this.#whenDone(visit, making, answer, then, giveBack);
  }

  /** Proves an account by its password. */
  authenticate(
    visit: Visit,
    { name, password, device }: { name: string; password: string; device?: string | undefined },
    answer: AnswerWith<AuthenticateOutcome>,
  ): void {
    const unheard = this.#state.door.hear(visit);
    if (unheard) return this.#answer(answer, unheard);
    const person = this.#called(name);
    this.#check(visit, name, person, password, answer, ({ ok, renewed }) => {
      if (!ok || !person?.account) return answer({ ok: false, code: "wrong-password" });
      if (renewed) this.#setKeys(person, { ...person.account, ...renewed });
      this.#prove(visit, person, device, {}, answer);
    });
  }

  /** Proves an account, or that one is a guest from before, by a session token. */
  resume(visit: Visit, token: string, answer: AnswerWith<AuthenticateOutcome>): void {
    visit.asker.pay(prices.authenticate);
    if (this.#state.door.refusesPasswords(visit)) return this.#answer(answer, { ok: false, code: "tls-required" });
    const person = this.logins.resume(visit, token);
    if (!person) return this.#answer(answer, { ok: false, code: "token-invalid" });
    this.#prove(visit, person, undefined, {}, answer);
  }

  /** Proves an account by SCRAM-SHA-256. @param data base64 of a message */
  scram(visit: Visit, data: string, device: string | undefined, answer: AnswerWith<AuthenticateOutcome>): void {
    visit.asker.pay(prices.authenticate);
    const message = Buffer.from(data, "base64").toString("utf8");
    const begun = this.#exchanges.get(visit);
    this.#exchanges.delete(visit);
    const told = (text: string) => ({ data: Buffer.from(text).toString("base64") });
    if (begun) {
      const last = begun.exchange.answer(message);
      const { person, account, key } = begun;
      // The password may have been changed meanwhile.
      if (last === undefined || !account?.hash || person?.account !== account) {
        return this.#answer(answer, { ok: false, code: "wrong-password" });
      }
      this.#state.door.attempts.succeeded(key, visit.asker.source);
      return this.#prove(visit, person, device, told(last), answer);
    }
    const first = parseClientFirst(message);
    if (!first) return this.#answer(answer, { ok: false, code: "invalid", field: "data" });
    const person = this.#called(first.name);
    const key = attemptsKey(first.name, person);
    const waitMs = this.#state.door.attempts.begin(key, visit.asker.source, this.#nowMs());
    if (waitMs > 0) return this.#answer(answer, tooMany(waitMs));
    const { secret } = this.#state.options.kept;
    const fake = () => fakeScramKeys(Buffer.from(secret, "hex"), nameKey(bounded(first.name)), this.#iterations);
    const exchange = new ScramExchange(first, parseScramKeys(person?.account?.scram ?? "") ?? fake());
    this.#exchanges.set(visit, { exchange, person, account: person?.account, key });
    this.#answer(answer, { ok: true, ...told(exchange.challenge) });
  }

  /** Other sessions end, because whoever has one may know the old password. */
  changePassword(visit: Visit, old: string, fresh: string, answer: AnswerWith<AccountOutcome>): void {
    const unheard = this.#state.door.hear(visit);
    if (unheard) return this.#answer(answer, unheard);
    const person = proved(visit);
    if (typeof person === "string") return this.#answer(answer, { ok: false, code: person });
    const problem = passwordProblem(fresh);
    if (problem) return this.#answer(answer, { ok: false, code: "password-invalid", problem });
    this.#check(visit, person.name, person, old, answer, ({ ok }) => {
      if (!ok) return answer({ ok: false, code: "wrong-password" });
      const making = this.#state.options.passwords.make(preparedPassword(fresh), visit.asker.source);
      this.#whenDone(visit, making, answer, (keys) => {
        if (!person.account) return answer({ ok: false, code: "not-registered" });
        const before = person.account;
        this.#setKeys(person, { ...before, ...keys, mustChange: false }, (isKept) => {
          if (!isKept) {
            this.#state.people.setAccount(person, before);
            return answer({ ok: false, code: "not-stored" });
          }
          answer({ ok: true });
          this.logins.endOthers(person, visit);
        });
      });
    });
  }

  /** Ends the account. Nobody can ever come back as the person that it was: the member goes on as somebody new. */
  unregister(visit: Visit, password: string, answer: AnswerWith<AccountOutcome>): void {
    const unheard = this.#state.door.hear(visit);
    if (unheard) return this.#answer(answer, unheard);
    const person = proved(visit);
    if (typeof person === "string") return this.#answer(answer, { ok: false, code: person });
    this.#check(visit, person.name, person, password, answer, ({ ok }) => {
      const { member } = visit;
      if (!ok || !member || member.person !== person) return answer({ ok: false, code: "wrong-password" });
      this.logins.endOthers(person, visit);
      this.#naming.startAfresh(member, (isKept) => {
        answer(isKept ? { ok: true } : { ok: false, code: "not-stored" });
        if (this.#state.door.registeredOnly) visit.asker.dismiss("signed-out");
      });
    });
  }

  /** Whether a name can be registered by this visit. */
  #registrable(
    visit: Visit,
    typed: string | undefined,
    invitation?: string,
  ): Extract<RegisterOutcome, { ok: false }> | { ok: true; name: string } {
    const { member } = visit;
    const { people, options } = this.#state;
    if (people.accountCount >= options.limits.accountsMax) return { ok: false, code: "too-many-accounts" };
    if (!member) {
      if (typed === undefined) return { ok: false, code: "invalid", field: "name" };
      if (this.#state.door.asksPassword(visit)) return { ok: false, code: "password-required" };
      return this.#state.door.showInvitation(visit, invitation) ?? this.#naming.free(typed, visit);
    }
    const { name, person } = member;
    if (typed !== undefined && nameKey(bounded(typed)) !== nameKey(name))
      return { ok: false, code: "invalid", field: "name" };
    if (person.account) return { ok: false, code: "registered" };
    const like = people.registeredLike(name, person);
    if (like) return { ok: false, code: "name-taken", name, like: { name: like.name, isHere: true } };
    return { ok: true, name };
  }

  #setUp(
    visit: Visit,
    name: string,
    account: KeptAccount,
    device: string | undefined,
    answer: AnswerWith<RegisterOutcome>,
  ): void {
    const { people } = this.#state;
    const { member } = visit;
    if (!member) this.#state.door.letIn(visit);
    const before = member?.person ?? people.byName(name);
    if (before && !this.#naming.mayClaim(visit, before)) {
      // What was said before is nobody's.
      if (member) this.#naming.startAfresh(member);
      else this.#naming.setAside(before);
    }
    const person = member?.person ?? people.byName(name) ?? people.meet(name, this.#state.time());
    if (before && before !== person) this.#naming.succeed(before, person);
    const { claimant } = person;
    people.setAccount(person, account);
    this.logins.prove(visit, person);
    const token = this.logins.tokenFor(visit, person, device);
    this.#naming.noteAccount(person, (isKept) => {
      if (isKept) {
        answer({ ok: true, name, ...token });
        if (member) this.#tellRegistered(member);
        return;
      }
      people.setAccount(person, undefined);
      person.claimant = claimant;
      answer({ ok: false, code: "not-stored" });
    });
    this.#naming.protect(person);
    if (member) this.#state.identified(member);
  }

  /** Until now, others did not know that the name is theirs. */
  #tellRegistered({ name }: Member): void {
    const { lobby } = this.#state;
    tell(lobby.members, { type: "member-registered", room: lobby.name, name, time: this.#state.time() });
  }

  /** The visit has proved who they are; a member becomes that person. */
  #prove(
    visit: Visit,
    person: Person,
    device: string | undefined,
    extra: { data?: string },
    answer: AnswerWith<AuthenticateOutcome>,
  ): void {
    this.logins.prove(visit, person);
    const { member } = visit;
    const { name, account } = person;
    const mustChange = account?.mustChange ? { mustChange: true } : {};
    const token = account?.mustChange ? {} : this.logins.tokenFor(visit, person, device);
    const done = () => answer({ ok: true, name, ...token, ...mustChange, ...extra });
    if (member && member.person !== person && !account?.mustChange) this.#naming.rename(member, name, done);
    else {
      this.#state.inTurn(done);
      if (member) this.#state.identified(member);
    }
  }

  #check<O>(
    visit: Visit,
    name: string,
    person: Person | undefined,
    password: string,
    answer: AnswerWith<O | TooManyAttempts>,
    then: (checked: Checked) => void,
  ): void {
    const { asker } = visit;
    asker.pay(prices.authenticate);
    const key = attemptsKey(name, person);
    const waitMs = this.#state.door.attempts.begin(key, asker.source, this.#nowMs());
    if (waitMs > 0) return this.#answer(answer, tooMany(waitMs));
    const { account } = person ?? {};
    const checking = this.#state.options.passwords.check(preparedPassword(password), account, asker.source);
    const whenChecked = (checked: Checked) => {
      // The password may have been changed meanwhile.
      const ok = checked.ok && person?.account === account;
      if (ok) this.#state.door.attempts.succeeded(key, asker.source);
      then({ ...checked, ok });
    };
    this.#whenDone(visit, checking, answer, whenChecked, () => this.#state.door.attempts.undone(key, asker.source));
  }

  /**
   * Waits for a hash, and holds back what else the connection asks for.
   * @param refused takes back what was counted for it when too many are waiting
   */
  #whenDone<T, O>(
    visit: Visit,
    hashing: Promise<T | undefined>,
    answer: AnswerWith<O | TooManyAttempts>,
    then: (value: T) => void,
    refused: () => void = () => {},
  ): void {
    const release = visit.asker.hold();
    hashing
      .then((value) =>
        this.#state.inTurn(() => {
          if (value === undefined) {
            refused();
            answer(tooMany(BUSY_MS));
          } else if (!visit.isOver) then(value);
        }),
      )
      .catch((error: unknown) => {
        this.#state.options.observer.failed(error);
        this.#answer(answer, tooMany(BUSY_MS));
      })
      .finally(() => this.#state.inTurn(release));
  }

  #setKeys(person: Person, account: KeptAccount, then: (isKept: boolean) => void = () => {}): void {
    this.#state.people.setAccount(person, account);
    this.#naming.noteAccount(person, then);
  }

  #called(name: string): Person | undefined {
    return name.length > wireLimits.nameTypedCharsMax ? undefined : this.#state.people.byName(name);
  }

  #answer<O>(answer: AnswerWith<O>, outcome: O): void {
    this.#state.inTurn(() => answer(outcome));
  }

  get #iterations(): number {
    return this.#state.options.limits.scramIterations;
  }

  #nowMs(): number {
    return this.#state.options.now().getTime();
  }
}

/** Attempts are counted for an account under all its names, and for a name that has none just the same. */
function attemptsKey(name: string, person: Person | undefined): string {
  return person?.account ? person.id : nameKey(bounded(name));
}

function bounded(name: string): string {
  return name.slice(0, wireLimits.nameTypedCharsMax);
}

function tooMany(retryInMs: number): TooManyAttempts {
  return { ok: false, code: "too-many-attempts", retryInMs };
}
