/** What is done about a room: its topic, how it is run, who has a role in it, who may come in, and its end. */

import { wireLimits } from "../../protocol/limits.ts";
import type { RoomSettings } from "../../protocol/moderation-events.ts";
import { cleaned, type Typed } from "../../protocol/text.ts";
import type { Audit } from "./audit.ts";
import { type ChatState, tell } from "./chat-state.ts";
import type { PlaceProblem, RuleOutcome, RuleProblem, SettingsOutcome, TopicOutcome } from "./outcomes.ts";
import type { Person } from "./people.ts";
import { mayPrice, prices, tellingPrice } from "./prices.ts";
import { type Member, Room } from "./room.ts";
import type { KeptRole } from "./room-rules.ts";
import { findTarget, type PersonInRoom } from "./targets.ts";

/** Settings that the lobby cannot have: it is for everybody. */
const notInLobby = ["invitedOnly", "membersHistory", "hidden"] as const;

export class RoomKeeping {
  readonly #state: ChatState;
  readonly #audit: Audit;
  /** Takes everybody out of a room that is removed. */
  readonly #empty: (room: Room) => void;

  constructor(state: ChatState, audit: Audit, empty: (room: Room) => void) {
    this.#state = state;
    this.#audit = audit;
    this.#empty = empty;
  }

  /** Changes a room's topic; empty for none. Everyone in the room is told, including the member. */
  topic(member: Member, roomName: string, typed: Typed, answer: (outcome: TopicOutcome) => void): void {
    const state = this.#state;
    const room = state.roomFor(member, "topic", roomName);
    member.recipient.pay(prices.topic + tellingPrice(room instanceof Room ? room.members.length : 0));
    const read = cleaned(typed);
    if (!read) return state.inTurn(() => answer({ ok: false, code: "too-long" }));
    const { text, ...dropped } = read;
    const topic = text.replace(/\s+/g, " ").trim();
    if (!(room instanceof Room)) {
      return state.inTurn(() => answer({ ok: false, code: room === "no-such-room" ? "not-in-room" : room }));
    }
    if ([...topic].length > wireLimits.topicCharsMax) {
      return state.inTurn(() => answer({ ok: false, code: "too-long" }));
    }
    const { members } = room;
    const from = member.name;
    const time = state.time();
    state.turn.note({ type: "topic", room: room.name, topic }, ({ ok }) => {
      if (!ok) return answer({ ok: false, code: "not-stored" });
      room.topic = topic;
      room.isKept = true;
      answer({ ok: true, room: room.name, ...dropped });
      tell(members, { type: "topic", room: room.name, topic, from, time });
    });
  }

