/**
 * What the verbs of the chat share: who is here and in which rooms, the current turn, and how a named place is found.
 * It tells nobody anything by itself.
 *
 * Everyone is in the lobby for as long as they are here.
 */
import type { RoomEvent } from "../../protocol/events.ts";
import { privateRoom } from "../../protocol/names.ts";
import type { ChatOptions } from "./chat-options.ts";
import { Doorkeeper } from "./door.ts";
import { Invitations } from "./invitations.ts";
import type { PlaceProblem } from "./outcomes.ts";
import { People, type Person } from "./people.ts";
import type { Quotes, RecordKind } from "./ports.ts";
import { prices } from "./prices.ts";
import { Ration } from "./ration.ts";
import { denial, type Standing, type Verb } from "./rights.ts";
import type { Member } from "./room.ts";
import { Room } from "./room.ts";
import { RoomList } from "./room-list.ts";
import { Standings } from "./standings.ts";
import { Turn } from "./turn.ts";

/** A room, or the private conversation of two people, as one of them sees it. */
export interface Place {
  /** Its log. */
  conversation: string;
  /** Undefined between two people. */
  room?: Room;
  /** The other person; undefined in a room. */
  person?: Person;
  /** Everyone else who hears what is said there. */
  hearers: readonly Member[];
  /** Its name for the person looking, and for the hearers. */
  name: string;
  hearersName: string;
}

/** How much there is of what grows and shrinks, for whoever watches over the server. */
export interface ChatCounts {
  /** People who are here. */
  members: number;
  /** People who are remembered. */
  people: number;
  rooms: number;
  /** What has gathered for the log, in units of `prices.ts`. */
  gatheredUnits: number;
}

export class ChatState {
  readonly options: ChatOptions;
  readonly people: People;
  readonly rooms: RoomList;
  readonly newNames: Ration;
  readonly newRooms: Ration;
  readonly newConversations: Ration;
  readonly invitations: Invitations;
  readonly door: Doorkeeper;
  readonly newRules: Ration;
  readonly newReports: Ration;
  readonly standings: Standings;
  /** Who is here, by the person that they are now. Bounded by the connections. */
  readonly #here = new Map<Person, Member>();
  /** The same by every person that they are or were on their connection, at most `personsPerMemberMax` each. */
  readonly #holders = new Map<Person, Member>();
  /** Gathers the present requests. The log gets it when it has finished the turn before. */
  #turn: Turn;
  #isLogBusy = false;
  /** Called when there is nothing at the log or for it. */
  #whenSettled: (() => void)[] = [];

  constructor(options: ChatOptions) {
    this.options = options;
    this.#turn = new Turn(options.wake);
    const { kept, limits } = options;
    const ration = (what: "Names" | "Rooms" | "Conversations" | "Rules" | "Reports") =>
      new Ration({ ofSource: limits[`new${what}OfSource`], ofMember: limits[`new${what}OfMember`] }, limits, () =>
        this.nowMs(),
      );
    this.newNames = ration("Names");
    this.newRooms = ration("Rooms");
    this.newConversations = ration("Conversations");
    this.newRules = ration("Rules");
    this.newReports = ration("Reports");
    this.invitations = new Invitations(kept.invitations, {
      limits,
      turn: () => this.turn,
      time: () => this.time(),
    });
    this.door = new Doorkeeper(options.door, { limits, invitations: this.invitations, nowMs: () => this.nowMs() });
    this.standings = new Standings(options);
    this.rooms = new RoomList(kept.rooms, {
      log: options.log,
      observer: options.observer,
      turn: () => this.turn,
      drop: (kind, scope, id) => this.keep(kind, scope, id),
    });
    const { peopleMax, namesPerPersonMax } = limits;
    this.people = new People({
      peopleMax,
      namesPerPersonMax,
      isHere: (person) => this.#holders.has(person),
    });
    this.people.load(kept.people);
  }

  /**
   * Creates a room for a member. If it existed before, its numbers continue.
   * @returns undefined when they may not create another room now
   */
  makeRoom(member: Member, name: string): Room | undefined {
    const giveBack = this.newRooms.take(member.recipient.source, member);
    if (!giveBack) return undefined;
    const room = new Room(name, "", 0, giveBack);
    this.rooms.add(room);
    // Whoever makes it owns it; without an account, for as long as they are on this connection.
    if (member.isRegistered) {
      room.rules.roles.set(member.person.id, "owner");
      this.keep("role", name, member.person.id, "owner");
    } else member.grants.set(room, { role: "owner", isInvited: true });
    this.turn.read(
      prices.look,
      (log) => log.lastSeq(name),
      (read) => {
        room.seq = read?.value ?? 0;
      },
    );
    return room;
  }

  /** Called when a member has another name, or has proved who they are. */
  identified: (member: Member) => void = () => {};

  get lobby(): Room {
    return this.rooms.lobby;
  }

  /** Gathers the present requests. */
  get turn(): Turn {
    return this.#turn;
  }

  /** So many requests have gathered that further ones must wait until the log has finished the turn before. */
  get isBehind(): boolean {
    return this.#isLogBusy && this.#turn.units >= this.options.limits.gatheredUnitsMax;
  }

  /** Runs a step after everything that was requested before it. */
  inTurn(step: () => void): void {
    this.#turn.add(step);
  }

