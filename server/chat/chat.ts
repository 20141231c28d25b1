/**
 * The chat: who comes, goes, and is in which room; what they say is in messages.ts, what was said before in history.ts. Each
 * verb changes the state at once and puts what is to be told, the caller's answer included, into the current turn;
 * `flush` commits the turn's messages and then tells everything in order. Nothing here knows bytes, sockets or time zones.
 *
 * Everyone is in the lobby for as long as they are here. So what concerns a person as a whole, leaving or another name,
 * is told once, to the lobby.
 */
import type { LeaveReason, MemberInfo, RoomInfo } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { type NameResult, nameKey, parseName, parseRoomName, spellRoomName } from "../../protocol/names.ts";
import { clean } from "../../protocol/text.ts";
import { type ChatOptions, ChatState, tell } from "./chat-state.ts";
import { History, toldMessage } from "./history.ts";
import { looksReserved } from "./looks.ts";
import { Messages } from "./messages.ts";
import type { JoinOutcome, LeaveOutcome, NameOutcome, PeopleOutcome, TopicOutcome, WhoOutcome } from "./outcomes.ts";
import type { Asker, Recipient } from "./ports.ts";
import { prices, tellingPrice } from "./prices.ts";
import { Member, Room } from "./room.ts";

export class Chat {
  readonly messages: Messages;
  readonly history: History;
  readonly #state: ChatState;

