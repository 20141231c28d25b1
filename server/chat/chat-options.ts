/** What a chat is made with and begins with, and how somebody logs in to it. */
import type { ServerLimits } from "../limits.ts";
import type { KeptInvitation, Passwords } from "./account-ports.ts";
import type { DoorRules } from "./door.ts";
import type { ChatObserver, KeptPerson, KeptRecord, MessageLog, StoredRoom } from "./ports.ts";
import type { Visit } from "./room.ts";

/** What the log has kept of earlier times. */
interface Kept {
  people: readonly KeptPerson[];
  rooms: readonly StoredRoom[];
  records: readonly KeptRecord[];
  invitations: readonly KeptInvitation[];
  secret: string;
}

export interface ChatOptions {
  log: MessageLog;
  /** The current time, which members are told about joins and leaves. */
  now: () => Date;
  kept: Kept;
  passwords: Passwords;
  /** Who is let in at all. */
  door: DoorRules;
  /** The names of the accounts whose people are administrators. */
  admins: readonly string[];
  /** Called when there is something to do: `flush` must then be called at the end of this turn of the event loop. */
  wake: () => void;
  /** Called when everybody has been told the outcome of a turn. */
  told: () => void;
  observer: ChatObserver;
  limits: Pick<
    ServerLimits,
    | "namesPerPersonMax"
    | "personsPerMemberMax"
    | "peopleMax"
    | "recentMessages"
    | "roomsMax"
    | "roomsPerMemberMax"
    | "sourcesMax"
    | "gatheredUnitsMax"
    | "nameGraceMs"
    | "accountsMax"
    | "sessionsPerPersonMax"
    | `invitations${"" | "OfMaker"}Max`
    | "attemptsAtAccount"
    | "attemptsOfSource"
    | "attemptsAtAccountByAll"
    | "attemptsForgottenMs"
    | "attemptsMax"
    | "scramIterations"
    | `new${"Names" | "Rooms" | "Conversations" | "Accounts" | "Rules" | "Reports"}Of${"Source" | "Member"}`
    | "rulesOfKindMax"
    | "rulesMax"
    | `blocks${"" | "OfPerson"}Max`
    | `reports${"" | "OfRoom"}Max`
    | "actsMax"
  >;
}

export interface LoginOptions {
  visit?: Visit;
  /** Asks for a session token. */
  device?: string | undefined;
  /** The chat's own. */
  password?: string | undefined;
  /** The code of an invitation. */
  invitation?: string | undefined;
}

/** Reads everything that a chat has to know from the beginning. */
export async function loadKept(log: MessageLog): Promise<Kept> {
  return {
    people: await log.people(),
    rooms: await log.rooms(),
    records: await log.records(),
    invitations: await log.invitations(),
    secret: await log.secret(),
  };
}
