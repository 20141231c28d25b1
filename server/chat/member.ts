/** A person in the chat: a name and the audience that hears for it. */
import type { Audience, Person } from "./ports.ts";

export class Member implements Person {
  name: string;
  readonly audience: Audience;

  constructor(name: string, audience: Audience) {
    this.name = name;
    this.audience = audience;
  }

  get address(): string {
    return this.audience.address;
  }
}
