/**
 * What the verbs of the chat share: who is here and in which rooms, the turn that is going on, and how a place that
 * somebody names is found. It tells nobody anything by itself.
 *
 * Everyone is in the lobby for as long as they are here.
 */
import type { RoomEvent } from "../../protocol/events.ts";
import { lobby, nameKey, privateRoom } from "../../protocol/names.ts";
import type { ServerLimits } from "../limits.ts";
import { isPlain, Looks, looksOf } from "./looks.ts";
import type { PlaceProblem } from "./outcomes.ts";
import type { ChatObserver, MessageLog } from "./ports.ts";
import { Ration } from "./ration.ts";
import type { Member } from "./room.ts";
import { Room } from "./room.ts";
import { Turn } from "./turn.ts";

export interface ChatOptions {
  log: MessageLog;
  /** The current time; members are told it with who came and went. */
  now: () => Date;
  /** Called when a turn has something to do: `flush` is then due once, at the end of this turn of the event loop. */
  wake: () => void;
  observer: ChatObserver;
  limits: Pick<
    ServerLimits,
    | "namesPerMemberMax"
    | "peopleMax"
    | "recentMessages"
    | "roomsMax"
    | "roomsPerMemberMax"
    | "sourcesMax"
    | `new${"Names" | "Rooms" | "Conversations"}Of${"Source" | "Member"}`
  >;
}

/** Where something is said: which log, and how the place is called for whom. */
export interface Place {
  conversation: string;
  /** Undefined between two people. */
  room?: Room;
  /** Everyone else who hears it. */
  hearers: readonly Member[];
  /** What the hearers call it, and what the one who speaks does. */
  shownAs: string;
  ownName: string;
  /** The name of the other person; undefined in a room. */
  to?: string;
  /** The other person is not here. */
  away?: boolean;
}

export class ChatState {
  readonly options: ChatOptions;
  /** Everyone, by the keys of the names they have and had. Bounded by the number of connections. */
  readonly people = new Map<string, Member>();
  /** Bounded by `roomsMax`. */
  readonly rooms = new Map<string, Room>();
  readonly lobby: Room;
  readonly newNames: Ration;
  readonly newRooms: Ration;
  readonly newConversations: Ration;
  /** What the names of those look like who are or were here. */
  readonly #looks: Looks;
  #turn: Turn | undefined;

  constructor(options: ChatOptions) {
    this.options = options;
    const { log, limits } = options;
    const nowMs = () => options.now().getTime();
    this.newNames = new Ration({ ofSource: limits.newNamesOfSource, ofMember: limits.newNamesOfMember }, limits, nowMs);
    this.newRooms = new Ration({ ofSource: limits.newRoomsOfSource, ofMember: limits.newRoomsOfMember }, limits, nowMs);
    this.newConversations = new Ration(
      { ofSource: limits.newConversationsOfSource, ofMember: limits.newConversationsOfMember },
      limits,
      nowMs,
    );
    for (const { name, topic } of log.rooms()) this.rooms.set(name, new Room(name, topic, log.lastSeq(name)));
    this.lobby = this.rooms.get(lobby) ?? new Room(lobby, "", 0);
    this.rooms.set(lobby, this.lobby);
    const { peopleMax } = options.limits;
    // Those who are here are not forgotten before those who are not.
    this.#looks = new Looks(2 * peopleMax);
    for (const { name } of this.read((kept) => kept.people(peopleMax))?.toReversed() ?? []) this.#looks.add(name);
    this.forgetUnusedRooms();
  }

  /** Makes a room for a member. Where there was one before, its numbers go on. @returns undefined when they may not now */
  makeRoom(member: Member, name: string): Room | undefined {
    const giveBack = this.newRooms.take(member.recipient.source, member);
    if (!giveBack) return undefined;
    const room = new Room(name, "", this.read((log) => log.lastSeq(name)) ?? 0, giveBack);
    this.rooms.set(name, room);
    return room;
  }

  /** Forgets a room that nobody is in, unless something that was said there is kept. The lobby stays. */
  forgetIfUnused(room: Room): void {
    if (room === this.lobby || !room.isEmpty || this.rooms.get(room.name) !== room) return;
    if (room.seq > 0 && this.read((log) => log.messages(room.name, { limit: 1 }))?.length !== 0) return;
    this.rooms.delete(room.name);
    room.giveBack();
    if (room.isKept) this.options.log.forgetRoom(room.name);
  }

