/** A person in the chat: a name, the rooms they are in, and the audience that hears for them. */
import type { Audience, Person } from "./ports.ts";
import type { Room } from "./room.ts";

export class Member implements Person {
  name: string;
  readonly audience: Audience;
  /** The lobby, always, and as many others as `roomsPerMemberMax` allows. */
  readonly rooms = new Set<Room>();

  constructor(name: string, audience: Audience) {
    this.name = name;
    this.audience = audience;
  }

  get address(): string {
    return this.audience.address;
  }
}
