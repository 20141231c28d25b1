/** All attacks there are. */
import type { Attack } from "./attack.ts";
import { bridge } from "./attacks/bridge.ts";
import { connections } from "./attacks/connections.ts";
import { disk } from "./attacks/disk.ts";
import { messages } from "./attacks/messages.ts";
import { names } from "./attacks/names.ts";
import { people } from "./attacks/people.ts";
import { reads } from "./attacks/reads.ts";

export const attacks: readonly Attack[] = [
  ...[...connections, ...messages, ...reads],
  ...[...people, ...names, ...disk, ...bridge],
];
