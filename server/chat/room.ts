/** A room: who is in it and where its log stands. It does not decide who may enter, nor speak to anyone by itself. */
import { looksOf } from "./looks.ts";
import type { Member } from "./member.ts";

export class Room {
  readonly name: string;
  readonly looks: ReadonlySet<string>;
  /** Empty for none. */
  topic: string;
  /** The seq of the last message that its members were told. */
  seq: number;
  /** The log knows of it. */
  isKept: boolean;
  /** Called when it is forgotten: whoever made it may make another one. */
  readonly giveBack: () => void;
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
