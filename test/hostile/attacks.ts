/** All attacks there are. */
import type { Attack } from "./attack.ts";
import { bridge } from "./attacks/bridge.ts";
import { connections } from "./attacks/connections.ts";
import { credentials } from "./attacks/credentials.ts";
import { disk } from "./attacks/disk.ts";
import { handshakes } from "./attacks/handshakes.ts";
import { messages } from "./attacks/messages.ts";
import { names } from "./attacks/names.ts";
import { passwords } from "./attacks/passwords.ts";
import { people } from "./attacks/people.ts";
import { reads } from "./attacks/reads.ts";
import { timing } from "./attacks/timing.ts";

export const attacks: readonly Attack[] = [
  ...[...connections, ...messages, ...reads],
  ...[...people, ...names, ...passwords, ...credentials, ...timing],
  ...[...handshakes, ...disk, ...bridge],
];
