/**
 * The chat: people, rooms, and what they say to each other. State first, verbs next. Each verb changes the state at
 * once and puts what is to be told, the caller's answer included, into the current turn; `flush` commits the turn's
 * messages and then tells everything in order. Nothing here knows bytes, sockets or time zones.
 *
 * Everyone is in the lobby for as long as they are here. So what concerns a person as a whole, leaving or another name,
 * is told once, to the lobby.
 */
import type { LeaveReason, Member as MemberView, RoomEvent, RoomInfo } from "../../protocol/events.ts";
import { type ServerLimits, wireLimits } from "../../protocol/limits.ts";
import { lobby, nameKey, parseName, parseRoomName, privateRoom } from "../../protocol/names.ts";
import { parseSearch } from "../../protocol/search.ts";
import { cleanText, textProblem } from "../../protocol/text.ts";
import { Member } from "./member.ts";
import type {
  HistoryOutcome,
  JoinOutcome,
  LeaveOutcome,
  NameOutcome,
  PostOutcome,
  PostRequest,
  SearchOutcome,
  TopicOutcome,
  WhoOutcome,
} from "./outcomes.ts";
import { foundMessage, pastMessage } from "./past-message.ts";
import type { Audience, ChatObserver, Draft, MessageLog, Range } from "./ports.ts";
import { Room } from "./room.ts";
import { Turn } from "./turn.ts";

export interface ChatOptions {
  log: MessageLog;
  /** The current time; members are told it with who came and went. */
  now: () => Date;
  /** Called when a turn has something to do: `flush` is then due once, at the end of this turn of the event loop. */
  wake: () => void;
  observer: ChatObserver;
  limits: Pick<ServerLimits, "recentMessages" | "roomsMax" | "roomsPerMemberMax">;
}

export class Chat {
  readonly #options: ChatOptions;
  /** Everyone, by the key of their name. Bounded by the number of connections. */
  readonly #people = new Map<string, Member>();
  /** Bounded by `roomsMax`. */
  readonly #rooms = new Map<string, Room>();
  readonly #lobby: Room;
  #turn: Turn | undefined;

  constructor(options: ChatOptions) {
    this.#options = options;
    const { log } = options;
    for (const { name, topic } of log.rooms()) this.#rooms.set(name, new Room(name, topic, log.lastSeq(name)));
    this.#lobby = this.#rooms.get(lobby) ?? new Room(lobby, "", 0);
    this.#rooms.set(lobby, this.#lobby);
  }

  /**
   * Lets a person in under a name. The member is returned at once, so that the caller can go on with what the person
   * sends next; undefined when the name cannot be had. `answer` comes in turn, before anything else the member hears.
   */
  login(typed: string, audience: Audience, answer: (outcome: NameOutcome) => void): Member | undefined {
    const free = this.#freeName(typed);
    if (!free.ok) {
      this.inTurn(() => answer(free));
      return undefined;
    }
    const member = new Member(free.name, audience);
    this.#people.set(nameKey(member.name), member);
    this.inTurn(() => answer(free));
    this.#enter(member, this.#lobby);
    this.#options.observer.joined(member, this.#lobby.members.length);
    return member;
  }

  /** Gives a member another name, unless somebody else has it. */
  rename(member: Member, typed: string, answer: (outcome: NameOutcome) => void): void {
    const free = this.#freeName(typed, member);
    if (!free.ok) return this.inTurn(() => answer(free));
    const from = member.name;
    this.#options.observer.renamed(member, free.name);
    this.#people.delete(nameKey(from));
    member.name = free.name;
    this.#people.set(nameKey(free.name), member);
    const { name: room, members } = this.#lobby;
    const time = this.#time();
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
    if (!(found instanceof Room)) {
      this.inTurn(() => answer({ ok: false, code: found }));
      return undefined;
    }
    this.inTurn(() => answer({ ok: true, room: found.name }));
    this.#enter(member, found);
    return found.name;
  }

