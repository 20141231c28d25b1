/**
 * Every bound of the house in one place: units last in the name, a reason where the number is not obvious.
 * Nothing here reads the environment; tests pass their own values to the constructors that take a limits object.
 */

/** Bounds on what crosses the wire. Both ends know them; the json dialect tells them in `welcome`. */
export const wireLimits = {
  /** Bytes of UTF-8 in one message. Enough for a page of pasted code. */
  textBytesMax: 8_192,
  /** UTF-16 units that are looked at to read one message: what a terminal puts around words may be longer than they are. */
  typedCharsMax: 32_768,
  /** UTF-16 units of a person's or room's name as it is typed. */
  nameTypedCharsMax: 256,
  /** UTF-16 units of one emoji; the longest that there are have 15. */
  emojiUnitsMax: 32,
  /** Lines in one message: each becomes a line of its own for people on plain text. */
  textLinesMax: 200,
  /** Bytes in one line on the wire. JSON may escape one byte of text as six (`\u0009`), and adds its envelope. */
  lineBytesMax: 65_536,
  /**
   * Bytes in one line that the server sends. The longest are the lists: `connectionsMax` members with names of
   * `nameCharsMax`, or `roomsMax` rooms with their topics.
   */
  eventBytesMax: 524_288,
  /** Characters (code points) in a person's name. */
  nameCharsMax: 32,
  /** Characters in a room's name. */
  roomCharsMax: 64,
  /** Characters in a room's topic. */
  topicCharsMax: 200,
  /** Characters in the msgid that a command names. */
  msgidCharsMax: 64,
  /** Reactions to one message, everyone's together; one more is refused. */
  reactionsMax: 100,
  /** Names told with the reactions of one emoji, the first ones; all of them are asked for with `reactions`. */
  reactionNamesMax: 5,
  /** Conversations in one answer to `conversations`, the newest. */
  conversationsMax: 100,
  /** People in one answer to `people`: those who left last. */
  absenteesMax: 100,
  /** Messages in one answer to `history`. */
  historyMessagesMax: 200,
  /** Messages in one answer to `search`. */
  searchMessagesMax: 50,
  /** Characters in what is searched for. */
  searchCharsMax: 200,
  /** Bytes of JSON that messages take in one line; what does not fit is asked for with the next `history`. */
  historyBytesMax: 49_152,
  /** Characters in the label that ties an answer to its command. */
  labelCharsMax: 64,
  /** Characters in the program name a json client gives in `hello`. */
  clientCharsMax: 128,
} as const;

/** Bytes in one line of an archive. The longest has `reactionsMax` names, and escapes each character of its text. */
export const archiveLineBytesMax = 131_072;

/** Characters of which is remembered what a search makes of them; then all is forgotten. Alphabets, or most of Chinese. */
export const signsRememberedMax = 8_192;

/**
 * Bounds on what is taken from a server in one event, more than ours ever tells: what goes beyond is no event that we know, so
 * that no server fills whoever listens to it.
 */
export const eventLimits = {
  /** Characters (UTF-16) of a name, of a room or of anything else that is called so. */
  wordCharsMax: 128,
  /** Characters of a text, a topic, a notice. */
  textCharsMax: 16_384,
  /** People in one room. */
  membersMax: 5_000,
  /** Rooms in a list of them. */
  roomsMax: 2_000,
  /** Messages, conversations or people in an answer, messages shown to who joins. */
  entriesMax: 500,
  /** Different emoji under one message, and people with one of them. */
  reactionsMax: 500,
  /** What a server can do. */
  featuresMax: 100,
} as const;

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
  /** Rooms; one more is refused. */
  roomsMax: number;
  /** Rooms that one person is in; one more is refused. */
  roomsPerMemberMax: number;
  /** Names that one connection holds: the one it has, and those it had; of more, the oldest is free again. */
  namesPerMemberMax: number;
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
  roomsMax: 500,
  roomsPerMemberMax: 50,
  namesPerMemberMax: 5,
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

