/** The definition of an attack: something that hostile clients do for a while, in a prepared chat. */
import type { Client } from "./client.ts";

/** How much of everything: a short run finds what is wrong on any computer, a long one what is slow. */
export interface Scale {
  seconds: number;
  /** People who are there and say nothing. */
  crowd: number;
  /** Messages in the database, from as many people as a server remembers. */
  messages: number;
}

/** The target of the attackers. Bystanders called `reader`, `writer` and `listener` are in the lobby. */
export interface Target {
  port: number;
  /** The server's port for TLS. */
  tlsPort: number;
  /** The bridge's link; undefined where there is no bridge. */
  bridgeUrl: string | undefined;
  /** Where the bridge looks for its server, if the attack plays the server. */
  ownPort: number | undefined;
  /** The server's data directory. */
  data: string;
  scale: Scale;
  /**
   * Opens a connection to the server; it is closed when the attack is over.
   * @param from an address below 127, all of which are this computer's on Linux
   */
  connect(from?: string): Promise<Client>;
  /** Opens one and logs in. @throws when that is refused: an attack that never starts proves nothing */
  join(name: string, from?: string): Promise<Client>;
  /** Tells a figure that whoever runs the attacks should see. */
  note(text: string): void;
  /** Whether the time is up. */
  isOver(): boolean;
}

/** What the attack needs. */
export interface Needs {
  withBridge?: true;
  withMessages?: true;
  /** The attack plays the bridge's server. */
  asServer?: true;
  /** Afterwards, the target is of no use to another attack. */
  spoils?: true;
}

export interface Attack extends Needs {
  name: string;
  withCrowd?: true;
  /** @returns descriptions of what should not have been possible; empty when all is well */
  run(target: Target): Promise<readonly string[]>;
}

/** Repeats something from several connections at once until the time is up. */
export async function repeat(target: Target, clients: number, step: (index: number) => Promise<void>): Promise<void> {
  const lane = async (index: number) => {
    do await step(index);
    while (!target.isOver());
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => lane(index)));
}