  /**
   * Gives the turn to the log, and then tells everybody its outcome, in order. Does nothing while the log is busy with
   * the turn before: one commit can then store more.
   */
  flush(): void {
    if (this.#isLogBusy || this.#turn.units === 0) return;
    const { log, observer, wake, told } = this.options;
    const turn = this.#turn;
    this.#turn = new Turn(wake);
    this.#isLogBusy = true;
    void turn.run(log, this.people, this.time(), observer).then(() => {
      this.#isLogBusy = false;
      told();
      if (this.#turn.units > 0) wake();
      else for (const settled of this.#whenSettled.splice(0)) settled();
    });
  }

  /** Resolves when everything requested so far is committed and told, and nothing has gathered since. */
  settled(): Promise<void> {
    if (!this.#isLogBusy && this.#turn.units === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenSettled.push(resolve));
  }

  get counts(): ChatCounts {
    const { people, rooms } = this;
    return { members: this.count, people: people.size, rooms: rooms.size, gatheredUnits: this.#turn.units };
  }

  /** ISO 8601, UTC. */
  time(): string {
    return this.options.now().toISOString();
  }

  nowMs(): number {
    return this.options.now().getTime();
  }

  /**
   * Keeps something about rights; without a value, forgets it. It acts at once, also when it cannot be stored.
   * @param then told whether it was stored
   */
  keep(
    kind: RecordKind,
    scope: string,
    id: string,
    value?: unknown,
    then: (stored: { ok: boolean }) => void = () => {},
  ): void {
    const written = value === undefined ? {} : { value: JSON.stringify(value) };
    this.turn.note({ type: "record", kind, scope, id, ...written }, then);
  }

  /** How many people are here. */
  get count(): number {
    return this.#here.size;
  }

  /**
   * Makes a member this person. They keep the persons they were before, so that nobody else can become one of those
   * meanwhile.
   */
  enter(member: Member, person: Person): void {
    const before = member.person;
    this.#here.delete(before);
    member.person = person;
    // The latest comes last; when there are too many, the first is let go.
    member.persons.delete(person);
    member.persons.add(person);
    this.#here.set(person, member);
    this.#holders.set(person, member);
    const [oldest = person] = member.persons;
    if (member.persons.size > this.options.limits.personsPerMemberMax) this.#release(member, oldest);
    // Somebody who did nothing under the earlier name was never really that person.
    if (before === person || before.tookPart || before.account) return;
    member.persons.delete(before);
    this.#holders.delete(before);
    this.people.forget(before);
  }

  /** A member is no longer the person that they were before, so nothing of that person is theirs. */
  letGo(member: Member, person: Person): void {
    this.#release(member, person);
  }

  /** A member has left the chat. */
  release(member: Member): void {
    this.#here.delete(member.person);
    for (const person of [...member.persons]) this.#release(member, person);
  }

  /** The member who is or was this person on their connection. */
  holderOf(person: Person): Member | undefined {
    return this.#holders.get(person);
  }

  /**
   * Finds the place that a member names: a room, or `@name` for a person, by any name that leads to them. All verbs
   * find rooms and people here.
   */
  resolve(member: Member, target: string): Place | PlaceProblem {
    if (!target.startsWith("@")) {
      const room = this.rooms.get(target);
      if (!room) return "no-such-room";
      const { name } = room;
      return { conversation: name, room, hearers: room.others(member), name, hearersName: name };
    }
    const person = this.people.byName(target.slice(1));
    if (!person) return "no-such-person";
    const other = this.#here.get(person);
    return {
      conversation: privateConversation(member.person, person),
      person,
      hearers: other === undefined || other === member ? [] : [other],
      name: privateRoom(person.name),
      hearersName: privateRoom(member.name),
    };
  }

  /**
   * The place where a member may do something, or why they may not.
   * @param facts what the place does not tell: whom or what they want to act on
   */
  placeFor(member: Member, verb: Verb, target: string, facts: Partial<Standing> = {}): Place | PlaceProblem {
    const place = this.resolve(member, target);
    if (typeof place === "string") return place;
    return denial(verb, { ...this.standings.of(member, place), ...facts }) ?? place;
  }

  /** The same where it must be a room. */
  roomFor(member: Member, verb: Verb, name: string, facts: Partial<Standing> = {}): Room | PlaceProblem {
    const place = this.placeFor(member, verb, name, facts);
    if (typeof place === "string") return place;
    return place.room ?? "no-such-room";
  }

  /** Whether a person is here. */
  isHere(person: Person): boolean {
    return this.#here.has(person);
  }

  /** A member's name for a conversation; undefined when the other person is forgotten. */
  nameFor({ person }: Member, conversation: string): string | undefined {
    if (!conversation.startsWith("@")) return conversation;
    const other = conversation
      .slice(1)
      .split(",")
      .find((id) => id !== person.id);
    const name = other === undefined ? person.name : this.people.byId(other)?.name;
    return name === undefined ? undefined : privateRoom(name);
  }

  /**
   * Tells those in a room of whom it is true that they may do something else there than before.
   * @param concerned undefined when it may be true of everybody in the room
   */
  tellMay(room: Room, concerned?: Member): void {
    this.inTurn(() => {
      for (const member of concerned ? [concerned] : room.members) {
        const told = this.standings.told(member, room);
        if (!room.hasHeard(member, told)) member.recipient.deliver({ type: "may", room: room.name, ...told });
      }
    });
  }

  #release(member: Member, person: Person): void {
    member.persons.delete(person);
    this.#holders.delete(person);
    if (person.claimant === member.visit) person.claimant = undefined;
    this.people.leave(person, this.time());
  }
}

export function tell(hearers: readonly Member[], event: RoomEvent, quotes?: Quotes): void {
  for (const { recipient } of hearers) recipient.deliver(event, quotes);
}

/** The log of what two people say to each other: the same from both sides. */
function privateConversation(one: Person, other: Person): string {
  return privateRoom([one.id, other.id].sort().join(","));
}
