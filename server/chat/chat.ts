/**
 * The chat: who comes, who goes, and who is in which room. Saying things is in messages.ts, earlier messages are in
 * history.ts. Each verb changes the state at once, and adds whatever is to be told, including the caller's answer, to
 * the current turn; `flush` commits the turn's messages and then tells everything in order. Nothing here knows bytes,
 * sockets or time zones.
 *
 * Everyone is in the lobby for as long as they are here. Whatever concerns a person as a whole, such as a quit or a
 * rename, is therefore told once, to the lobby.
 */
import type { Absentee, LeaveReason, MemberInfo, RoomInfo } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { nameKey, parseRoomName, spellRoomName } from "../../protocol/names.ts";
import { cleaned, type Typed } from "../../protocol/text.ts";
import { Accounts } from "./accounts.ts";
import { type ChatCounts, type ChatOptions, ChatState, tell } from "./chat-state.ts";
import type { Door } from "./door.ts";
import { History, toldMessage } from "./history.ts";
import { Messages } from "./messages.ts";
import { Naming } from "./naming.ts";
import type {
  JoinOutcome,
  LeaveOutcome,
  LoginOutcome,
  NameOutcome,
  PlaceProblem,
  TopicOutcome,
  WhoOutcome,
} from "./outcomes.ts";
import type { HistoryPage, Recipient } from "./ports.ts";
import { prices, tellingPrice } from "./prices.ts";
import type { Verb } from "./rights.ts";
import { Member, Room, Visit } from "./room.ts";

export interface LoginOptions {
  visit?: Visit;
  /** Asks for a session token. */
  device?: string | undefined;
  /** The chat's own. */
  password?: string | undefined;
}

export class Chat {
  readonly messages: Messages;
  readonly history: History;
  readonly accounts: Accounts;
  readonly #naming: Naming;
  readonly #state: ChatState;

