/**
 * The limits as settings: `connectionsMax` is `--limit connectionsMax=500`, `SALOTTO_LIMITS_CONNECTIONS_MAX`, and
 * `connectionsMax` in the config file's table `[limits]`. Here is what each may be; what it means is in `server/limits.ts`.
 */
import { wireLimits } from "../../protocol/limits.ts";
import { type ServerLimits, serverLimits } from "../limits.ts";
import { wholeNumber } from "./kinds.ts";
import type { FoundSettings } from "./read-settings.ts";
import { LIMITS, type NamedSetting, variableOf } from "./setting.ts";

/** The name of each number: that of the limit, or its own within the limit, as in `newNamesOfSource.atOnce`. */
type LimitName = {
  [Name in keyof ServerLimits]: ServerLimits[Name] extends number
    ? Name
    : `${Name}.${Extract<keyof ServerLimits[Name], string>}`;
}[keyof ServerLimits];

/** A change takes effect while the server runs, for new connections where it is theirs; or needs a restart. */
type Effect = "reload" | "restart";

const HOUR_MS = 3_600_000;
const MIB = 1_048_576;

/** The least and the most that each may be. */
export const limitRanges: Readonly<Record<LimitName, readonly [min: number, max: number, effect: Effect]>> = {
  connectionsMax: [1, 100_000, "reload"],
  connectionsOfSourceMax: [1, 100_000, "reload"],
  arrivalsOfSourceBurst: [1, 100_000, "reload"],
  arrivalsOfSourcePerSecond: [1, 100_000, "reload"],
  unnamedMax: [1, 100_000, "reload"],
  unnamedOfSourceMax: [1, 100_000, "reload"],
  refusedMax: [0, 10_000, "reload"],
  refusedOfSourceMax: [0, 10_000, "reload"],
  sendPortionBytes: [1_024, MIB, "reload"],
  sendStallMs: [1_000, HOUR_MS, "reload"],
  sendBacklogBytesMax: [65_536, 1_024 * MIB, "reload"],
  sendBacklogMs: [100, HOUR_MS, "reload"],
  sendQueueBytesMax: [65_536, 1_024 * MIB, "reload"],
  loginMs: [1_000, 24 * HOUR_MS, "reload"],
  greetingDelayMs: [0, 1_000, "reload"],
  handshakesMax: [1, 100_000, "reload"],
  helloMs: [100, HOUR_MS, "reload"],
  handshakeMs: [100, HOUR_MS, "reload"],
  certificateMs: [1_000, 24 * HOUR_MS, "restart"],
  chunkSilenceMs: [10, 5_000, "reload"],
  chunkBytesMax: [64, 1_024, "restart"],
  chunkGapMs: [0, 5_000, "reload"],
  chunkRowsMax: [10, 100_000, "reload"],
  closeGraceMs: [10, 60_000, "reload"],
  drainMs: [0, HOUR_MS, "reload"],
  keepAliveMs: [1_000, 24 * HOUR_MS, "restart"],
  turnUnits: [1, 10_000, "restart"],
  ownBurst: [10, 1_000_000, "reload"],
  ownFirst: [0, 1_000_000, "reload"],
  ownPerSecond: [1, 1_000_000, "reload"],
  sourceBurst: [10, 1_000_000_000, "restart"],
  sourcePerSecond: [1, 1_000_000_000, "restart"],
  toOneBurstBytes: [8_192, 1_024 * MIB, "reload"],
  toOneBytesPerSecond: [1_024, 1_024 * MIB, "reload"],
  recipientsMax: [1, 100_000, "reload"],
  owedBytesMax: [8_192, 1_024 * MIB, "reload"],
  gatheredUnitsMax: [1, 1_000_000, "reload"],
  roomsMax: [1, 100_000, "reload"],
  roomsPerMemberMax: [1, 100_000, "reload"],
  namesPerPersonMax: [1, 100, "restart"],
  personsPerMemberMax: [1, 100, "reload"],
  recentMessages: [0, 200, "reload"],
  peopleMax: [10, 1_000_000, "restart"],
  "newNamesOfSource.atOnce": [1, 1_000_000, "reload"],
  "newNamesOfSource.perHour": [0, 1_000_000, "reload"],
  "newNamesOfMember.atOnce": [1, 1_000_000, "reload"],
  "newNamesOfMember.perHour": [0, 1_000_000, "reload"],
  "newRoomsOfSource.atOnce": [0, 1_000_000, "reload"],
  "newRoomsOfSource.perHour": [0, 1_000_000, "reload"],
  "newRoomsOfMember.atOnce": [0, 1_000_000, "reload"],
  "newRoomsOfMember.perHour": [0, 1_000_000, "reload"],
  "newConversationsOfSource.atOnce": [0, 1_000_000, "reload"],
  "newConversationsOfSource.perHour": [0, 1_000_000, "reload"],
  "newConversationsOfMember.atOnce": [0, 1_000_000, "reload"],
  "newConversationsOfMember.perHour": [0, 1_000_000, "reload"],
  "newRulesOfSource.atOnce": [0, 1_000_000, "reload"],
  "newRulesOfSource.perHour": [0, 1_000_000, "reload"],
  "newRulesOfMember.atOnce": [0, 1_000_000, "reload"],
  "newRulesOfMember.perHour": [0, 1_000_000, "reload"],
  "newReportsOfSource.atOnce": [0, 1_000_000, "reload"],
  "newReportsOfSource.perHour": [0, 1_000_000, "reload"],
  "newReportsOfMember.atOnce": [0, 1_000_000, "reload"],
  "newReportsOfMember.perHour": [0, 1_000_000, "reload"],
  rulesOfKindMax: [0, 1_000_000, "reload"],
  rulesMax: [0, 1_000_000, "reload"],
  blocksOfPersonMax: [0, 1_000_000, "reload"],
  blocksMax: [0, 1_000_000, "reload"],
  reportsOfRoomMax: [0, 1_000_000, "reload"],
  reportsMax: [0, 1_000_000, "reload"],
  actsMax: [0, 1_000_000, "reload"],
  sourcesMax: [100, 1_000_000, "reload"],
  accountsMax: [0, 1_000_000, "reload"],
  "newAccountsOfSource.atOnce": [0, 1_000_000, "reload"],
  "newAccountsOfSource.perHour": [0, 1_000_000, "reload"],
  "newAccountsOfMember.atOnce": [0, 1_000_000, "reload"],
  "newAccountsOfMember.perHour": [0, 1_000_000, "reload"],
  invitationsMax: [0, wireLimits.rulesToldMax, "reload"],
  invitationsOfMakerMax: [0, wireLimits.rulesToldMax, "reload"],
  sessionsPerPersonMax: [1, 1_000, "reload"],
  nameGraceMs: [0, HOUR_MS, "reload"],
  hashMemoryKiB: [8, 4_194_304, "restart"],
  hashPasses: [1, 100, "restart"],
  scramIterations: [4_096, 10_000_000, "restart"],
  hashesAtOnce: [1, 64, "restart"],
  hashesWaitingMax: [1, 100_000, "restart"],
  hashesOfSourceMax: [1, 100_000, "restart"],
  "attemptsAtAccount.free": [1, 1_000_000, "reload"],
  "attemptsAtAccount.waitMsMax": [0, 24 * HOUR_MS, "reload"],
  "attemptsOfSource.free": [1, 1_000_000, "reload"],
  "attemptsOfSource.waitMsMax": [0, 24 * HOUR_MS, "reload"],
  "attemptsAtAccountByAll.free": [1, 1_000_000, "reload"],
  "attemptsAtAccountByAll.waitMsMax": [0, 24 * HOUR_MS, "reload"],
  attemptsForgottenMs: [1_000, 24 * HOUR_MS, "reload"],
  attemptsMax: [100, 1_000_000, "reload"],
  repeatsMs: [0, HOUR_MS, "restart"],
  databaseBusyMs: [0, 60_000, "restart"],
  maintenanceMs: [10, HOUR_MS, "restart"],
  memoryMessagesMax: [1, 1_000_000, "reload"],
  memoryConversationsMax: [1, 1_000_000, "reload"],
};