/** Bounds of the bridge. A field's comment says what happens at the bound. */
export interface BridgeLimits {
  /** Pages connected to the bridge, in the chat or not; one more is told so and not let in. */
  pagesMax: number;
  /** Sessions (people with a chat connection, in one window or several); one more is refused. */
  sessionsMax: number;
  /** Milliseconds a session outlives its last page, so that F5 neither leaves nor rejoins. */
  pageGraceMs: number;
  /** Milliseconds without a page that is looked at, after which the person is told to be away. */
  awayAfterMs: number;
  /** Events kept for a page that reloads; the oldest are dropped first. More than `missedMessagesMax`. */
  replayEventsMax: number;
  /** Characters of JSON that these take; the oldest are dropped first. */
  replayCharsMax: number;
  /** Milliseconds to wait for the greeting before taking a silent server for an old one. */
  greetingMs: number;
  /** Milliseconds for the TCP connection to open. */
  connectMs: number;
  /** Milliseconds for a Salotto server to answer a command; then the connection counts as lost. */
  answerMs: number;
  /** Milliseconds between two pings on an idle json connection. */
  pingMs: number;
  /** Milliseconds of the first reconnection delay; each further one doubles it, with jitter. */
  backoffMinMs: number;
  /** Milliseconds of the longest reconnection delay. */
  backoffMaxMs: number;
  /** Times a name is tried again after a reconnection that found it taken, probably by our own ghost. */
  nameTakenRetriesMax: number;
  /** Milliseconds a Salotto server has to close after we quit; then the connection is reset. */
  quitMs: number;
  /** Posts waiting for an answer in one session; one more is refused. */
  postsPendingMax: number;
  /** Joins of one session that wait for their answer, and quits; one more join is refused, one more quit answered at once. */
  joinsPendingMax: number;
  /** Messages, and changes to them, fetched after a lost connection; of more, the last ones, and the page says so. */
  missedMessagesMax: number;
  /** Bytes of one message to an old server, whose readers take 1,024 with the name in front. */
  legacyTextBytesMax: number;
  /** Milliseconds between two writes to an old server, so that they do not merge into one message. */
  legacyGapMs: number;
  /** Milliseconds to wait for the echo of one write to an old server before the next: it may be slow to read. */
  legacyReadMs: number;
  /** Milliseconds between the last write and `{quit}`, unless that write was echoed: glued to it, it would be said. */
  legacyQuitGapMs: number;
  /** Milliseconds of silence after which what has arrived from an old server counts as whole messages. */
  legacySilenceMs: number;
  /** Milliseconds an old server has to close after `{quit}`; then the connection is reset. */
  legacyQuitMs: number;
  /** Milliseconds to wait for an old server to echo our message before calling its delivery unknown. */
  legacyEchoMs: number;
  /** Milliseconds after the name in which an unknown server that closes counts as one that will not talk to people. */
  legacyHangUpMs: number;
  /** Times in a row that it may do so; then it is no chat server, and is not tried again. */
  legacyHangUpsMax: number;
  /** Flood control: bytes a second that are taken from a chat server; at more, reading pauses and nothing is lost. */
  floodBytesPerSecond: number;
  /** Flood control: bytes that may come at once. All that was missed after a lost connection is less. */
  floodBurstBytes: number;
  /** Flood control: the same for an old server, whose messages are a few bytes and each costs an event. */
  legacyFloodBytesPerSecond: number;
  legacyFloodBurstBytes: number;
  /** Bytes between the bridge and the chat server that are kept for whoever looks for a fault; the last ones. */
  wireBytesMax: number;
  /** Lines of them that are shown. */
  wireLinesMax: number;
  /** Characters shown of one of them. */
  wireLineCharsMax: number;
  /** Milliseconds in which the log tells a refusal that repeats once; then it tells how many more there were. */
  repeatsMs: number;
  /** Bytes of one socket.io packet from the page. */
  packetBytesMax: number;
}

export const bridgeLimits: BridgeLimits = {
  pagesMax: 1_000,
  sessionsMax: 200,
  pageGraceMs: 30_000,
  awayAfterMs: 300_000,
  replayEventsMax: 1_500,
  replayCharsMax: 4_194_304,
  greetingMs: 1_000,
  connectMs: 10_000,
  answerMs: 15_000,
  pingMs: 20_000,
  backoffMinMs: 500,
  backoffMaxMs: 30_000,
  nameTakenRetriesMax: 10,
  quitMs: 2_000,
  postsPendingMax: 100,
  joinsPendingMax: 20,
  missedMessagesMax: 1_000,
  legacyTextBytesMax: 900,
  legacyGapMs: 100,
  legacyReadMs: 1_000,
  legacyQuitGapMs: 1_000,
  legacySilenceMs: 40,
  legacyQuitMs: 2_000,
  legacyEchoMs: 5_000,
  legacyHangUpMs: 3_000,
  legacyHangUpsMax: 3,
  floodBytesPerSecond: 1_048_576,
  floodBurstBytes: 4_194_304,
  legacyFloodBytesPerSecond: 32_768,
  legacyFloodBurstBytes: 131_072,
  wireBytesMax: 32_768,
  wireLinesMax: 100,
  wireLineCharsMax: 300,
  repeatsMs: 60_000,
  packetBytesMax: 131_072,
};
