/**
 * A room and a person in it, who know each other: who is where, where a room's log stands, and the recipient that hears for
 * a person. Nothing here decides who may enter, or speaks to anyone by itself.
 */
import { looksOf } from "./looks.ts";
import type { Person } from "./people.ts";
import type { Recipient } from "./ports.ts";

export class Room {
  readonly name: string;
  readonly looks: ReadonlySet<string>;
  /** Empty for none. */
  topic: string;
  /** The seq of the last message that its members were told. */
  seq: number;
  /** The log may have a topic of it. */
  isKept: boolean;
  /** Called when it is forgotten: whoever made it may make another one. */
  readonly giveBack: () => void;
  /** How often somebody has entered it: whether anybody was here meanwhile. */
  visits = 0;
  /** Replaced, never changed in place: whoever holds the array has the members as they were then. */
  members: readonly Member[] = [];

  /** @param giveBack undefined for a room that nobody here made: it is one that the log knows */
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

  get isEmpty(): boolean {
    return this.members.length === 0;
  }

  /** Everyone in the room but one. */
  others(member: Member): readonly Member[] {
    return this.members.filter((other) => other !== member);
  }
}

export class Member {
  person: Person;
  /** Who they are and were on this connection: what these said is the member's for as long as they are here. */
  readonly persons = new Set<Person>();
  /** Here, but not looking. */
  away = false;
  readonly recipient: Recipient;
  /** The lobby, always, and as many others as `roomsPerMemberMax` allows. */
  readonly rooms = new Set<Room>();

  /** Aborted when they leave the chat. */
  readonly gone = new AbortController();

  constructor(person: Person, recipient: Recipient) {
    this.person = person;
    this.persons.add(person);
    this.recipient = recipient;
  }

  get name(): string {
    return this.person.name;
  }

  /** The ids of those who the member is and was. */
  get ids(): ReadonlySet<string> {
    return new Set([...this.persons].map(({ id }) => id));
  }

  get address(): string {
    return this.recipient.address;
  }
}
