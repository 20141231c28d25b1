/**
 * The invitations into the chat that are still good for something, and their use. Of a code only its hash is known. Each
 * change acts at once; what could not be stored is stored later.
 */
import { hashOfCode, makeInvitationCode, makeShortId } from "../accounts/readable-code.ts";
import { isSameHash } from "../accounts/session-token.ts";
import type { ServerLimits } from "../limits.ts";
import type { KeptInvitation } from "./account-ports.ts";
import type { Turn } from "./turn.ts";

interface InvitationsParts {
  limits: Pick<ServerLimits, "invitationsMax" | "invitationsOfMakerMax">;
  turn(): Turn;
  /** ISO 8601, UTC. */
  time(): string;
}

export class Invitations {
  readonly #parts: InvitationsParts;
  readonly #kept: Map<string, KeptInvitation>;
  /** The ids of those whose last change could not be stored. */
  readonly #unstored = new Set<string>();

  constructor(kept: readonly KeptInvitation[], parts: InvitationsParts) {
    this.#kept = new Map(kept.map((each) => [each.id, each]));
    this.#parts = parts;
  }

  /** Those that let somebody in, the latest last. */
  get open(): readonly KeptInvitation[] {
    return [...this.#kept.values()].filter((each) => this.#isOpen(each));
  }

  /**
   * Finds the id of the invitation with a code, if it lets somebody in. All are compared, so the time does not tell
   * whether and where there is one that is nearly right.
   */
  find(code: string): string | undefined {
    const hash = hashOfCode(code);
    const [found] = this.open.filter((each) => isSameHash(each.hash, hash));
    return found?.id;
  }

  isOpen(id: string): boolean {
    const invitation = this.#kept.get(id);
    return invitation !== undefined && this.#isOpen(invitation);
  }

  /** Somebody comes in. It is stored in the commit that comes before they are told that they are in. */
  use(id: string): void {
    const invitation = this.#kept.get(id);
    if (!invitation) return;
    const uses = invitation.uses - 1;
    if (uses > 0) this.#kept.set(id, { ...invitation, uses });
    else this.#kept.delete(id);
    this.#store(id);
  }

  /**
   * Makes an invitation.
   * @param then told whether it was stored; if not, there is none
   * @returns undefined when there are too many, otherwise the invitation and its code
   */
  make(
    wanted: Pick<KeptInvitation, "maker" | "by" | "uses" | "until">,
    then: (stored: boolean) => void,
  ): { invitation: KeptInvitation; code: string } | undefined {
    this.#forgetOver();
    const { invitationsMax, invitationsOfMakerMax } = this.#parts.limits;
    const own = [...this.#kept.values()].filter(({ maker }) => maker === wanted.maker).length;
    if (this.#kept.size >= invitationsMax || own >= invitationsOfMakerMax) return undefined;
    const code = makeInvitationCode();
    const invitation = { ...wanted, id: this.#newId(), hash: hashOfCode(code), made: this.#parts.time() };
    this.#kept.set(invitation.id, invitation);
    this.#store(invitation.id, (stored) => {
      if (!stored) this.#kept.delete(invitation.id);
      then(stored);
    });
    return { invitation, code };
  }

  /** Nobody comes in by it any more, from now on. @returns whether there was one */
  drop(id: string, then: (stored: boolean) => void): boolean {
    if (!this.isOpen(id)) return false;
    this.#kept.delete(id);
    this.#store(id, then);
    return true;
  }

  /** Tries again to store what could not be stored. */
  maintain(): void {
    for (const id of [...this.#unstored]) this.#store(id);
  }

  #isOpen({ until }: KeptInvitation): boolean {
    return until > this.#parts.time();
  }

  #forgetOver(): void {
    for (const each of [...this.#kept.values()]) {
      if (this.#isOpen(each)) continue;
      this.#kept.delete(each.id);
      this.#store(each.id);
    }
  }

  #store(id: string, then: (stored: boolean) => void = () => {}): void {
    const invitation = this.#kept.get(id);
    this.#unstored.delete(id);
    this.#parts.turn().note({ type: "invitation", id, ...(invitation ? { invitation } : {}) }, ({ ok }) => {
      if (!ok) this.#unstored.add(id);
      then(ok);
    });
  }

  #newId(): string {
    for (;;) {
      const id = makeShortId();
      if (!this.#kept.has(id)) return id;
    }
  }
}