export const limitSettings: readonly NamedSetting[] = Object.entries(limitRanges).map(([name, [min, max, effect]]) => {
  const key = `${LIMITS}.${name}`;
  const isLive = effect === "reload";
  const setting = { kind: wholeNumber(min, max), default: at(serverLimits, name), help: name, isLive };
  return { name, key, option: `--limit ${name}=<number>`, variable: variableOf(key), setting };
});

/** The limits in force, as an object of its own. */
export function limitsOf(found: FoundSettings): ServerLimits {
  const limits = structuredClone(serverLimits);
  for (const { name, key } of limitSettings) put(limits, name, Number(found.get(key)?.value));
  return limits;
}

/** A limit, or its parts. */
type Numbers = Record<string, number | Record<string, number>>;

function at(limits: ServerLimits, name: string): number {
  const [outer = "", inner] = name.split(".");
  const value = (limits as unknown as Numbers)[outer];
  return typeof value === "object" && inner !== undefined ? Number(value[inner]) : Number(value);
}

function put(limits: ServerLimits, name: string, value: number): void {
  const [outer = "", inner] = name.split(".");
  const numbers = limits as unknown as Numbers;
  const parts = numbers[outer];
  if (typeof parts === "object" && inner !== undefined) parts[inner] = value;
  else numbers[outer] = value;
}