  constructor(options: ChatOptions) {
    this.#state = new ChatState(options);
    this.messages = new Messages(this.#state);
    this.history = new History(this.#state);
  }

  /**
   * Lets a person in under a name. The member is returned at once, so that the caller can go on with what the person
   * sends next; undefined when the name cannot be had. `answer` comes in turn, before anything else the member hears.
   */
  login(typed: string, recipient: Recipient, answer: (outcome: NameOutcome) => void): Member | undefined {
    const free = this.#freeName(typed, recipient.source);
    recipient.pay(prices.login);
    if (!free.ok) {
      this.inTurn(() => answer(free));
      return undefined;
    }
    const { people, lobby, options } = this.#state;
    const member = new Member(free.name, recipient);
    people.set(nameKey(member.name), member);
    this.#state.remember(member.name);
    this.inTurn(() => answer(free));
    this.#enter(member, lobby);
    options.observer.joined(member, lobby.members.length);
    return member;
  }

  /** Gives a member another name, unless somebody else has it. */
  rename(member: Member, typed: string, answer: (outcome: NameOutcome) => void): void {
    const free = this.#freeName(typed, member.recipient.source, member);
    member.recipient.pay(prices.rename + tellingPrice(this.#state.lobby.members.length));
    if (!free.ok) return this.inTurn(() => answer(free));
    const from = member.name;
    const { people, lobby, options } = this.#state;
    options.observer.renamed(member, free.name);
    const before = nameKey(from);
    // The names before stay the member's: nobody else may answer for what they said.
    const key = nameKey(free.name);
    member.name = free.name;
    member.keys.delete(key);
    member.keys.add(key);
    people.set(key, member);
    const [oldest = key] = member.keys;
    if (member.keys.size > options.limits.namesPerMemberMax) {
      member.keys.delete(oldest);
      people.delete(oldest);
    }
    if (before !== key) this.#state.turn.note({ type: "given-up", person: before });
    this.#state.remember(member.name);
    const { name: room, members } = lobby;
    const time = this.#state.time();
    this.inTurn(() => {
      answer(free);
      if (from !== free.name) tell(members, { type: "member-renamed", room, from, to: free.name, time });
    });
  }

  /**
   * Brings a member into a room, which is made when there is none. @returns the room's name at once, as for `login`;
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

  /** Takes a member out of a room. Nobody leaves the lobby but by quitting. */
  leave(member: Member, roomName: string, answer: (outcome: LeaveOutcome) => void): void {
    const room = this.#state.rooms.get(roomName);
    member.recipient.pay(prices.leave + tellingPrice(room?.members.length ?? 0));
    if (!room || !member.rooms.has(room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if (room === this.#state.lobby) return this.inTurn(() => answer({ ok: false, code: "invalid" }));
    this.#takeOut(member, room);
    this.inTurn(() => answer({ ok: true, room: room.name }));
    this.#tellLeft(member, room, "left");
  }

  /** Gives a room another topic, empty for none. Everyone in it is told, the member too. */
  topic(member: Member, roomName: string, typed: string, answer: (outcome: TopicOutcome) => void): void {
    const room = this.#state.rooms.get(roomName);
    member.recipient.pay(prices.topic + tellingPrice(room?.members.length ?? 0));
    if (typed.length > wireLimits.typedCharsMax) return this.inTurn(() => answer({ ok: false, code: "too-long" }));
    const { text, ...cleaned } = clean(typed);
    const topic = text.replace(/\s+/g, " ").trim();
    if (!room || !member.rooms.has(room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if ([...topic].length > wireLimits.topicCharsMax) {
      return this.inTurn(() => answer({ ok: false, code: "too-long" }));
    }
    const { members } = room;
    const from = member.name;
    const time = this.#state.time();
    this.#state.turn.note({ type: "topic", room: room.name, topic }, (isKept) => {
      if (!isKept) return answer({ ok: false, code: "not-stored" });
      room.topic = topic;
      room.isKept = true;
      answer({ ok: true, room: room.name, ...cleaned });
      tell(members, { type: "topic", room: room.name, topic, from, time });
    });
  }

  /** Tells who is in a room. */
  who(asker: Asker, roomName: string, answer: (outcome: WhoOutcome) => void): void {
    const room = this.#state.rooms.get(roomName);
    asker.pay(prices.who + (room?.members.length ?? 0) * prices.listed);
    const outcome: WhoOutcome = room
      ? { ok: true, room: room.name, members: view(room) }
      : { ok: false, code: "no-such-room" };
    this.inTurn(() => answer(outcome));
  }

  /** Takes a member out of the chat; the others are told why, unless they all leave because the server closes. */
  quit(member: Member, reason: LeaveReason): void {
    const { people, lobby, options } = this.#state;
    member.gone.abort();
    for (const key of member.keys) people.delete(key);
    this.#state.remember(member.name);
    for (const room of member.rooms) this.#takeOut(member, room);
    options.observer.left(member, reason, lobby.members.length);
    if (reason !== "closing") this.#tellLeft(member, lobby, reason);
  }

  /** Remembers that a member does not look any more, or looks again, and tells everyone, the member too. */
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

  /** Tells who was here before and is not now. */
  absentees(asker: Asker, answer: (outcome: PeopleOutcome) => void): void {
    const { people } = this.#state;
    const limit = wireLimits.absenteesMax;
    asker.pay(prices.people + (limit + people.size) * prices.listed);
    this.inTurn(() => {
      const known = this.#state.read((log) => log.people(limit + people.size));
      if (!known) return answer({ ok: false, code: "not-read" });
      const absent = known.filter(({ name }) => !people.has(nameKey(name)));
      answer({ ok: true, people: absent.slice(0, limit) });
    });
  }

  /** Every room, the lobby first. */
  rooms(asker: Asker, answer: (rooms: readonly RoomInfo[]) => void): void {
    const { rooms, lobby } = this.#state;
    asker.pay(prices.rooms + rooms.size * prices.listed);
    this.inTurn(() => {
      const others = [...rooms.values()].filter((room) => room !== lobby);
      const sorted = others.sort((a, b) => a.name.localeCompare(b.name));
      answer([lobby, ...sorted].map(({ name, topic, members }) => ({ room: name, topic, count: members.length })));
    });
  }

  /** Old messages were removed: a room that nobody is in and that has no others is none any more. */
  forgetUnusedRooms(): void {
    this.inTurn(() => this.#state.forgetUnusedRooms());
  }

  /** A room's topic, empty for none. */
  topicOf(roomName: string): string {
    return this.#state.rooms.get(roomName)?.topic ?? "";
  }

  /** Whether somebody who is or was here goes by a name, and so can be written to. */
  isKnown(name: string): boolean {
    return this.#state.knownName(nameKey(name)) !== undefined;
  }

  /** Runs a step after everything that was asked for before it: how a dialect puts its own words in order. */
  inTurn(step: () => void): void {
    this.#state.inTurn(step);
  }

  /** Commits what was asked for since the last flush and tells everything since then, in order. */
  flush(): void {
    this.#state.flush();
  }

  /** Puts a member into a room, tells them what is there and the others that they came. Again, it tells only them. */
  #enter(member: Member, room: Room): void {
    const others = room.others(member);
    const isNew = !member.rooms.has(room);
    if (isNew) room.enter(member);
    const { length: readers } = room.members;
    member.recipient.pay(readers * prices.listed + (isNew ? tellingPrice(readers) : 0));
    const members = view(room);
    const { name } = member;
    const time = this.#state.time();
    this.#state.turn.read(() => {
      const { limits } = this.#state.options;
      const { topic, seq } = room;
      // What cannot be read keeps nobody out.
      const recent = this.#state.read((log) => log.messages(room.name, { limit: limits.recentMessages }));
      const read = this.#state.read((log) => log.readUpTo(nameKey(name), room.name));
      const kept = {
        ...(read === undefined ? {} : { read }),
        recent: (recent ?? []).map((message) => toldMessage(message, member)),
      };
      member.recipient.deliver({ type: "joined", room: room.name, topic, members, seq, ...kept });
      if (isNew) tell(others, { type: "member-joined", room: room.name, name, count: members.length, time });
    });
  }

  #takeOut(member: Member, room: Room): void {
    room.leave(member);
    // What was said or decided in this turn is not in the room yet.
    this.inTurn(() => this.#state.forgetIfUnused(room));
  }

  #tellLeft({ name }: Member, { name: room, members }: Room, reason: LeaveReason): void {
    const time = this.#state.time();
    this.inTurn(() => tell(members, { type: "member-left", room, name, count: members.length, time, reason }));
  }

  /** @param owner who would take it instead of the one that they have */
  #freeName(typed: string, source: string, owner?: Member): NameOutcome {
    const parsed = this.#readName(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", problem: parsed.problem };
    const holder = this.#state.people.get(nameKey(parsed.name));
    if (holder && holder !== owner) return { ok: false, code: "name-taken", name: parsed.name };
    if (looksReserved(parsed.name)) return { ok: false, code: "name-invalid", problem: "reserved" };
    const like = this.#state.lookalike(parsed.name, owner);
    if (like) return { ok: false, code: "name-taken", name: parsed.name, like };
    const isNew = this.#state.knownName(nameKey(parsed.name)) === undefined;
    if (isNew && !this.#state.newNames.take(source, owner)) return { ok: false, code: "too-many-new-names" };
    return parsed;
  }

  /** A name that only earlier versions took is that of whoever came under it then, and nobody else's. */
  #readName(typed: string): NameResult {
    const parsed = parseName(typed);
    if (parsed.ok || parsed.kept === undefined) return parsed;
    return this.#state.knownName(nameKey(parsed.kept)) === undefined ? parsed : { ok: true, name: parsed.kept };
  }

  #roomToJoin(member: Member, typed: string): Room | Extract<JoinOutcome, { ok: false }> {
    const name = spellRoomName(typed);
    const known = name === undefined ? undefined : this.#state.rooms.get(name);
    // A room that is there keeps its name, even one that no new room could have.
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
  return room.members.map(({ name, away }) => (away ? { name, away } : { name }));
}
