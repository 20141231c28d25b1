/** What administrators do about invitations into the chat, in it or from outside. */
import type { InvitationInfo } from "../../protocol/account-commands.ts";
import type { Audit, Doer } from "./audit.ts";
import type { ChatState } from "./chat-state.ts";
import type { DropInvitationOutcome, InvitationsOutcome, MakeInvitationOutcome } from "./outcomes.ts";
import { prices } from "./prices.ts";
import type { Verb } from "./rights.ts";
import type { Member } from "./room.ts";

export interface InvitationRequest {
  uses?: number | undefined;
  days?: number | undefined;
}

const DAY_MS = 86_400_000;
/** Unless told otherwise. */
const DAYS = 7;

/** Whoever runs the server, as others are told: nobody in the chat can have that name. */
const runner: Doer = { name: "server", person: { id: "" } };

export class Inviting {
  readonly #state: ChatState;
  readonly #audit: Audit;

  constructor(state: ChatState, audit: Audit) {
    this.#state = state;
    this.#audit = audit;
  }

  /** Whether what is here is for a member, so that nobody else reads of it. */
  mayInvite(member: Member): boolean {
    return this.#denial(member, "make-invitation") === undefined;
  }

  make(member: Member, request: InvitationRequest, answer: (outcome: MakeInvitationOutcome) => void): void {
    member.recipient.pay(prices.rule);
    const denied = this.#denial(member, "make-invitation");
    if (denied) return this.#state.inTurn(() => answer({ ok: false, code: denied }));
    const giveBack = this.#state.newRules.take(member.recipient.source, member);
    if (!giveBack) return this.#state.inTurn(() => answer({ ok: false, code: "too-many-new-rules" }));
    this.#make(member, request, answer);
  }

  list(member: Member, answer: (outcome: InvitationsOutcome) => void): void {
    const denied = this.#denial(member, "invitations");
    const invitations = this.open();
    member.recipient.pay(prices.rule + invitations.length * prices.ruleListed);
    this.#state.inTurn(() => answer(denied ? { ok: false, code: denied } : { ok: true, invitations }));
  }

  drop(member: Member, id: string, answer: (outcome: DropInvitationOutcome) => void): void {
    member.recipient.pay(prices.rule);
    const denied = this.#denial(member, "drop-invitation");
    if (denied) return this.#state.inTurn(() => answer({ ok: false, code: denied }));
    this.#drop(member, id, answer);
  }

  /** The same by whoever runs the server. */
  makeAsRunner(request: InvitationRequest): Promise<MakeInvitationOutcome> {
    return new Promise((resolve) => this.#make(runner, request, resolve));
  }

  dropAsRunner(id: string): Promise<DropInvitationOutcome> {
    return new Promise((resolve) => this.#drop(runner, id, resolve));
  }

  /** Those that still let somebody in, the latest last. */
  open(): InvitationInfo[] {
    return this.#state.invitations.open.map(({ id, by, uses, until, made: time }) => ({ id, by, uses, until, time }));
  }

  #make(
    doer: Doer,
    { uses = 1, days = DAYS }: InvitationRequest,
    answer: (outcome: MakeInvitationOutcome) => void,
  ): void {
    const until = new Date(this.#state.nowMs() + days * DAY_MS).toISOString();
    const wanted = { maker: doer.person.id, by: doer.name, uses, until };
    const made = this.#state.invitations.make(wanted, (stored) => {
      if (!made || !stored) return answer({ ok: false, code: "not-stored" });
      answer({ ok: true, id: made.invitation.id, invitation: made.code, uses, until });
    });
    if (!made) return this.#state.inTurn(() => answer({ ok: false, code: "too-many-rules" }));
    this.#audit.record(doer, { verb: "make-invitation", what: `${made.invitation.id}, ${uses}`, until });
  }

  #drop(doer: Doer, id: string, answer: (outcome: DropInvitationOutcome) => void): void {
    const isDropped = this.#state.invitations.drop(id, (stored) =>
      answer(stored ? { ok: true } : { ok: false, code: "not-stored" }),
    );
    if (isDropped) this.#audit.record(doer, { verb: "drop-invitation", what: id });
    else this.#state.inTurn(() => answer({ ok: false, code: "no-such-rule" }));
  }

  #denial(member: Member, verb: Verb) {
    const room = this.#state.roomFor(member, verb, this.#state.lobby.name);
    return typeof room === "string" ? room : undefined;
  }
}
