/**
 * The bounds that both ends of the wire know: a unit at the end of each name, and a reason where the number is not obvious.
 * The server's own are in server/limits.ts, the bridge's in bridge/limits.ts, the page's beside what they bound.
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