  /** Changes settings; those that are not given stay. */
  settings(
    member: Member,
    { room: name, ...changes }: { room: string } & RoomSettings,
    answer: (outcome: SettingsOutcome) => void,
  ): void {
    const state = this.#state;
    const room = state.roomFor(member, "room-settings", name);
    this.#pay(member, prices.roomSettings, room);
    if (typeof room === "string") return state.inTurn(() => answer({ ok: false, code: room }));
    const wrong = room === state.lobby ? notInLobby.find((setting) => changes[setting]) : undefined;
    if (wrong) {
      return state.inTurn(() =>
        answer({
          ok: false,
          code: "invalid",
          field: wrong,
          problem: "cannot be set in the lobby, which is for everybody",
        }),
      );
    }
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const all = { ...room.rules.settings, ...Object.fromEntries(given) };
    const wasInvitedOnly = room.rules.settings.invitedOnly;
    room.rules.settings = Object.fromEntries(Object.entries(all).filter(([, value]) => value));
    const { settings } = room.rules;
    // Nobody who is inside finds themselves locked out after a lost connection.
    if (settings.invitedOnly && !wasInvitedOnly) for (const each of room.members) this.#admit(room, each);
    this.#audit.record(member, {
      verb: "room-settings",
      room,
      what: given.map(([setting, value]) => `${setting}: ${value}`).join(", "),
    });
    const time = state.time();
    state.keep("settings", room.name, "", settings, ({ ok }) => {
      answer(ok ? { ok: true, room: room.name, settings } : { ok: false, code: "not-stored" });
      tell(room.members, { type: "room-settings", room: room.name, settings, from: member.name, time });
    });
    state.tellMay(room);
  }

  /** Lets somebody into a room that is for invited people. */
  invite(
    member: Member,
    { room: roomName, name }: { room: string; name: string },
    answer: (outcome: RuleOutcome) => void,
  ): void {
    const state = this.#state;
    member.recipient.pay(prices.rule);
    const fail = (code: RuleProblem) => state.inTurn(() => answer({ ok: false, code }));
    const room = state.roomFor(member, "invite", roomName);
    if (typeof room === "string") return fail(room);
    const person = state.people.byName(name);
    if (!person) return fail("no-such-person");
    const holder = state.holderOf(person);
    if (!holder && !person.account) return fail("not-here");
    if (holder && state.standings.banOf(holder, room)) return fail("banned");
    const refused = this.#refusalOfRule(member, room.rules.invited.size);
    if (refused) return fail(refused);
    if (holder) this.#admit(room, holder);
    else this.#keepInvitation(room, person.id);
    this.#audit.record(member, { verb: "invite", room, person });
    const time = state.time();
    state.inTurn(() => {
      answer({ ok: true });
      const isWanted = holder && !holder.rooms.has(room) && !state.standings.of(member, { person }).isBlocked;
      if (isWanted) tell([holder], { type: "invited", room: room.name, from: member.name, time });
    });
  }

  /** Makes somebody an owner or a moderator, or neither. */
  role(
    member: Member,
    { room: roomName, name, role }: { room: string; name: string; role: KeptRole | "none" },
    answer: (outcome: RuleOutcome) => void,
  ): void {
    const state = this.#state;
    const fail = (code: RuleProblem) => state.inTurn(() => answer({ ok: false, code }));
    const found = this.#roleTarget(member, roomName, name);
    this.#pay(member, prices.rule, typeof found === "string" ? found : found.room);
    if (typeof found === "string") return fail(found);
    const { room, person, holder } = found;
    if (room === state.lobby && role === "owner") return fail("not-allowed");
    const isKept = holder ? holder.isRegistered : person.account !== undefined;
    if (!isKept && !holder) return fail("not-here");
    const before = holder ? state.standings.givenRole(holder, room) : room.rules.roles.get(person.id);
    if (before === "owner" && role !== "owner" && this.#isLastOwner(room, person)) return fail("last-owner");
    const refused = role === "none" ? undefined : this.#refusalOfRule(member, room.rules.roles.size);
    if (refused) return fail(refused);
    this.#setRole(room, person, isKept ? undefined : holder, role);
    if (isKept) holder?.grants.delete(room);
    this.#audit.record(member, { verb: "role", room, person, what: role });
    const time = state.time();
    const event = { type: "role", room: room.name, name: person.name, role, from: member.name, time } as const;
    state.inTurn(() => {
      answer({ ok: true });
      tell(holder && !holder.rooms.has(room) ? [...room.members, holder] : room.members, event);
    });
    state.tellMay(room);
  }

  /** Ends a room, with everything that was said in it. */
  remove(member: Member, name: string, answer: (outcome: RuleOutcome) => void): void {
    const state = this.#state;
    const room = state.roomFor(member, "remove-room", name);
    this.#pay(member, prices.removeRoom, room);
    if (typeof room === "string") return state.inTurn(() => answer({ ok: false, code: room }));
    if (room === state.lobby) return state.inTurn(() => answer({ ok: false, code: "not-allowed" }));
    const { members } = room;
    const event = { type: "room-removed", room: room.name, from: member.name, time: state.time() } as const;
    this.#empty(room);
    state.rooms.end(room);
    this.#audit.record(member, { verb: "remove-room", what: room.name });
    // Notes come before what is said in the same commit, so this one needs another.
    state.turn.read(
      prices.look,
      async () => undefined,
      () => {},
    );
    state.turn.note({ type: "room-removed", room: room.name }, ({ ok }) => {
      answer(ok ? { ok: true } : { ok: false, code: "not-stored" });
      tell(members.includes(member) ? members : [...members, member], event);
    });
  }

  /** A member has proved their account: what they were given on this connection is theirs from now on. */
  keepGrants(member: Member): void {
    for (const [room, { role, isInvited }] of member.grants) {
      if (role && room.rules.roles.get(member.person.id) !== "owner")
        this.#setRole(room, member.person, undefined, role);
      if (isInvited) this.#keepInvitation(room, member.person.id);
    }
    member.grants.clear();
  }

  /** Whose role is to change. Somebody may give up their own. */
  #roleTarget(member: Member, room: string, name: string): PersonInRoom | PlaceProblem {
    const { person } = member;
    if (this.#state.people.byName(name) !== person) return findTarget(this.#state, member, "role", { room, name });
    const own = this.#state.roomFor(member, "role", room);
    return typeof own === "string" ? own : { room: own, person, holder: member };
  }

  #refusalOfRule(member: Member, count: number): "too-many-rules" | "too-many-new-rules" | undefined {
    const { options, rooms, newRules } = this.#state;
    const { rulesOfKindMax, rulesMax } = options.limits;
    if (count >= rulesOfKindMax || rooms.ruleCount >= rulesMax) return "too-many-rules";
    return newRules.take(member.recipient.source, member) ? undefined : "too-many-new-rules";
  }

  #setRole(room: Room, person: Person, guest: Member | undefined, role: KeptRole | "none"): void {
    if (guest) {
      const { role: _, ...rest } = guest.grants.get(room) ?? {};
      guest.grants.set(room, role === "none" ? rest : { ...rest, role });
      return;
    }
    this.#state.people.takePart(person);
    if (role === "none") room.rules.roles.delete(person.id);
    else room.rules.roles.set(person.id, role);
    this.#state.keep("role", room.name, person.id, role === "none" ? undefined : role);
  }

  /** Whoever has no account is invited for as long as they are on this connection. */
  #admit(room: Room, member: Member): void {
    if (member.isRegistered) this.#keepInvitation(room, member.person.id);
    else member.grants.set(room, { ...member.grants.get(room), isInvited: true });
  }

  #keepInvitation(room: Room, person: string): void {
    if (room.rules.invited.size >= this.#state.options.limits.rulesOfKindMax) return;
    room.rules.invited.add(person);
    this.#state.keep("invitation", room.name, person, true);
  }

  #isLastOwner(room: Room, person: Person): boolean {
    const kept = [...room.rules.roles].some(([id, role]) => role === "owner" && id !== person.id);
    const isOther = (other: Member) =>
      other.person !== person && this.#state.standings.givenRole(other, room) === "owner";
    return !kept && !this.#state.lobby.members.some(isOther);
  }

  #pay(member: Member, price: number, room: Room | string): void {
    const told = typeof room === "string" ? 0 : 2 * tellingPrice(room.members.length) + mayPrice(room);
    member.recipient.pay(price + told);
  }
}
