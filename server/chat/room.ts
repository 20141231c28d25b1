/** A room: who is in it and where its log stands. It does not decide who may enter, nor speak to anyone by itself. */
import type { Member } from "./member.ts";

export class Room {
  readonly name: string;
  /** Empty for none. */
  topic: string;
  /** The seq of the last message that its members were told. */
  seq: number;
  /** Replaced, never changed in place: whoever holds the array has the members as they were then. */
  members: readonly Member[] = [];

  constructor(name: string, topic: string, seq: number) {
    this.name = name;
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

  /** Nobody would miss it: it has no people, no words and no topic. */
  get isEmpty(): boolean {
    return this.members.length === 0 && this.seq === 0 && this.topic === "";
  }

  /** Everyone in the room but one. */
  others(member: Member): readonly Member[] {
    return this.members.filter((other) => other !== member);
  }
}