  constructor(options: ChatOptions) {
    this.#state = new ChatState(options);
    this.#naming = new Naming(this.#state);
    this.accounts = new Accounts(this.#state, this.#naming);
    this.messages = new Messages(this.#state);
    this.history = new History(this.#state);
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
    { visit = new Visit(recipient), device, password }: LoginOptions = {},
  ): Member | undefined {
    const free = this.#state.door.knock(visit, password) ?? this.#naming.enterable(typed, visit);
    recipient.pay(prices.login);
    if (!free.ok) {
      this.inTurn(() => answer(free));
      return undefined;
    }
    const { lobby, options } = this.#state;
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
    const room = this.#roomFor(member, "leave", roomName);
    member.recipient.pay(prices.leave + tellingPrice(room instanceof Room ? room.members.length : 0));
    if (!(room instanceof Room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if (room === this.#state.lobby) return this.inTurn(() => answer({ ok: false, code: "invalid" }));
    this.#takeOut(member, room);
    this.inTurn(() => answer({ ok: true, room: room.name }));
    this.#tellLeft(member, room, "left");
  }

  /** Changes a room's topic; empty for none. Everyone in the room is told, including the member. */
  topic(member: Member, roomName: string, typed: Typed, answer: (outcome: TopicOutcome) => void): void {
    const room = this.#roomFor(member, "topic", roomName);
    member.recipient.pay(prices.topic + tellingPrice(room instanceof Room ? room.members.length : 0));
    const read = cleaned(typed);
    if (!read) return this.inTurn(() => answer({ ok: false, code: "too-long" }));
    const { text, ...dropped } = read;
    const topic = text.replace(/\s+/g, " ").trim();
    if (!(room instanceof Room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if ([...topic].length > wireLimits.topicCharsMax) {
      return this.inTurn(() => answer({ ok: false, code: "too-long" }));
    }
    const { members } = room;
    const from = member.name;
    const time = this.#state.time();
    this.#state.turn.note({ type: "topic", room: room.name, topic }, ({ ok }) => {
      if (!ok) return answer({ ok: false, code: "not-stored" });
      room.topic = topic;
      room.isKept = true;
      answer({ ok: true, room: room.name, ...dropped });
      tell(members, { type: "topic", room: room.name, topic, from, time });
    });
  }

  /** Tells who is in a room. */
  who(member: Member, roomName: string, answer: (outcome: WhoOutcome) => void): void {
    const room = this.#roomFor(member, "who", roomName);
    member.recipient.pay(prices.who + (room instanceof Room ? room.members.length : 0) * prices.listed);
    const outcome: WhoOutcome =
      room instanceof Room ? { ok: true, room: room.name, members: view(room) } : { ok: false, code: "no-such-room" };
    this.inTurn(() => answer(outcome));
  }

  /** Takes a member out of the chat; the others are told why, unless everybody leaves because the server closes. */
  quit(member: Member, reason: LeaveReason): void {
    const { lobby, options } = this.#state;
    member.gone.abort();
    this.accounts.logins.left(member.visit);
    this.#state.release(member);
    for (const room of member.rooms) this.#takeOut(member, room);
    options.observer.left(member, reason, lobby.members.length);
    if (reason !== "closing") this.#tellLeft(member, lobby, reason);
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

  /** Tells who was here before and is gone. */
  absentees({ recipient }: Member, answer: (people: readonly Absentee[]) => void): void {
    const limit = wireLimits.absenteesMax;
    recipient.pay(prices.people + (limit + this.#state.count) * prices.listed);
    const absent = this.#state.people.absent(limit);
    this.inTurn(() => answer(absent));
  }

  /** Every room, the lobby first. */
  rooms({ recipient }: Member, answer: (rooms: readonly RoomInfo[]) => void): void {
    const { rooms, lobby } = this.#state;
    recipient.pay(prices.rooms + rooms.size * prices.listed);
    this.inTurn(() => {
      const others = [...rooms.values()].filter((room) => room !== lobby);
      const sorted = others.sort((a, b) => a.name.localeCompare(b.name));
      answer([lobby, ...sorted].map(({ name, topic, members }) => ({ room: name, topic, count: members.length })));
    });
  }

  /** Does what is due by the clock. */
  maintain(): void {
    this.#naming.maintain();
  }

  /** How many people are here. */
  get count(): number {
    return this.#state.count;
  }

  /** Old messages were removed: an empty room with no messages left is forgotten. */
  forgetUnusedRooms(): void {
    this.inTurn(() => this.#state.forgetUnusedRooms());
  }

  /** A room's topic; empty for none. */
  topicOf(roomName: string): string {
    return this.#state.rooms.get(roomName)?.topic ?? "";
  }

  /** The current name of the person that a name leads to; undefined when it leads to nobody. */
  nameOf(name: string): string | undefined {
    return this.#state.people.byName(name)?.name;
  }

  /** Who is let in at all. */
  get door(): Door {
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

  /** Whether two names lead to the same person. */
  isSamePerson(one: string, other: string): boolean {
    const person = this.#state.people.byName(one);
    return person ? person === this.#state.people.byName(other) : nameKey(one) === nameKey(other);
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
    const members = view(room);
    const { name, person } = member;
    const registered = member.isRegistered ? { registered: true } : {};
    const time = this.#state.time();
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
        const told = { type: "joined", room: room.name, log: this.log, topic, members, seq, recent } as const;
        member.recipient.deliver(read === undefined ? told : { ...told, read }, quotes);
        if (isNew)
          tell(others, { type: "member-joined", room: room.name, name, ...registered, count: members.length, time });
      },
    );
  }

  #takeOut(member: Member, room: Room): void {
    room.leave(member);
    // What was said or decided in this turn is not in the room yet.
    const { visits } = room;
    this.inTurn(() => this.#state.forgetIfUnused(room, visits));
  }

  #tellLeft({ name }: Member, { name: room, members }: Room, reason: LeaveReason): void {
    const time = this.#state.time();
    this.inTurn(() => tell(members, { type: "member-left", room, name, count: members.length, time, reason }));
  }

  /** The room in which a member may do something, or why they may not. */
  #roomFor(member: Member, verb: Verb, name: string): Room | PlaceProblem {
    const place = this.#state.placeFor(member, verb, name);
    if (typeof place === "string") return place;
    return place.room ?? "no-such-room";
  }

  #roomToJoin(member: Member, typed: string): Room | Extract<JoinOutcome, { ok: false }> {
    const name = spellRoomName(typed);
    const known = name === undefined ? undefined : this.#state.rooms.get(name);
    // An existing room keeps its name, even one that no new room could have.
    if (name === undefined || (!known && parseRoomName(typed) === undefined))
      return { ok: false, code: "room-invalid" };
    const { roomsMax, roomsPerMemberMax } = this.#state.options.limits;
    if (known && member.rooms.has(known)) return known;
    if (member.rooms.size >= roomsPerMemberMax) return { ok: false, code: "too-many-rooms" };
    if (known) return known;
    if (this.#state.rooms.size >= roomsMax) return { ok: false, code: "too-many-rooms" };
    const like = this.#state.roomLike(name);
    if (like) return { ok: false, code: "room-invalid", like: like.name };
    return this.#state.makeRoom(member, name) ?? { ok: false, code: "too-many-new-rooms" };
  }
}

function view(room: Room): readonly MemberInfo[] {
  return room.members.map(({ name, away, isRegistered }) => ({
    name,
    ...(away ? { away } : {}),
    ...(isRegistered ? { registered: true } : {}),
  }));
}

const emptyPage: Pick<HistoryPage, "entries" | "quotes"> = { entries: [], quotes: new Map() };
