/** A room: who is in it and where its log stands. It does not decide who may enter, nor speak to anyone by itself. */
import type { Member } from "./member.ts";

export class Room {
  readonly name: string;
  /** The seq of the last message that its members were told. */
  seq: number;
  /** Replaced, never changed in place: whoever holds the array has the members as they were then. */
  members: readonly Member[] = [];

  constructor(name: string, seq: number) {
    this.name = name;
    this.seq = seq;
  }

  enter(member: Member): void {
    this.members = [...this.members, member];
  }

  leave(member: Member): void {
    this.members = this.members.filter((other) => other !== member);
  }

  /** Everyone in the room but one. */
  others(member: Member): readonly Member[] {
    return this.members.filter((other) => other !== member);
  }
}
