/** A person in the chat: a name, the rooms they are in, and the audience that hears for them. */
import { nameKey } from "../../protocol/names.ts";
import type { Audience, Person } from "./ports.ts";
import type { Room } from "./room.ts";

export class Member implements Person {
  name: string;
  /** The keys of the name and of those before it: what was said under them is the member's for as long as they are here. */
  readonly keys = new Set<string>();
  /** Here, but not looking. */
  away = false;
  readonly audience: Audience;
  /** The lobby, always, and as many others as `roomsPerMemberMax` allows. */
  readonly rooms = new Set<Room>();

  /** Aborted when they leave the chat. */
  readonly gone = new AbortController();

  constructor(name: string, audience: Audience) {
    this.name = name;
    this.keys.add(nameKey(name));
    this.audience = audience;
  }

  get address(): string {
    return this.audience.address;
  }
}
