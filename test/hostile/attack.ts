/** What an attack is: something that hostile clients do for a while, in a house that is prepared for it. */
import type { Client } from "./client.ts";

/** How much of everything: a short run finds what is wrong however quick the computer is, a long one what is slow. */
export interface Scale {
  seconds: number;
  /** People who sit there and say nothing. */
  crowd: number;
  /** Messages in the database, from as many people as a server remembers. */
  messages: number;
}

/** What the attackers have before them. Bystanders called `reader`, `writer` and `listener` are in the lobby. */
export interface Target {
  port: number;
  /** Undefined where there is no bridge. */
  bridgePort: number | undefined;
  /** Where the bridge looks for its server, if that is the attack's to be. */
  ownPort: number | undefined;
  /** The server's data directory. */
  data: string;
  scale: Scale;
  /** Opens a connection to the server; it is closed when the attack is over. */
  connect(): Promise<Client>;
  /** Opens one and logs in. @throws when that is refused: an attack that nobody begins proves nothing */
  join(name: string): Promise<Client>;
  /** Whether the time is up. */
  isOver(): boolean;
}

/** What the house must be like. */
export interface Needs {
  withBridge?: true;
  withMessages?: true;
  /** The bridge's server is the attack. */
  asServer?: true;
  /** The house is of no use to another attack afterwards. */
  spoils?: true;
}

export interface Attack extends Needs {
  name: string;
  withCrowd?: true;
  /** @returns what should not have been possible, in words; nothing when all is well */
  run(target: Target): Promise<readonly string[]>;
}

/** Does something again and again, from several connections at once, until the time is up. */
export async function repeat(target: Target, clients: number, step: (index: number) => Promise<void>): Promise<void> {
  const lane = async (index: number) => {
    do await step(index);
    while (!target.isOver());
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => lane(index)));
}
