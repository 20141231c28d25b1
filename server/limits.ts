/**
 * The chat server's bounds. The unit comes last in each name, and a reason is given where the number is not obvious. Tests
 * pass their own values to whatever takes a limits object.
 */

/** Bytes in one line of an archive. The longest has `reactionsMax` names, and escapes every character of its text. */
export const archiveLineBytesMax = 131_072;

/** A ration: so many at once, of which so many come back per hour. */
export interface Allotment {
  atOnce: number;
  perHour: number;
}

/** How many attempts are free, and how long somebody waits at most between further ones. */
export interface AttemptRule {
  free: number;
  waitMsMax: number;
}

/** Bounds of the chat server. Each comment says what happens at the bound. */
export interface ServerLimits {
  /** Open connections; further ones are told that the server is full, and closed. */
  connectionsMax: number;
  /** Open connections from one source (an address, or an IPv6 network); further ones are refused. */
  connectionsOfSourceMax: number;
  /** Connections that one source may open at once, and how many more per second; further ones are refused. */
  arrivalsOfSourceBurst: number;
  arrivalsOfSourcePerSecond: number;
  /** Connections that have not given a name yet. For one more, the one that has waited longest is disconnected. */
  unnamedMax: number;
  /** The same from one source; further ones are refused. */
  unnamedOfSourceMax: number;
  /** Refused connections that are still being told why, in total and from one source; further ones are reset at once. */
  refusedMax: number;
  refusedOfSourceMax: number;
  /** Bytes in one write to a connection. A reader has `sendStallMs` for each. */
  sendPortionBytes: number;
  /** Milliseconds a reader has to take the last write; after that it counts as too slow and is disconnected. */
  sendStallMs: number;
  /** Bytes due to a reader that lags behind: it has `sendBacklogMs` to get below this; after that it is too slow. */
  sendBacklogBytesMax: number;
  sendBacklogMs: number;
  /**
   * Bytes due to one connection from earlier turns of the event loop; above this, the reader is too slow at once. One
   * turn adds no more to it than `turnUnits` allow.
   */
  sendQueueBytesMax: number;
  /** Milliseconds to give a name after connecting; after that the connection is closed. */
  loginMs: number;
  /**
   * Milliseconds before the greeting, so that an HTTP or TLS client, which speaks at once, gets an answer in its own
   * protocol.
   */
  greetingDelayMs: number;
  /** TLS handshakes that are not over; for one more, the oldest of the source with the most is given up. */
  handshakesMax: number;
  /** Milliseconds for the first bytes on the TLS port; who is silent longer is taken for somebody who speaks no TLS. */
  helloMs: number;
  /** Milliseconds from the first bytes to the end of the handshake; after that the connection is reset. */
  handshakeMs: number;
  /** Milliseconds between two looks at the certificate that the server made for itself, which is renewed in time. */
  certificateMs: number;
  /** Milliseconds of silence after an unfinished first line before a client counts as unframed (chunk mode). */
  chunkSilenceMs: number;
  /** Bytes in one write to a chunk mode client: the old programs read with `recv(1024)`. */
  chunkBytesMax: number;
  /** Milliseconds between two writes to a chunk mode client, so that they do not merge into one row. */
  chunkGapMs: number;
  /** Rows waiting for a chunk mode client; beyond that the oldest are left out, and it is told how many. */
  chunkRowsMax: number;
  /** Milliseconds a peer has to read our last words, or to end its side, before we reset the connection. */
  closeGraceMs: number;
  /**
   * Milliseconds that a closing server gives the log to keep what was asked for before; after that, people get no answer
   * to it.
   */
  drainMs: number;
  /** Milliseconds of silence before the kernel starts probing a connection (ten probes, one a second). */
  keepAliveMs: number;
  /**
   * What one turn of the event loop may cost, in units of `server/chat/prices.ts`; the rest waits for the next turn.
   */
  turnUnits: number;
  /**
   * Each connection's own units: the maximum, the initial amount, which it takes from its source, and how many come back
   * per second. Beyond that it draws on its source; when that is empty too, reading pauses, and nothing is lost.
   */
  ownBurst: number;
  ownFirst: number;
  ownPerSecond: number;
  /** Units that all connections of one source (an address, or an IPv6 network) share beyond their own. */
  sourceBurst: number;
  sourcePerSecond: number;
  /**
   * Bytes that one connection may send to one person, and how many come back per second; beyond that, reading pauses.
   */
  toOneBurstBytes: number;
  toOneBytesPerSecond: number;
  /** Recipients counted in this way for one connection; beyond that, the one written to longest ago is forgotten. */
  recipientsMax: number;
  /** Bytes due to a connection above which nothing more is done for it until it has taken some. */
  owedBytesMax: number;
  /**
   * What may be gathered for the log while it does what it was given before, in units of `server/chat/prices.ts`; at more,
   * nothing is read until it has. Nobody waits for more than that of others.
   */
  gatheredUnitsMax: number;
  /** Rooms; further ones are refused. */
  roomsMax: number;
  /** Rooms that one person is in; further ones are refused. */
  roomsPerMemberMax: number;
  /** Names that lead to one person; beyond that, the oldest becomes free. */
  namesPerPersonMax: number;
  /** People that one connection is or was, by taking names that somebody else had; beyond that, the first is let go. */
  personsPerMemberMax: number;
  /** Earlier messages shown on joining. */
  recentMessages: number;
  /**
   * People remembered, with their read marks. Beyond that, people who never said, received or read anything are
   * forgotten first, and among them those who were not seen for the longest.
   */
  peopleMax: number;
  /**
   * New names, rooms created and private conversations started by everybody at one address (for IPv6, one network), and
   * by a single person; further ones are refused for a while. An address may belong to a whole school, or a bridge, so
   * a full server's worth may come from one at once. A forgotten room comes back at once.
   */
  newNamesOfSource: Allotment;
  newNamesOfMember: Allotment;
  newRoomsOfSource: Allotment;
  newRoomsOfMember: Allotment;
  newConversationsOfSource: Allotment;
  newConversationsOfMember: Allotment;
  /**
   * Roles, invitations, bans, mutes and blocks made by everybody at one address, and by a single person; and messages
   * reported by them.
   */
  newRulesOfSource: Allotment;
  newRulesOfMember: Allotment;
  newReportsOfSource: Allotment;
  newReportsOfMember: Allotment;
  /** Roles, invitations, bans and mutes in one room, each; further ones are refused until some are lifted. */
  rulesOfKindMax: number;
  /** All of them together, in all rooms; further ones are refused. */
  rulesMax: number;
  /** People whom one person blocks, and blocks in all; further ones are refused. */
  blocksOfPersonMax: number;
  blocksMax: number;
  /** Unsettled reports in one room, and in all; further ones are refused. */
  reportsOfRoomMax: number;
  reportsMax: number;
  /** Acts in the audit log; beyond that, the oldest of the room that has most is forgotten. */
  actsMax: number;
  /** Addresses whose consumption is remembered; beyond that, the one that has been idle longest starts afresh. */
  sourcesMax: number;
  /** People with an account; further ones cannot register. They are never forgotten to make room for others. */
  accountsMax: number;
  /** Accounts made by everybody at one address, and by a single person; further ones are refused for a while. */
  newAccountsOfSource: Allotment;
  newAccountsOfMember: Allotment;
  /** Invitations into the chat, and those made by one administrator; further ones cannot be made until some are over. */
  invitationsMax: number;
  invitationsOfMakerMax: number;
  /** Devices on which one person is logged in; beyond that, the one that was used longest ago is signed out. */
  sessionsPerPersonMax: number;
  /** Milliseconds that somebody may keep a name after it, or one that looks like it, became somebody else's. */
  nameGraceMs: number;
  /** What argon2id takes for one password: memory, and how often it passes over it. Kept beside each hash. */
  hashMemoryKiB: number;
  hashPasses: number;
  /** Iterations of PBKDF2 for SCRAM-SHA-256, which clients have to compute, too. */
  scramIterations: number;
  /** Passwords hashed at the same time. Each takes one of the four threads that Node has for such things. */
  hashesAtOnce: number;
  /** Passwords that wait to be hashed, in total and of one source; further ones are refused for a moment. */
  hashesWaitingMax: number;
  hashesOfSourceMax: number;
  /**
   * Wrong passwords for one account from one source, for any account from one source, and for one account from
   * everywhere; after the free ones, the wait doubles each time.
   */
  attemptsAtAccount: AttemptRule;
  attemptsOfSource: AttemptRule;
  attemptsAtAccountByAll: AttemptRule;
  /** Milliseconds without a wrong password after which earlier ones no longer count. */
  attemptsForgottenMs: number;
  /** Accounts and sources whose attempts are counted; beyond that, the one that was quiet the longest starts afresh. */
  attemptsMax: number;
  /** Milliseconds in which a repeated refusal or failure is logged once; after that its count is logged. */
  repeatsMs: number;
  /** Milliseconds that everybody waits for another program to release the database; after that, posts are refused. */
  databaseBusyMs: number;
  /**
   * Milliseconds between two checks of the database: whether it is still there, and what can be wiped or given back.
   */
  maintenanceMs: number;
  /** Without a database: messages kept in each conversation. The oldest are forgotten first. */
  memoryMessagesMax: number;
  /** Without a database: conversations; further ones are refused. */
  memoryConversationsMax: number;
}

