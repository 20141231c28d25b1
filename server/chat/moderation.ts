/**
 * What moderators do about people: take them out, keep them out, silence them. It acts at once, even if it cannot be
 * stored; whoever did it is told when it is.
 */
import type { LeaveReason } from "../../protocol/events.ts";
import { isAddressRange } from "../../tcp/address-ranges.ts";
import type { Audit } from "./audit.ts";
import type { ChatState } from "./chat-state.ts";
import type { BanOutcome, BansOutcome, RuleOutcome } from "./outcomes.ts";
import { mayPrice, prices, tellingPrice } from "./prices.ts";
import type { Member, Room } from "./room.ts";
import { type KeptRule, Rule, shortText } from "./rule.ts";
import { findTarget, type PersonInRoom } from "./targets.ts";

/** Takes somebody out of a room; out of the lobby means out of the chat. */
export type Expel = (
  member: Member,
  room: Room,
  reason: Extract<LeaveReason, "kicked" | "banned">,
  because: { by?: string; why?: string | undefined },
) => void;

export interface BanRequest {
  room: string;
  name?: string | undefined;
  pattern?: string | undefined;
  address?: string | undefined;
  source?: boolean | undefined;
  until?: string | undefined;
  reason?: string | undefined;
}

export type MuteRequest = Pick<BanRequest, "room" | "until" | "reason"> & { name: string };

export class Moderation {
  readonly #state: ChatState;
  readonly #audit: Audit;
  readonly #expel: Expel;

  constructor(state: ChatState, audit: Audit, expel: Expel) {
    this.#state = state;
    this.#audit = audit;
    this.#expel = expel;
  }

  kick(
    member: Member,
    request: { room: string; name: string; reason?: string | undefined },
    answer: (outcome: RuleOutcome) => void,
  ): void {
    const state = this.#state;
    const found = findTarget(state, member, "kick", request);
    const readers = typeof found === "string" ? 0 : found.room.members.length;
    member.recipient.pay(prices.kick + tellingPrice(readers));
    if (typeof found === "string") return this.#refuse(answer, found);
    const { room, person, holder } = found;
    if (!holder?.rooms.has(room)) return this.#refuse(answer, "not-here");
    const reason = shortText(request.reason);
    this.#audit.record(member, { verb: "kick", room, person, reason });
    this.#uninvite(found);
    state.inTurn(() => answer({ ok: true }));
    this.#expel(holder, room, "kicked", { by: member.name, why: reason });
  }