  /** The same for every room: messages were removed, or the server was away when the last one left. */
  forgetUnusedRooms(): void {
    for (const room of this.rooms.values()) this.forgetIfUnused(room);
  }

  /** The turn that is going on. */
  get turn(): Turn {
    if (!this.#turn) {
      this.#turn = new Turn();
      this.options.wake();
    }
    return this.#turn;
  }

  /** Runs a step after everything that was asked for before it. */
  inTurn(step: () => void): void {
    this.turn.add(step);
  }

  /** Commits what was asked for since the last flush and tells everything since then, in order. */
  flush(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    turn?.run(this.options.log, (error) => this.options.observer.failed(error));
  }

  /** ISO 8601, UTC. */
  time(): string {
    return this.options.now().toISOString();
  }

  /** Reads from the log; undefined, and the observer is told, when it cannot be read. */
  read<T>(reading: (log: MessageLog) => T): T | undefined {
    try {
      return reading(this.options.log);
    } catch (error) {
      this.options.observer.unreadable(error);
      return undefined;
    }
  }

  /** Finds where a member wants to speak: a room that they are in, or `@name` for somebody who is or was here. */
  place(member: Member, target: string): Place | PlaceProblem {
    if (!target.startsWith("@")) {
      const room = this.rooms.get(target);
      if (!room) return "no-such-room";
      if (!member.rooms.has(room)) return "not-in-room";
      return { conversation: room.name, room, hearers: room.others(member), shownAs: room.name, ownName: room.name };
    }
    const key = nameKey(target.slice(1));
    const other = this.people.get(key);
    const to = this.knownName(key);
    if (to === undefined) return "no-such-person";
    return {
      conversation: privateConversation(member.name, to),
      hearers: other === undefined || other === member ? [] : [other],
      shownAs: privateRoom(member.name),
      ownName: privateRoom(to),
      to,
      ...(other ? {} : { away: true }),
    };
  }

  /** How somebody who is or was here is called, by the key of a name of theirs; undefined when nobody is. */
  knownName(key: string): string | undefined {
    return this.people.get(key)?.name ?? this.read((log) => log.nameOf(key));
  }

  /** Remembers that somebody is here under a name, at this moment. */
  remember(name: string): void {
    this.#looks.add(name);
    this.turn.note({ type: "seen", person: nameKey(name), name, time: this.time() });
  }

  /**
   * Finds somebody who is or was here and whose name looks like another one. Those who are away keep nobody out who was
   * here before under that very name, nor anybody whose name is plain: it would be for ever.
   */
  lookalike(name: string, owner?: Member): { name: string; isHere: boolean } | undefined {
    const alike = this.#looks.like(name).filter(({ key }) => !owner?.keys.has(key));
    const here = alike.find(({ key }) => this.people.has(key));
    if (here) return { name: here.name, isHere: true };
    if (alike.length === 0 || isPlain(name)) return undefined;
    const isRemembered = (key: string) => this.read((log) => log.nameOf(key)) !== undefined;
    const away = isRemembered(nameKey(name)) ? undefined : alike.find(({ key }) => isRemembered(key));
    return away && { name: away.name, isHere: false };
  }

  /** The room that a name which is not a room's yet looks like. */
  roomLike(name: string): Room | undefined {
    const looks = looksOf(name);
    return [...this.rooms.values()].find((room) => [...room.looks].some((look) => looks.has(look)));
  }

  /** The log of what a member may read: any room's, or that of a conversation of their own. */
  conversation(member: Member, target: string): string | undefined {
    return target.startsWith("@") ? privateConversation(member.name, target.slice(1)) : this.rooms.get(target)?.name;
  }
}

export function tell(hearers: readonly Member[], event: RoomEvent): void {
  for (const { recipient } of hearers) recipient.deliver(event);
}

/** The key of the conversation between two people: the same from both sides. No name holds a comma. */
function privateConversation(one: string, other: string): string {
  return privateRoom([one, other].map(nameKey).sort().join(","));
}