  /** Takes a member out of a room. Nobody leaves the lobby but by quitting. */
  leave(member: Member, roomName: string, answer: (outcome: LeaveOutcome) => void): void {
    const room = this.#rooms.get(roomName);
    if (!room || !member.rooms.has(room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if (room === this.#lobby) return this.inTurn(() => answer({ ok: false, code: "invalid" }));
    this.#takeOut(member, room);
    this.inTurn(() => answer({ ok: true, room: room.name }));
    this.#tellLeft(member, room, "left");
  }

  /** Says something to a room or a person. The sender hears the answer only; the others hear it after the commit. */
  post(member: Member, request: PostRequest, answer: (outcome: PostOutcome) => void): void {
    const text = cleanText(request.text);
    const place = this.#place(member, request.room);
    const problem = textProblem(text) ?? (typeof place === "string" ? place : undefined);
    if (problem || typeof place === "string") {
      return this.inTurn(() => answer({ ok: false, code: problem ?? "no-such-room" }));
    }
    const { id, action } = request;
    const from = member.name;
    const draft: Draft = { conversation: place.conversation, id, from, text, action };
    this.#currentTurn().append(draft, (outcome) => {
      if (!outcome.ok) return answer(outcome);
      const { position, duplicate } = outcome;
      if (!duplicate) {
        if (place.room) place.room.seq = position.seq;
        const said = { ...position, from, text, ...(action ? { action } : {}) };
        tell(place.hearers, { type: "message", room: place.shownAs, ...said });
      }
      answer({ ok: true, posted: { ...position, text, ...(place.to === undefined ? {} : { to: place.to }) } });
    });
  }

  /** Gives a room another topic, empty for none. Everyone in it is told, the member too. */
  topic(member: Member, roomName: string, typed: string, answer: (outcome: TopicOutcome) => void): void {
    const room = this.#rooms.get(roomName);
    const topic = cleanText(typed).replace(/\s+/g, " ").trim();
    if (!room || !member.rooms.has(room)) return this.inTurn(() => answer({ ok: false, code: "not-in-room" }));
    if ([...topic].length > wireLimits.topicCharsMax) {
      return this.inTurn(() => answer({ ok: false, code: "too-long" }));
    }
    const { members } = room;
    const from = member.name;
    const time = this.#time();
    this.inTurn(() => {
      if (!this.#options.log.setTopic(room.name, topic)) return answer({ ok: false, code: "not-stored" });
      room.topic = topic;
      answer({ ok: true, room: room.name });
      tell(members, { type: "topic", room: room.name, topic, from, time });
    });
  }

  /** Tells who is in a room. */
  who(roomName: string, answer: (outcome: WhoOutcome) => void): void {
    const room = this.#rooms.get(roomName);
    const outcome: WhoOutcome = room
      ? { ok: true, room: room.name, members: view(room) }
      : { ok: false, code: "no-such-room" };
    this.inTurn(() => answer(outcome));
  }

  /** Tells what was said in a room, or in a private conversation of the member's. */
  history(member: Member, target: string, range: Range, answer: (outcome: HistoryOutcome) => void): void {
    const conversation = target.startsWith("@")
      ? privateConversation(member.name, target.slice(1))
      : this.#rooms.get(target)?.name;
    this.inTurn(() => {
      if (conversation === undefined) return answer({ ok: false, code: "no-such-room" });
      // One more than was asked for tells whether there is more.
      const found = this.#options.log.read(conversation, { ...range, limit: range.limit + 1 });
      const more = found.length > range.limit;
      const asked = range.after === undefined ? found.slice(-range.limit) : found.slice(0, range.limit);
      answer({ ok: true, room: target, messages: asked.map(pastMessage), more });
    });
  }

  /** Finds messages in all rooms and in the member's private conversations, newest first. */
  search(member: Member, typed: string, skip: number, answer: (outcome: SearchOutcome) => void): void {
    const parsed = parseSearch(typed);
    if (!parsed.ok) return this.inTurn(() => answer({ ok: false, code: "invalid", problem: parsed.problem }));
    const limit = wireLimits.searchMessagesMax;
    const person = nameKey(member.name);
    this.inTurn(() => {
      const found = this.#options.log.search(parsed.query, person, skip, limit + 1);
      const messages = found.slice(0, limit).map((message) => foundMessage(message, person));
      answer({ ok: true, found: messages, more: found.length > limit });
    });
  }

  /** Takes a member out of the chat; the others are told why, unless they all leave because the server closes. */
  quit(member: Member, reason: LeaveReason): void {
    this.#people.delete(nameKey(member.name));
    for (const room of member.rooms) this.#takeOut(member, room);
    this.#options.observer.left(member, reason, this.#lobby.members.length);
    if (reason !== "closing") this.#tellLeft(member, this.#lobby, reason);
  }

  /** Every room, the lobby first. */
  rooms(answer: (rooms: readonly RoomInfo[]) => void): void {
    this.inTurn(() => {
      const others = [...this.#rooms.values()].filter((room) => room !== this.#lobby);
      const sorted = others.sort((a, b) => a.name.localeCompare(b.name));
      answer(
        [this.#lobby, ...sorted].map(({ name, topic, members }) => ({ room: name, topic, count: members.length })),
      );
    });
  }

  /** A room's topic, empty for none. */
  topicOf(roomName: string): string {
    return this.#rooms.get(roomName)?.topic ?? "";
  }

  /** The names of everyone who can be written to. */
  names(): string[] {
    return [...this.#people.values()].map((member) => member.name);
  }

  /** Runs a step after everything that was asked for before it: how a dialect puts its own words in order. */
  inTurn(step: () => void): void {
    this.#currentTurn().add(step);
  }

  /** Commits what was posted since the last flush and tells everything since then, in order. */
  flush(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    turn?.run(this.#options.log, (error) => this.#options.observer.failed(error));
  }

  #currentTurn(): Turn {
    if (!this.#turn) {
      this.#turn = new Turn();
      this.#options.wake();
    }
    return this.#turn;
  }

  /** Puts a member into a room, tells them what is there and the others that they came. Again, it tells only them. */
  #enter(member: Member, room: Room): void {
    const others = room.others(member);
    const isNew = !member.rooms.has(room);
    if (isNew) room.enter(member);
    const members = view(room);
    const { name } = member;
    const time = this.#time();
    this.inTurn(() => {
      const recent = this.#options.log.read(room.name, { limit: this.#options.limits.recentMessages }).map(pastMessage);
      const { topic, seq } = room;
      member.audience.deliver({ type: "joined", room: room.name, topic, members, seq, recent });
      if (isNew) tell(others, { type: "member-joined", room: room.name, name, count: members.length, time });
    });
  }

  #takeOut(member: Member, room: Room): void {
    room.leave(member);
    // What was said or decided in this turn is not in the room yet.
    this.inTurn(() => {
      if (room !== this.#lobby && room.isEmpty) this.#rooms.delete(room.name);
    });
  }

  #tellLeft({ name }: Member, { name: room, members }: Room, reason: LeaveReason): void {
    const time = this.#time();
    this.inTurn(() => tell(members, { type: "member-left", room, name, count: members.length, time, reason }));
  }

  #freeName(typed: string, owner?: Member): NameOutcome {
    const parsed = parseName(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", problem: parsed.problem };
    const holder = this.#people.get(nameKey(parsed.name));
    if (holder && holder !== owner) return { ok: false, code: "name-taken", name: parsed.name };
    return parsed;
  }

  #roomToJoin(member: Member, typed: string): Room | "room-invalid" | "too-many-rooms" {
    const name = parseRoomName(typed);
    if (name === undefined) return "room-invalid";
    const { roomsMax, roomsPerMemberMax } = this.#options.limits;
    const known = this.#rooms.get(name);
    if (known && member.rooms.has(known)) return known;
    if (member.rooms.size >= roomsPerMemberMax) return "too-many-rooms";
    if (known) return known;
    if (this.#rooms.size >= roomsMax) return "too-many-rooms";
    const room = new Room(name, "", 0);
    this.#rooms.set(name, room);
    return room;
  }

  /** Where a post goes: which log, who hears it, and how the place is called for those who hear it. */
  #place(member: Member, target: string) {
    if (!target.startsWith("@")) {
      const room = this.#rooms.get(target);
      if (!room) return "no-such-room" as const;
      if (!member.rooms.has(room)) return "not-in-room" as const;
      return { conversation: room.name, room, hearers: room.others(member), shownAs: room.name };
    }
    const other = this.#people.get(nameKey(target.slice(1)));
    if (!other) return "no-such-person" as const;
    const conversation = privateConversation(member.name, other.name);
    const hearers = other === member ? [] : [other];
    return { conversation, hearers, shownAs: privateRoom(member.name), to: other.name };
  }

  #time(): string {
    return this.#options.now().toISOString();
  }
}

/** The key of the conversation between two people: the same from both sides. No name holds a comma. */
function privateConversation(one: string, other: string): string {
  return privateRoom([one, other].map(nameKey).sort().join(","));
}

function tell(hearers: readonly Member[], event: RoomEvent): void {
  for (const { audience } of hearers) audience.deliver(event);
}

function view(room: Room): readonly MemberView[] {
  return room.members.map(({ name }) => ({ name }));
}
