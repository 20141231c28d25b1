/**
 * Who gets which name. A name leads to a person; a person with an account is entered by nobody else, and neither under a
 * name that looks like theirs. Of a person without one, this remembers who may claim what was said: only the connection
 * that said it.
 */
import { wireLimits } from "../../protocol/limits.ts";
import { lobby, type NameResult, nameKey, parseName } from "../../protocol/names.ts";
import { type ChatState, tell } from "./chat-state.ts";
import { isPlain, looksReserved } from "./looks.ts";
import { readName } from "./name-pattern.ts";
import type { NameOutcome } from "./outcomes.ts";
import { accountNoteOf, type Person } from "./people.ts";
import { prices } from "./prices.ts";
import type { Member, Visit } from "./room.ts";
import type { Rule } from "./rule.ts";

export class Naming {
  readonly #state: ChatState;
  /** Members who have to give up their name, and when. */
  readonly #intruders = new Map<Member, number>();
  /** The number in the last name that was made up for somebody. */
  #guests = 0;

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** Whether a visit may come in, or go on, under a name. */
  enterable(typed: string, visit: Visit): NameOutcome {
    const free = this.free(typed, visit);
    if (!free.ok || !this.#state.door.registeredOnly) return free;
    const person = this.#state.people.byName(free.name) ?? visit.member?.person;
    return person?.account ? free : { ok: false, code: "account-required" };
  }

  /** Reads a name, and says whether a visit may have it: somebody at the door, or a member instead of their present one. */
  free(typed: string, visit: Visit): NameOutcome {
    const parsed = this.#read(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", problem: parsed.problem };
    const { name } = parsed;
    const { people, newNames } = this.#state;
    const owner = visit.member;
    const person = people.byName(name);
    const isProved = person !== undefined && visit.proves(person);
    if (person?.account && !isProved) return { ok: false, code: "name-registered", name: person.name };
    const ban = this.#banOf(name, visit, person);
    if (ban) return { ok: false, code: "banned", until: ban.kept.until, reason: ban.kept.reason };
    if (isProved && person.account?.mustChange) return { ok: false, code: "password-expired" };
    if (isProved) {
      const like = this.#likeRegistered(name, person);
      return like ? { ok: false, code: "name-taken", name, like } : parsed;
    }
    const holder = person && this.#state.holderOf(person);
    if (holder && holder !== owner) return { ok: false, code: "name-taken", name };
    if (looksReserved(name)) return { ok: false, code: "name-invalid", problem: "reserved" };
    const like = this.#lookalike(name, owner);
    if (like) return { ok: false, code: "name-taken", name, like };
    if (!person && !newNames.take(visit.asker.source, owner)) return { ok: false, code: "too-many-new-names" };
    return parsed;
  }

  /** Whose registered name looks like one that leads to this person: they may have had it before that was registered. */
  #likeRegistered(name: string, person: Person): { name: string; isHere: boolean } | undefined {
    if (person.account && nameKey(person.account.name) === nameKey(name)) return undefined;
    const like = this.#state.people.registeredLike(name, person);
    return like && { name: like.name, isHere: this.#state.holderOf(like.person) !== undefined };
  }

  /** The name of somebody with an account to whom a name leads, unless the visit has proved to be them. */
  registeredAs(typed: string, visit: Visit): string | undefined {
    const parsed = this.#read(typed);
    const person = parsed.ok ? this.#state.people.byName(parsed.name) : undefined;
    return person?.account && !visit.proves(person) ? person.name : undefined;
  }

  /** The ban that keeps a visit out of the chat under a name. */
  #banOf(name: string, visit: Visit, person: Person | undefined): Rule | undefined {
    const { lobby: everyone, standings } = this.#state;
    const { member } = visit;
    const isAuthenticated = person?.account !== undefined && visit.proves(person);
    const role = member ? standings.roleIn(member, everyone) : "none";
    if (role !== "none" || (isAuthenticated && standings.keptRole(person, everyone) !== "none")) return undefined;
    const { address, source } = visit.asker;
    visit.asker.pay(everyone.rules.bans.size * prices.ruleHeld);
    const ids = new Set(person ? [person.id] : []);
    // Without their connection: whoever only asks for a banned name is not banned for that.
    const wanted = { ids, names: [readName(name)], isAuthenticated, address, source };
    const present = member && standings.banOf(member, everyone);
    return present ?? everyone.rules.banOf(wanted, this.#state.time());
  }

  /**
   * The person who comes under a name. Whoever is that person on another connection, perhaps one that was lost, is told
   * and leaves: the visit has proved to be them.
   * @param otherwise the person who takes the name when it is free; undefined for somebody new
   */
  enterAs(visit: Visit, name: string, otherwise?: Person): Person {
    const { people } = this.#state;
    const known = people.byName(name);
    const holder = known && this.#state.holderOf(known);
    if (holder && holder !== visit.member) holder.recipient.dismiss("replaced");
    const person = known ?? otherwise ?? people.meet(name, this.#state.time());
    people.call(person, name, this.#state.time());
    this.#claim(visit, person);
    return person;
  }

  /** Gives a member a name that they may have, and tells everybody. */
  rename(member: Member, name: string, then: (same: { same?: true }) => void): void {
    const { name: from, person } = member;
    const { lobby: everyone, options } = this.#state;
    options.observer.renamed(member, name);
    // Taking somebody else's name makes the member that person, just like leaving and coming back under it.
    this.#state.enter(member, this.enterAs(member.visit, name, person));
    const same = member.person === person ? { same: true as const } : {};
    const registered = member.isRegistered ? { registered: true } : {};
    const { name: room, members } = everyone;
    const time = this.#state.time();
    this.#state.inTurn(() => {
      then(same);
      if (from === name) return;
      tell(members, { type: "member-renamed", room, from, to: name, ...same, ...registered, time });
    });
    this.#state.identified(member);
  }

  /**
   * Whether a visit may have what this person has said and received: it is the only connection that ever was them, apart
   * from those whose session it continues.
   */
  mayClaim(visit: Visit, person: Person): boolean {
    return person.claimant === visit || visit.proves(person) || !person.tookPart;
  }

  /**
   * Makes the name of a person free for somebody new, and keeps what the person has said and received where nobody can
   * come: under another name, in an account without a password.
   */
  setAside(person: Person, then: (isKept: boolean) => void = () => {}): void {
    const { people, turn } = this.#state;
    const { name: from } = person;
    const to = this.#variantOf(from);
    people.call(person, to, this.#state.time());
    people.release(person, from);
    people.setAccount(person, { name: to, hash: "", scram: "", mustChange: false });
    people.dropSessions(person);
    this.noteAccount(person, then);
    turn.note({ type: "sessions", person: person.id, sessions: [] }, () => {});
    this.#tellRenamed({ from, to, same: true });
  }

  /** The member goes on as somebody new under the name that they have; who they were is set aside. */
  startAfresh(member: Member, then?: (isKept: boolean) => void): void {
    const { person, name, visit } = member;
    this.setAside(person, then);
    const from = person.name;
    const fresh = this.#state.people.meet(name, this.#state.time());
    this.#state.enter(member, fresh);
    this.#state.letGo(member, person);
    visit.proved = undefined;
    visit.session = undefined;
    this.#claim(visit, fresh);
    this.succeed(person, fresh);
    this.#tellRenamed({ from, to: name });
    this.#state.identified(member);
  }

  /**
   * Somebody new has the name of a person who was set aside. Bans and mutes do not end with that, or whoever is kept out
   * would have to do no more than register.
   */
  succeed(before: Person, fresh: Person): void {
    for (const { name, rules } of this.#state.rooms)
      for (const [kind, { kept }] of rules.handOn(before.id, fresh.id)) this.#state.keep(kind, name, kept.id, kept);
  }

  /** Keeps a person's account, or that they have none. */
  noteAccount(person: Person, then: (ok: boolean) => void): void {
    this.#state.turn.note(accountNoteOf(person), ({ ok }) => {
      if (!ok) this.#state.people.accountUnkept(person);
      then(ok);
    });
  }

  /** A person's names are protected from now on: whoever has one that looks like it must give it up after a while. */
  protect(person: Person): void {
    const { people, options } = this.#state;
    const dueMs = options.now().getTime() + options.limits.nameGraceMs;
    for (const { spelled } of person.names.values()) {
      for (const { person: other } of people.like(spelled)) {
        const member = this.#state.holderOf(other);
        if (!member || this.#intruders.has(member) || !this.#isIntruder(member)) continue;
        this.#intruders.set(member, dueMs);
        const time = this.#state.time();
        const seconds = Math.round(options.limits.nameGraceMs / 1_000);
        this.#state.inTurn(() =>
          member.recipient.deliver({
            type: "notice",
            time,
            code: "name-protected",
            name: spelled,
            seconds,
            text: noticeText(spelled, seconds),
          }),
        );
      }
    }
  }

  /** Renames those whose time is up. */
  maintain(): void {
    const nowMs = this.#state.options.now().getTime();
    for (const [member, dueMs] of this.#intruders) {
      if (nowMs < dueMs) continue;
      this.#intruders.delete(member);
      if (member.gone.signal.aborted || !this.#isIntruder(member)) continue;
      this.rename(member, this.#guestName(), () => {});
    }
  }

  /** Whether somebody's name looks like that of an account which is not theirs. */
  #isIntruder({ name, person }: Member): boolean {
    return !person.account && this.#state.people.registeredLike(name, person) !== undefined;
  }

  /** Somebody comes as this person: from now on, only they can claim what is said, or nobody. */
  #claim(visit: Visit, person: Person): void {
    if (person.account) return;
    const isSame = person.claimant === visit || visit.proves(person);
    person.claimant = isSame || !person.tookPart ? visit : undefined;
    if (isSame || person.sessions.size === 0) return;
    this.#state.people.dropSessions(person);
    this.#state.turn.note({ type: "sessions", person: person.id, sessions: [] }, () => {});
  }

  /**
   * Finds somebody who is or was here and whose name looks like another one. Absent people block neither somebody who
   * was here before under that very name nor a plain name, because they would block it for ever.
   */
  #lookalike(name: string, owner?: Member): { name: string; isHere: boolean } | undefined {
    const alike = this.#state.people.like(name).filter(({ person }) => !owner?.persons.has(person));
    // Nobody may look like somebody with an account, here or not.
    const registered = alike.find(({ person }) => person.account);
    if (registered) return { name: registered.name, isHere: this.#state.holderOf(registered.person) !== undefined };
    const here = alike.find(({ person }) => this.#state.holderOf(person) !== undefined);
    if (here) return { name: here.name, isHere: true };
    if (isPlain(name) || this.#state.people.byName(name)) return undefined;
    const [away] = alike;
    return away && { name: away.name, isHere: false };
  }

  #tellRenamed(change: { from: string; to: string; same?: true }): void {
    const { members } = this.#state.lobby;
    const time = this.#state.time();
    this.#state.inTurn(() => tell(members, { type: "member-renamed", room: lobby, ...change, time }));
  }

  /** A name that only earlier versions accepted belongs to whoever used it then, and to nobody else. */
  #read(typed: string): NameResult {
    const parsed = parseName(typed);
    if (parsed.ok || parsed.kept === undefined) return parsed;
    return this.#state.people.byName(parsed.kept) ? { ok: true, name: parsed.kept } : parsed;
  }

  /** `anna (1)`, or another number. */
  #variantOf(name: string): string {
    for (let number = 1; ; number++) {
      const end = ` (${number})`;
      const beginning = [...name]
        .slice(0, wireLimits.nameCharsMax - end.length)
        .join("")
        .trimEnd();
      for (const variant of [beginning + end, `former${end}`]) if (this.#isUnused(variant)) return variant;
    }
  }

  #guestName(): string {
    for (;;) {
      this.#guests += 1;
      const name = `guest-${this.#guests}`;
      if (this.#isUnused(name)) return name;
    }
  }

  /** Whether nobody has or had a name, or one that looks like it. */
  #isUnused(name: string): boolean {
    const { people } = this.#state;
    return parseName(name).ok && !people.byName(name) && people.like(name).length === 0;
  }
}

/** For programs that do not know the code of the notice. */
function noticeText(name: string, seconds: number): string {
  return `your name looks like ${name}, which now belongs to somebody; choose another within ${seconds} seconds, or you get one`;
}
