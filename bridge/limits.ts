/**
 * The bridge's bounds. The unit comes last in each name. Tests pass their own values to whatever takes a limits object.
 */

/** Bounds of the bridge. Each comment says what happens at the bound. */
export interface BridgeLimits {
  /** Pages connected to the bridge, in the chat or not; further ones are told so and refused. */
  pagesMax: number;
  /** Sessions (people with a chat connection, in one or more windows); further ones are refused. */
  sessionsMax: number;
  /** Milliseconds a session outlives its last page, so that a reload neither leaves nor rejoins. */
  pageGraceMs: number;
  /** Milliseconds without looking at any page before the person counts as away. */
  awayAfterMs: number;
  /** Events kept for a page that reloads; the oldest are dropped first. More than `missedMessagesMax`. */
  replayEventsMax: number;
  /** Their JSON in characters; the oldest are dropped first. */
  replayCharsMax: number;
  /** Milliseconds to wait for a greeting before a silent server counts as an old one. */
  greetingMs: number;
  /** Milliseconds for the TCP connection to open. */
  connectMs: number;
  /** Milliseconds a Salotto server has to answer a command; after that the connection counts as lost. */
  answerMs: number;
  /** Milliseconds between two pings on an idle json connection. */
  pingMs: number;
  /** Milliseconds of the first reconnection delay; every further one doubles it, with jitter. */
  backoffMinMs: number;
  /** Milliseconds of the longest reconnection delay. */
  backoffMaxMs: number;
  /** How often a name is tried again after a reconnection finds it taken, probably by our own ghost. */
  nameTakenRetriesMax: number;
  /** Milliseconds a Salotto server has to close after we quit; after that the connection is reset. */
  quitMs: number;
  /** Posts waiting for an answer in one session; further ones are refused. */
  postsPendingMax: number;
  /**
   * Joins, and quits, of one session that are waiting for an answer; a further join is refused, a further quit answered
   * at once.
   */
  joinsPendingMax: number;
  /**
   * Messages and changes fetched after a lost connection; if there are more, only the last ones, and the page says so.
   */
  missedMessagesMax: number;
  /** Bytes of one message to an old server, whose readers take 1,024 including the name. */
  legacyTextBytesMax: number;
  /** Milliseconds between two writes to an old server, so that they do not merge into one message. */
  legacyGapMs: number;
  /** Milliseconds to wait for the echo of one write to an old server before the next: it may be slow to read. */
  legacyReadMs: number;
  /**
   * Milliseconds between the last write and `{quit}`, unless that write was echoed: if the two merged, `{quit}` would
   * be said as text.
   */
  legacyQuitGapMs: number;
  /** Milliseconds of silence after which what has arrived from an old server counts as complete messages. */
  legacySilenceMs: number;
  /** Milliseconds an old server has to close after `{quit}`; after that the connection is reset. */
  legacyQuitMs: number;
  /** Milliseconds to wait for an old server's echo before the delivery of a message counts as unknown. */
  legacyEchoMs: number;
  /** Milliseconds after the name within which an unknown server that closes counts as hanging up. */
  legacyHangUpMs: number;
  /** How often in a row it may do so; after that it is not a chat server, and is not tried again. */
  legacyHangUpsMax: number;
  /** Flood control: bytes per second accepted from a chat server; beyond that, reading pauses and nothing is lost. */
  floodBytesPerSecond: number;
  /** Flood control: bytes that may arrive at once. Everything missed during a lost connection fits. */
  floodBurstBytes: number;
  /** Flood control: the same for an old server, whose messages are a few bytes, each of which costs an event. */
  legacyFloodBytesPerSecond: number;
  legacyFloodBurstBytes: number;
  /** The latest bytes between the bridge and the chat server, kept for finding faults. */
  wireBytesMax: number;
  /** How many of their lines are shown. */
  wireLinesMax: number;
  /** Characters shown of each line. */
  wireLineCharsMax: number;
  /** Milliseconds in which a repeated refusal is logged once; after that its count is logged. */
  repeatsMs: number;
  /** Bytes of one socket.io packet from the page. */
  packetBytesMax: number;
  /** Connections from one address of another computer; further ones are closed at once. */
  connectionsOfAddressMax: number;
  /** Pages from one address of another computer; further ones are told so and refused. */
  pagesOfAddressMax: number;
  /** Milliseconds until a browser's pass is over. */
  passMs: number;
  /** Milliseconds after which a pass that is used is renewed. */
  passRenewMs: number;
  /** Passes read of one request; any one of them lets it in. */
  passesReadMax: number;
  /** Wrong tokens in that many milliseconds; further ones are told to wait. The right one is let in all the same. */
  wrongTokensMax: number;
  wrongTokensMs: number;
  /** Addresses whose wrong tokens are counted; the one that has been quiet longest is forgotten first. */
  wrongAddressesMax: number;
  /** Milliseconds between two looks at the certificate that the bridge made for itself, which is renewed in time. */
  certificateMs: number;
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
  connectionsOfAddressMax: 100,
  pagesOfAddressMax: 20,
  passMs: 90 * 86_400_000,
  passRenewMs: 86_400_000,
  passesReadMax: 4,
  wrongTokensMax: 10,
  wrongTokensMs: 60_000,
  wrongAddressesMax: 1_000,
  certificateMs: 86_400_000,
};
