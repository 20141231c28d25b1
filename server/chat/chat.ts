/**
 * The chat: who comes, who goes, and who is in which room. Saying things is in messages.ts, earlier messages are in
 * history.ts. Each verb changes the state at once, and adds whatever is to be told, including the caller's answer, to
 * the current turn; `flush` commits the turn's messages and then tells everything in order. Nothing here knows bytes,
 * sockets or time zones.
 *
 * Everyone is in the lobby for as long as they are here. Whatever concerns a person as a whole, such as a quit or a
 * rename, is therefore told once, to the lobby.
 */
import type { LeaveReason } from "../../protocol/events.ts";
import { parseRoomName, spellRoomName } from "../../protocol/names.ts";
import { Accounts } from "./accounts.ts";
import { Administration } from "./administration.ts";
import { Audit } from "./audit.ts";
import { Blocks } from "./blocks.ts";
import type { ChatOptions, LoginOptions } from "./chat-options.ts";
import { type ChatCounts, ChatState, tell } from "./chat-state.ts";
import { Directory, membersOf } from "./directory.ts";
import type { Doorkeeper } from "./door.ts";
import { History, toldMessage } from "./history.ts";
import { Inviting } from "./inviting.ts";
import { loadRecords } from "./load-records.ts";
import { Messages } from "./messages.ts";
import { type Expel, Moderation } from "./moderation.ts";
import { Naming } from "./naming.ts";
import type { JoinOutcome, LeaveOutcome, LoginOutcome, NameOutcome } from "./outcomes.ts";
import type { HistoryPage, Recipient } from "./ports.ts";
import { prices, tellingPrice } from "./prices.ts";
import { Reports } from "./reports.ts";
import { Member, Room, Visit } from "./room.ts";
import { RoomKeeping } from "./room-keeping.ts";

export class Chat {
  readonly messages: Messages;
  readonly history: History;
  readonly accounts: Accounts;
  readonly administration: Administration;
  readonly directory: Directory;
  readonly moderation: Moderation;
  readonly roomKeeping: RoomKeeping;
  readonly reports: Reports;
  readonly blocks: Blocks;
  readonly audit: Audit;
  readonly inviting: Inviting;
  readonly #state: ChatState;
  readonly #naming: Naming;