  /** Keeps somebody out of a room, and takes out whoever is in it and concerned. */
  ban(member: Member, request: BanRequest, answer: (outcome: BanOutcome) => void): void {
    const state = this.#state;
    const { room: roomName, name, until } = request;
    const reason = shortText(request.reason);
    member.recipient.pay(prices.ban + state.count * prices.ruleHeld);
    const found = name === undefined ? undefined : findTarget(state, member, "ban", { room: roomName, name });
    if (typeof found === "string") return this.#refuse(answer, found);
    const room = found?.room ?? state.roomFor(member, "ban", roomName);
    if (typeof room === "string") return this.#refuse(answer, room);
    const target = this.#targetOf(member, request, found);
    if ("field" in target) return this.#refuseField(answer, target);
    if (this.#isPast(until)) return this.#refuseField(answer, { field: "until", problem: "is in the past" });
    const refused = this.#refusalOfRule(member, room.rules.bans);
    if (refused) return this.#refuse(answer, refused);
    const rule = this.#ruleBy(member, { ...target, until, reason });
    if (name === undefined && rule.concerns(state.standings.subjectOf(member))) {
      return this.#refuseField(answer, {
        field: target.pattern ? "pattern" : "address",
        problem: "would keep you out, too",
      });
    }
    const { id } = rule.kept;
    room.rules.bans.set(id, rule);
    const { pattern, address, source } = target;
    const what = pattern ?? address ?? (source ? "with everybody from the same address" : undefined);
    this.#audit.record(member, { verb: "ban", room, ...(found ? { person: found.person } : {}), what, until, reason });
    if (found) this.#demote(found);
    state.keep("ban", room.name, id, rule.kept, ({ ok }) =>
      answer(ok ? { ok: true, id } : { ok: false, code: "not-stored" }),
    );
    for (const other of state.lobby.members) {
      // It is held against everybody at once, because later they may have another name.
      const isKeptOut =
        rule.concerns(state.standings.subjectOf(other)) && state.standings.roleIn(other, room) === "none";
      if (isKeptOut && other.rooms.has(room)) {
        member.recipient.pay(tellingPrice(room.members.length));
        this.#expel(other, room, "banned", { by: member.name, why: reason });
      }
    }
  }

  unban(
    member: Member,
    { room: name, id }: { room: string; id: string },
    answer: (outcome: RuleOutcome) => void,
  ): void {
    member.recipient.pay(prices.rule);
    const room = this.#state.roomFor(member, "unban", name);
    if (typeof room === "string") return this.#refuse(answer, room);
    const rule = room.rules.bans.get(id);
    if (!rule) return this.#refuse(answer, "no-such-rule");
    room.rules.bans.delete(id);
    const { name: who, pattern, address } = rule.kept;
    this.#audit.record(member, { verb: "unban", room, what: who ?? pattern ?? address });
    this.#state.keep("ban", room.name, id, undefined, ({ ok }) =>
      answer(ok ? { ok: true } : { ok: false, code: "not-stored" }),
    );
  }

  /** Tells the bans and mutes of a room that are not over, the newest last. */
  bans(member: Member, name: string, answer: (outcome: BansOutcome) => void): void {
    const room = this.#state.roomFor(member, "bans", name);
    member.recipient.pay(prices.rooms);
    if (typeof room === "string") return this.#refuse(answer, room);
    for (const kind of ["ban", "mute"] as const) this.#dropOver(room, kind);
    const [bans, mutes] = [room.rules.bans, room.rules.mutes].map((rules) =>
      [...rules.values()].map(({ info }) => info),
    );
    member.recipient.pay(((bans?.length ?? 0) + (mutes?.length ?? 0)) * prices.ruleListed);
    this.#state.inTurn(() => answer({ ok: true, room: room.name, bans: bans ?? [], mutes: mutes ?? [] }));
  }

  /** Silences somebody in a room. A new mute replaces the one before. */
  mute(member: Member, request: MuteRequest, answer: (outcome: RuleOutcome) => void): void {
    const state = this.#state;
    const { until } = request;
    const reason = shortText(request.reason);
    member.recipient.pay(prices.mute + state.count * prices.ruleHeld);
    const found = findTarget(state, member, "mute", request);
    if (typeof found === "string") return this.#refuse(answer, found);
    if (this.#isPast(until)) return this.#refuseField(answer, { field: "until", problem: "is in the past" });
    const { room, person } = found;
    member.recipient.pay(mayPrice(room));
    const before = this.#mutesOf(found);
    const refused = before.length === 0 ? this.#refusalOfRule(member, room.rules.mutes) : undefined;
    if (refused) return this.#refuse(answer, refused);
    for (const { kept } of before) this.#lift(room, kept.id);
    state.people.takePart(person);
    const rule = this.#ruleBy(member, { ...namesOf(found), until, reason });
    room.rules.mutes.set(rule.kept.id, rule);
    for (const other of state.lobby.members) rule.concerns(state.standings.subjectOf(other));
    this.#audit.record(member, { verb: "mute", room, person, until, reason });
    state.keep("mute", room.name, rule.kept.id, rule.kept, ({ ok }) =>
      answer(ok ? { ok: true } : { ok: false, code: "not-stored" }),
    );
    state.tellMay(room);
  }

  unmute(member: Member, request: { room: string; name: string }, answer: (outcome: RuleOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.mute);
    const found = findTarget(state, member, "unmute", request);
    if (typeof found === "string") return this.#refuse(answer, found);
    const { room, person } = found;
    member.recipient.pay(mayPrice(room));
    const mutes = this.#mutesOf(found);
    if (mutes.length === 0) return this.#refuse(answer, "no-such-rule");
    for (const { kept } of mutes) this.#lift(room, kept.id);
    this.#audit.record(member, { verb: "unmute", room, person });
    state.inTurn(() => answer({ ok: true }));
    state.tellMay(room);
  }

  /** Whom a ban is of. Exactly one of name, pattern and address must be given. */
  #targetOf(
    member: Member,
    { name, pattern, address, source = false }: BanRequest,
    found: PersonInRoom | undefined,
  ): Partial<KeptRule> | { field: string; problem: string } {
    if ([name, pattern, address].filter((given) => given !== undefined).length !== 1) {
      return { field: "name", problem: "is needed, or pattern, or address, and only one of them" };
    }
    if (address !== undefined) {
      if (!isAddressRange(address))
        return { field: "address", problem: "must be like 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32" };
      return { address: address.trim() };
    }
    if (pattern !== undefined) {
      const cleaned = shortText(pattern);
      return cleaned === undefined ? { field: "pattern", problem: "must not be empty" } : { pattern: cleaned };
    }
    if (!found) return {};
    this.#state.people.takePart(found.person);
    if (!source) return namesOf(found);
    const { holder } = found;
    if (!holder) return { field: "source", problem: "is known only of somebody who is here" };
    if (holder.recipient.source === member.recipient.source)
      return { field: "source", problem: "would keep you out, too" };
    return { ...namesOf(found), source: holder.recipient.source };
  }

  #ruleBy(member: Member, kept: Partial<KeptRule>): Rule {
    const { until, reason, ...target } = kept;
    return new Rule({
      id: crypto.randomUUID().slice(0, 8),
      ...target,
      ...(until === undefined ? {} : { until }),
      ...(reason === undefined ? {} : { reason }),
      by: member.name,
      time: this.#state.time(),
    });
  }

  /** Why no further rule can be made; those that are over make place. */
  #refusalOfRule(member: Member, rules: Map<string, Rule>): "too-many-rules" | "too-many-new-rules" | undefined {
    const state = this.#state;
    for (const room of state.rooms) for (const kind of ["ban", "mute"] as const) this.#dropOver(room, kind);
    if (rules.size >= state.options.limits.rulesOfKindMax || state.rooms.ruleCount >= state.options.limits.rulesMax) {
      return "too-many-rules";
    }
    return state.newRules.take(member.recipient.source, member) ? undefined : "too-many-new-rules";
  }

  #dropOver(room: Room, kind: "ban" | "mute"): void {
    const rules = kind === "ban" ? room.rules.bans : room.rules.mutes;
    const time = this.#state.time();
    for (const [id, rule] of rules) {
      if (!rule.isOver(time)) continue;
      rules.delete(id);
      this.#state.keep(kind, room.name, id);
    }
  }

  #mutesOf({ room, person, holder }: PersonInRoom): Rule[] {
    const subject = holder && this.#state.standings.subjectOf(holder);
    const mutes = [...room.rules.mutes.values()];
    return mutes.filter((rule) => rule.kept.person === person.id || (subject && rule.concerns(subject)));
  }

  #lift(room: Room, id: string): void {
    room.rules.mutes.delete(id);
    this.#state.keep("mute", room.name, id);
  }

  /** Whoever was taken out cannot come back by an earlier invitation. */
  #uninvite({ room, person, holder }: PersonInRoom): void {
    const grant = holder?.grants.get(room);
    if (grant) delete grant.isInvited;
    if (room.rules.invited.delete(person.id)) this.#state.keep("invitation", room.name, person.id);
  }

  /** Whoever is kept out is nothing in the room any more. */
  #demote(target: PersonInRoom): void {
    const { room, person, holder } = target;
    this.#uninvite(target);
    holder?.grants.delete(room);
    if (room.rules.roles.delete(person.id)) this.#state.keep("role", room.name, person.id);
  }

  #isPast(until: string | undefined): boolean {
    return until !== undefined && until <= this.#state.time();
  }

  #refuse<C>(answer: (outcome: { ok: false; code: C }) => void, code: C): void {
    this.#state.inTurn(() => answer({ ok: false, code }));
  }

  #refuseField(
    answer: (outcome: { ok: false; code: "invalid"; field: string; problem: string }) => void,
    wrong: { field: string; problem: string },
  ): void {
    this.#state.inTurn(() => answer({ ok: false, code: "invalid", ...wrong }));
  }
}

function namesOf({ person }: PersonInRoom): Pick<KeptRule, "name" | "person" | "names"> {
  return { name: person.name, person: person.id, names: [...person.names.values()].map(({ spelled }) => spelled) };
}
