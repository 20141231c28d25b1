/**
 * The chat server's bounds: a unit at the end of each name, and a reason where the number is not obvious. Tests pass their own
 * values to whatever takes a limits object.
 */

/** Bytes in one line of an archive. The longest has `reactionsMax` names, and escapes each character of its text. */
export const archiveLineBytesMax = 131_072;

/** How much may be made of something: so many at once, of which so many come back in an hour. */
export interface Allotment {
  atOnce: number;
  perHour: number;
}

/** Bounds of the chat server. A field's comment says what happens at the bound. */
export interface ServerLimits {
  /** Open connections; one more is told that the server is full and closed. */
  connectionsMax: number;
  /** Bytes in one write to a connection. A reader has `sendStallMs` for each. */
  sendPortionBytes: number;
  /** Milliseconds in which a reader has to take what was written to it last; then it is too slow and is disconnected. */
  sendStallMs: number;
  /** Bytes due to a reader that is behind: it has `sendBacklogMs` to come below; then it is too slow. */
  sendBacklogBytesMax: number;
  sendBacklogMs: number;
  /**
   * Bytes due to one connection from earlier turns of the event loop; beyond, the reader is too slow at once. A turn adds
   * no more to it than `turnUnits` allow.
   */
  sendQueueBytesMax: number;
  /** Milliseconds for giving a name after connecting; then the connection is closed. */
  loginMs: number;
  /** Milliseconds the greeting waits, so that an HTTP or TLS client, which speaks at once, is answered in kind. */
  greetingDelayMs: number;
  /** Milliseconds of silence after an unfinished first line that make a client an unframed (chunk mode) one. */
  chunkSilenceMs: number;
  /** Bytes in one write to a chunk mode client: the old programs read with `recv(1024)`. */
  chunkBytesMax: number;
  /** Milliseconds between two writes to a chunk mode client, so that they do not merge into one row. */
  chunkGapMs: number;
  /** Rows waiting for a chunk mode client; of more, the oldest are left out, and it is told how many. */
  chunkRowsMax: number;
  /** Milliseconds that a peer has to read our last words, or to end its side, before we reset the connection. */
  closeGraceMs: number;
  /** Milliseconds of silence after which the kernel starts probing a connection (ten probes, one a second). */
  keepAliveMs: number;
  /** What one turn of the event loop may cost, in units of `server/chat/prices.ts`; what is left waits for the next. */
  turnUnits: number;
  /**
   * Units that each connection has of its own: at most, at first, and how many come back each second. Beyond that it draws
   * on its source; when there is nothing either, reading pauses, and nothing is lost.
   */
  ownBurst: number;
  ownFirst: number;
  ownPerSecond: number;
  /** Units that all connections of one source (an address, or an IPv6 network) share beyond their own. */
  sourceBurst: number;
  sourcePerSecond: number;
  /** Bytes that one connection may send to one person, and how many come back each second; then reading pauses. */
  toOneBurstBytes: number;
  toOneBytesPerSecond: number;
  /** People whose bytes are counted so for one connection; of more, the one written to longest ago is forgotten. */
  recipientsMax: number;
  /** Bytes due to a connection for which nothing more is done until it has taken some. */
  owedBytesMax: number;
  /** Steps that wait for the log to have done what it was given before; at more, nothing is read until it has. */
  turnStepsMax: number;
  /** Rooms; one more is refused. */
  roomsMax: number;
  /** Rooms that one person is in; one more is refused. */
  roomsPerMemberMax: number;
  /** Names that lead to one person; of more, the oldest is anybody's again. */
  namesPerPersonMax: number;
  /** People that one connection is and was, by taking names that somebody else had; of more, the first is let go. */
  personsPerMemberMax: number;
  /** Messages of the past that somebody who joins is shown. */
  recentMessages: number;
  /**
   * People remembered, with what they have read; of more, first those are forgotten who never said, received or read
   * anything, and first of all those who were not seen for the longest.
   */
  peopleMax: number;
  /**
   * Names that nobody had before, rooms made, and private conversations begun, by all from one address (of IPv6, one
   * network) and by one of them; one more is refused for a while. An address may be a whole school's, or a bridge's, so
   * a full house may come from one at once. A room that is forgotten comes back at once.
   */
  newNamesOfSource: Allotment;
  newNamesOfMember: Allotment;
  newRoomsOfSource: Allotment;
  newRoomsOfMember: Allotment;
  newConversationsOfSource: Allotment;
  newConversationsOfMember: Allotment;
  /** Addresses of which is known what they made; of more, the one that made nothing for the longest begins anew. */
  sourcesMax: number;
  /** Milliseconds in which the log tells a refusal that repeats, or a failure, once; then it tells how many more there were. */
  repeatsMs: number;
  /** Milliseconds to wait, all of us, for another program to let go of the database; then posts are refused. */
  databaseBusyMs: number;
  /** Milliseconds between two looks at the database: whether it is there, and what can be wiped or given back. */
  maintenanceMs: number;
  /** Without a database: messages kept in each conversation. The oldest are forgotten first. */
  memoryMessagesMax: number;
  /** Without a database: conversations; one more is refused. */
  memoryConversationsMax: number;
}

export const serverLimits: ServerLimits = {
  connectionsMax: 3_000,
  sendPortionBytes: 16_384,
  sendStallMs: 30_000,
  sendBacklogBytesMax: 1_048_576,
  sendBacklogMs: 10_000,
  sendQueueBytesMax: 8_388_608,
  loginMs: 300_000,
  greetingDelayMs: 50,
  chunkSilenceMs: 150,
  chunkBytesMax: 1_024,
  chunkGapMs: 40,
  chunkRowsMax: 250,
  closeGraceMs: 1_000,
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
  turnStepsMax: 10_000,
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
  sourcesMax: 10_000,
  repeatsMs: 60_000,
  databaseBusyMs: 250,
  maintenanceMs: 1_000,
  memoryMessagesMax: 1_000,
  memoryConversationsMax: 10_000,
};
