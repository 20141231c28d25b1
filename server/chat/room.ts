/**
 * A room, a member and a visit, which refer to each other: who is where, the number that a room has reached, and the recipient
 * that speaks to a person. Nothing here decides who may enter, or tells anybody anything by itself.
 */
import { looksOf } from "./looks.ts";
import type { Person } from "./people.ts";
import type { Asker, Recipient } from "./ports.ts";
import { type Grant, RoomRules } from "./room-rules.ts";

export class Room {
  readonly name: string;
  readonly looks: ReadonlySet<string>;
  /** Empty for none. */
  topic: string;
  /** The seq of the last message that its members were told. */
  seq: number;
  /** The log may know it, with a topic. */
  isKept: boolean;
  /** Called when it is forgotten, so that its creator may create another one. */
  readonly giveBack: () => void;
  /** How often somebody has entered it, which shows whether anybody was here meanwhile. */
  visits = 0;
  /** How it is run. */
  readonly rules = new RoomRules();
  /** What each was told that they may do here. */
  readonly #heard = new WeakMap<Member, string>();
  /** Replaced, never changed in place: whoever holds the array has the members of that moment. */
  members: readonly Member[] = [];

  /** @param giveBack undefined for a room that the log knew and nobody here created */
  constructor(name: string, topic: string, seq: number, giveBack?: () => void) {
    this.name = name;
    this.looks = looksOf(name);
    this.isKept = giveBack === undefined;
    this.giveBack = giveBack ?? (() => {});
    this.topic = topic;
    this.seq = seq;
  }

  enter(member: Member): void {
    this.visits++;
    this.members = [...this.members, member];
    member.rooms.add(this);
  }

  leave(member: Member): void {
    this.members = this.others(member);
    member.rooms.delete(this);
  }

  /** Whether a member was told this of themselves here before; from now on, they were. */
  hasHeard(member: Member, told: object): boolean {
    const written = JSON.stringify(told);
    const isKnown = this.#heard.get(member) === written;
    this.#heard.set(member, written);
    return isKnown;
  }

  get isEmpty(): boolean {
    return this.members.length === 0;
  }

  /** Everyone in the room except one. */
  others(member: Member): readonly Member[] {
    return this.members.filter((other) => other !== member);
  }
}

export class Member {
  person: Person;
  /** Who they are and were on this connection: while they are here, what these persons said counts as theirs. */
  readonly persons = new Set<Person>();
  /** What they may do in rooms for as long as they are on this connection. */
  readonly grants = new Map<Room, Grant>();
  /** Somebody is taking them out of the chat. */
  expelled: { by?: string; why?: string | undefined } | undefined;
  /** Here, but not looking. */
  away = false;
  readonly recipient: Recipient;
  readonly visit: Visit;
  /** Always the lobby, and up to `roomsPerMemberMax` others. */
  readonly rooms = new Set<Room>();

  /** Aborted when they leave the chat. */
  readonly gone = new AbortController();

  constructor(person: Person, recipient: Recipient, visit: Visit) {
    this.visit = visit;
    this.person = person;
    this.persons.add(person);
    this.recipient = recipient;
  }

  get name(): string {
    return this.person.name;
  }

  /** They have proved that they are this person. */
  get isRegistered(): boolean {
    return this.person.account !== undefined && this.visit.proves(this.person);
  }

  /** The ids of the people whom the member is and was. */
  get ids(): ReadonlySet<string> {
    return new Set([...this.persons].map(({ id }) => id));
  }

  get address(): string {
    return this.recipient.address;
  }
}

/** One connection, from its first command to its end: whom it has proved to be, and who it is here. */
export class Visit {
  readonly asker: Asker;
  /** The person whose account it has proved, or of whom it has a guest's token. */
  proved: Person | undefined;
  /** The id of the session that it continues. */
  session: string | undefined;
  /** Who it is in the chat, once it has a name. */
  member: Member | undefined;
  /** It has given the chat's own password. */
  isAdmitted = false;
  /** The id of the invitation that it has shown and not yet used. */
  invitation: string | undefined;
  /** The connection has ended: what was still being checked for it is dropped. */
  isOver = false;

  constructor(asker: Asker) {
    this.asker = asker;
  }

  /** Whether it may be this person, whoever else has the name. */
  proves(person: Person): boolean {
    if (this.proved !== person) return false;
    // A guest's token no longer counts when somebody else has been that guest meanwhile.
    return person.account !== undefined || (this.session !== undefined && person.sessions.has(this.session));
  }
}
