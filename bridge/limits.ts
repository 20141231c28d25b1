/**
 * The bridge's bounds: a unit at the end of each name. Tests pass their own values to whatever takes a limits object.
 */

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