  constructor(options: ChatOptions) {
    const state = new ChatState(options);
    this.#state = state;
    this.#naming = new Naming(state);
    this.accounts = new Accounts(state, this.#naming);
    this.audit = new Audit(state);
    this.inviting = new Inviting(state, this.audit);
    const parts = { naming: this.#naming, logins: this.accounts.logins, inviting: this.inviting };
    this.administration = new Administration(state, parts);
    this.messages = new Messages(state, this.audit);
    this.history = new History(state);
    this.directory = new Directory(state);
    this.moderation = new Moderation(state, this.audit, (...expelled) => this.#expel(...expelled));
    this.roomKeeping = new RoomKeeping(state, this.audit, (room) => {
      for (const member of room.members) room.leave(member);
    });
    this.reports = new Reports(state, this.audit);
    this.blocks = new Blocks(state);
    state.rooms.ended = ({ name }) => {
      this.audit.forget(name);
      this.reports.forget(name);
    };
    state.identified = (member) => this.#identified(member);
    loadRecords(state, options.kept.records, this);
    state.rooms.forgetUnused();
  }

  /** The id of the log, by which clients know whether their numbers belong to it. */
  get log(): string {
    return this.#state.options.log.id;
  }

  /**
   * Lets a person in under a name. The member is returned at once, so that the caller can handle what the person sends
   * next; undefined when the name is refused. `answer` comes in turn, before anything else the member hears.
   */
  login(
    typed: string,
    recipient: Recipient,
    answer: (outcome: LoginOutcome) => void,
    { visit = new Visit(recipient), device, password, invitation }: LoginOptions = {},
  ): Member | undefined {
    const free = this.#state.door.knock(visit, { password, invitation }) ?? this.#naming.enterable(typed, visit);
    recipient.pay(prices.login);
    if (!free.ok) {
      this.inTurn(() => answer(free));
      return undefined;
    }
    const { lobby, options } = this.#state;
    this.#state.door.letIn(visit);
    const member = new Member(this.#naming.enterAs(visit, free.name), recipient, visit);
    visit.member = member;
    this.#state.enter(member, member.person);
    const token = this.accounts.logins.tokenFor(visit, member.person, device);
    this.inTurn(() => answer({ ...free, ...token }));
    this.#enter(member, lobby);
    options.observer.joined(member, lobby.members.length);
    return member;
  }

  /** Gives a member another name, unless somebody else has it. */
  rename(member: Member, typed: string, answer: (outcome: NameOutcome) => void): void {
    const free = this.#naming.enterable(typed, member.visit);
    member.recipient.pay(prices.rename + tellingPrice(this.#state.lobby.members.length));
    if (!free.ok) return this.inTurn(() => answer(free));
    this.#naming.rename(member, free.name, (same) => answer({ ...free, ...same }));
  }

  /**
   * Brings a member into a room, which is created if necessary. @returns the room's name at once, as for `login`;
   * undefined when it cannot be joined
   */
  join(member: Member, typed: string, answer: (outcome: JoinOutcome) => void): string | undefined {
    const found = this.#roomToJoin(member, typed);
    member.recipient.pay(prices.join);
    if (!(found instanceof Room)) {
      this.inTurn(() => answer(found));
      return undefined;
    }
    this.inTurn(() => answer({ ok: true, room: found.name }));
    this.#enter(member, found);
    return found.name;
  }

  /** Takes a member out of a room. The lobby can be left only by quitting. */
  leave(member: Member, roomName: string, answer: (outcome: LeaveOutcome) => void): void {
    const room = this.#state.roomFor(member, "leave", roomName);
    member.recipient.pay(prices.leave + tellingPrice(room instanceof Room ? room.members.length : 0));
    if (!(room instanceof Room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if (room === this.#state.lobby) return this.inTurn(() => answer({ ok: false, code: "invalid" }));
    this.#takeOut(member, room);
    this.inTurn(() => answer({ ok: true, room: room.name }));
    this.#tellLeft(member, room, "left");
  }

  /** Takes a member out of the chat; the others are told why, unless everybody leaves because the server closes. */
  quit(member: Member, reason: LeaveReason): void {
    const { lobby, options } = this.#state;
    member.gone.abort();
    this.accounts.logins.left(member.visit);
    this.#state.release(member);
    for (const room of member.rooms) this.#takeOut(member, room);
    options.observer.left(member, reason, lobby.members.length);
    if (reason !== "closing") this.#tellLeft(member, lobby, reason, member.expelled);
  }

  /** Records that a member is away or looking again, and tells everyone, including the member. */
  away(member: Member, away: boolean, answer: (outcome: { ok: true }) => void): void {
    const isNew = member.away !== away;
    member.recipient.pay(prices.away + (isNew ? tellingPrice(this.#state.lobby.members.length) : 0));
    member.away = away;
    const { name: room, members } = this.#state.lobby;
    const { name } = member;
    const time = this.#state.time();
    this.inTurn(() => {
      answer({ ok: true });
      if (isNew) tell(members, { type: "member-away", room, name, away, time });
    });
  }

  /** Does what is due by the clock. */
  maintain(): void {
    this.#naming.maintain();
    this.#state.invitations.maintain();
  }

  /** How many people are here. */
  get count(): number {
    return this.#state.count;
  }

  /** Old messages were removed: an empty room with no messages left is forgotten. */
  forgetUnusedRooms(): void {
    this.inTurn(() => this.#state.rooms.forgetUnused());
  }

  /** Who is let in at all. */
  get door(): Doorkeeper {
    return this.#state.door;
  }

  /** The name of somebody with an account to whom a name leads, unless the visit has proved to be them. */
  registeredAs(typed: string, visit: Visit): string | undefined {
    return this.#naming.registeredAs(typed, visit);
  }

  /** Whether a member's name is registered, perhaps by somebody else. */
  isRegistered({ person }: Member): boolean {
    return person.account !== undefined;
  }

  /** Whether somebody has a role in a room. */
  isModerator(member: Member, roomName: string): boolean {
    const room = this.#state.rooms.get(roomName);
    return room !== undefined && this.#state.standings.isModerator(member, room);
  }

  /** The time after a while, ISO 8601, UTC. */
  timeIn(ms: number): string {
    return new Date(this.#state.nowMs() + ms).toISOString();
  }

  /** Runs a step after everything requested before it, so that a dialect can answer in order. */
  inTurn(step: () => void): void {
    this.#state.inTurn(step);
  }

  /** How much there is of what grows and shrinks. */
  get counts(): ChatCounts {
    return this.#state.counts;
  }

  /** So many requests have gathered that further ones must wait. */
  get isBehind(): boolean {
    return this.#state.isBehind;
  }

  /** Resolves when everything requested so far is committed and told, and nothing has gathered since. */
  settled(): Promise<void> {
    return this.#state.settled();
  }

  /** Commits the gathered requests and tells their outcome: at once, or when the log has finished the turn before. */
  flush(): void {
    this.#state.flush();
  }

  /**
   * Puts a member into a room, tells them what is there, and tells the others that they joined. If they are in it
   * already, tells only them.
   */
  #enter(member: Member, room: Room): void {
    const others = room.others(member);
    const isNew = !member.rooms.has(room);
    if (isNew) room.enter(member);
    const { length: readers } = room.members;
    member.recipient.pay(readers * prices.listed + (isNew ? tellingPrice(readers) : 0));
    const members = membersOf(room, this.#state.standings);
    const { name, person } = member;
    const role = this.#state.standings.roleIn(member, room);
    const known = { ...(member.isRegistered ? { registered: true } : {}), ...(role === "none" ? {} : { role }) };
    const time = this.#state.time();
    const { settings } = room.rules;
    const own = this.#state.standings.told(member, room);
    room.hasHeard(member, own);
    const { recentMessages: limit } = this.#state.options.limits;
    this.#state.turn.read(
      prices.look + limit * prices.message,
      (log) => Promise.all([log.history(room.name, { limit, changes: false }), log.readUpTo(person.id, room.name)]),
      (kept) => {
        // A member may enter even if the log cannot be read.
        const [page, read] = kept?.value ?? [];
        const { entries, quotes } = page === undefined || page === "no-such-message" ? emptyPage : page;
        const recent = entries.flatMap((entry) => (entry.type === "message" ? [toldMessage(entry, member)] : []));
        const { topic, seq } = room;
        const place = { room: room.name, log: this.log, topic, members, seq, recent };
        const isRun = Object.keys(settings).length > 0;
        const told = { type: "joined" as const, ...place, ...(isRun ? { settings } : {}), ...own };
        member.recipient.deliver(read === undefined ? told : { ...told, read }, quotes);
        if (isNew)
          tell(others, { type: "member-joined", room: room.name, name, ...known, count: members.length, time });
      },
    );
  }

  #takeOut(member: Member, room: Room): void {
    room.leave(member);
    // What was said or decided in this turn is not in the room yet.
    const { visits } = room;
    this.inTurn(() => this.#state.rooms.forgetIfUnused(room, visits));
  }

  #tellLeft(
    member: Member,
    { name: room, members }: Room,
    reason: LeaveReason,
    { by, why }: { by?: string; why?: string | undefined } = {},
  ): void {
    const because = { ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
    const told = {
      type: "member-left",
      room,
      name: member.name,
      count: members.length,
      time: this.#state.time(),
    } as const;
    this.inTurn(() => tell(members, { ...told, reason, ...because }));
    // Whoever leaves by themselves knows it.
    if (reason === "kicked" || reason === "banned") this.inTurn(() => tell([member], { ...told, reason, ...because }));
  }

  /** They may be somebody else now: whom a room keeps out, or who has a role there. */
  #identified(member: Member): void {
    const { standings } = this.#state;
    if (member.isRegistered) this.roomKeeping.keepGrants(member);
    // Under another name, every rule is held against them anew.
    const held = [...member.rooms].reduce((sum, { rules }) => sum + rules.bans.size + rules.mutes.size, 0);
    member.recipient.pay(held * prices.ruleHeld);
    for (const room of member.rooms) {
      const ban = standings.roleIn(member, room) === "none" ? standings.banOf(member, room) : undefined;
      if (ban) this.#expel(member, room, "banned", { why: ban.kept.reason });
      else this.#state.tellMay(room, member);
    }
  }

  /** Out of the lobby means out of the chat. */
  readonly #expel: Expel = (member, room, reason, because) => {
    if (room !== this.#state.lobby) {
      this.#takeOut(member, room);
      return this.#tellLeft(member, room, reason, because);
    }
    member.expelled = because;
    member.recipient.dismiss(reason);
  };

  #roomToJoin(member: Member, typed: string): Room | Extract<JoinOutcome, { ok: false }> {
    const name = spellRoomName(typed);
    const known = name === undefined ? undefined : this.#state.rooms.get(name);
    // An existing room keeps its name, even one that no new room could have.
    if (name === undefined || (!known && parseRoomName(typed) === undefined))
      return { ok: false, code: "room-invalid" };
    const { roomsMax, roomsPerMemberMax } = this.#state.options.limits;
    if (known && member.rooms.has(known)) return known;
    if (known) member.recipient.pay(known.rules.bans.size * prices.ruleHeld);
    const denied = known && this.#state.roomFor(member, "join", known.name);
    if (typeof denied === "string") {
      const ban = this.#state.standings.banOf(member, known as Room)?.kept;
      return denied === "banned"
        ? { ok: false, code: denied, until: ban?.until, reason: ban?.reason }
        : { ok: false, code: "not-invited" };
    }
    if (member.rooms.size >= roomsPerMemberMax) return { ok: false, code: "too-many-rooms" };
    if (known) return known;
    if (this.#state.rooms.size >= roomsMax) return { ok: false, code: "too-many-rooms" };
    const like = this.#state.rooms.like(name);
    if (like) return { ok: false, code: "room-invalid", like: like.name };
    return this.#state.makeRoom(member, name) ?? { ok: false, code: "too-many-new-rooms" };
  }
}

const emptyPage: Pick<HistoryPage, "entries" | "quotes"> = { entries: [], quotes: new Map() };