export const serverLimits: ServerLimits = {
  connectionsMax: 3_000,
  connectionsOfSourceMax: 500,
  arrivalsOfSourceBurst: 200,
  arrivalsOfSourcePerSecond: 20,
  unnamedMax: 1_000,
  unnamedOfSourceMax: 100,
  refusedMax: 500,
  refusedOfSourceMax: 50,
  sendPortionBytes: 16_384,
  sendStallMs: 30_000,
  sendBacklogBytesMax: 1_048_576,
  sendBacklogMs: 10_000,
  sendQueueBytesMax: 8_388_608,
  loginMs: 300_000,
  greetingDelayMs: 50,
  handshakesMax: 500,
  helloMs: 5_000,
  handshakeMs: 10_000,
  certificateMs: 86_400_000,
  chunkSilenceMs: 150,
  chunkBytesMax: 1_024,
  chunkGapMs: 40,
  chunkRowsMax: 250,
  closeGraceMs: 1_000,
  drainMs: 5_000,
  keepAliveMs: 30_000,
  turnUnits: 50,
  ownBurst: 200,
  ownFirst: 30,
  ownPerSecond: 20,
  sourceBurst: 5_000,
  sourcePerSecond: 1_000,
  toOneBurstBytes: 1_048_576,
  toOneBytesPerSecond: 65_536,
  recipientsMax: 100,
  owedBytesMax: 262_144,
  gatheredUnitsMax: 200,
  roomsMax: 500,
  roomsPerMemberMax: 50,
  namesPerPersonMax: 5,
  personsPerMemberMax: 5,
  recentMessages: 10,
  peopleMax: 10_000,
  newNamesOfSource: { atOnce: 3_000, perHour: 600 },
  newNamesOfMember: { atOnce: 50, perHour: 60 },
  newRoomsOfSource: { atOnce: 200, perHour: 20 },
  newRoomsOfMember: { atOnce: 30, perHour: 20 },
  newConversationsOfSource: { atOnce: 2_000, perHour: 600 },
  newConversationsOfMember: { atOnce: 200, perHour: 60 },
  newRulesOfSource: { atOnce: 1_000, perHour: 500 },
  newRulesOfMember: { atOnce: 300, perHour: 100 },
  newReportsOfSource: { atOnce: 200, perHour: 100 },
  newReportsOfMember: { atOnce: 20, perHour: 20 },
  rulesOfKindMax: 200,
  rulesMax: 5_000,
  blocksOfPersonMax: 200,
  blocksMax: 20_000,
  reportsOfRoomMax: 100,
  reportsMax: 1_000,
  actsMax: 5_000,
  sourcesMax: 10_000,
  accountsMax: 5_000,
  newAccountsOfSource: { atOnce: 200, perHour: 60 },
  newAccountsOfMember: { atOnce: 5, perHour: 5 },
  invitationsMax: 200,
  invitationsOfMakerMax: 100,
  sessionsPerPersonMax: 20,
  nameGraceMs: 30_000,
  hashMemoryKiB: 32_768,
  hashPasses: 2,
  scramIterations: 600_000,
  hashesAtOnce: 2,
  hashesWaitingMax: 200,
  hashesOfSourceMax: 50,
  attemptsAtAccount: { free: 5, waitMsMax: 60_000 },
  attemptsOfSource: { free: 30, waitMsMax: 10_000 },
  attemptsAtAccountByAll: { free: 100, waitMsMax: 30_000 },
  attemptsForgottenMs: 900_000,
  attemptsMax: 20_000,
  repeatsMs: 60_000,
  databaseBusyMs: 250,
  maintenanceMs: 1_000,
  memoryMessagesMax: 1_000,
  memoryConversationsMax: 10_000,
};

/** Copies limits into those that are in force, so that whoever reads these follows. */
export function putLimits(into: ServerLimits, from: ServerLimits): void {
  const parts = Object.entries(from).filter(([, value]) => typeof value === "object");
  const inForce = into as unknown as Record<string, object>;
  // Whoever was given a part of them keeps it, too.
  const kept = parts.map(([name, value]) => [name, Object.assign(inForce[name] ?? {}, value)]);
  Object.assign(into, from, Object.fromEntries(kept));
}
