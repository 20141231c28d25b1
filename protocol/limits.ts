/**
 * The bounds that both ends of the wire know. The unit comes last in each name, and a reason is given where the number is
 * not obvious. The server's own are in server/limits.ts, the bridge's in bridge/limits.ts, the page's beside what they bound.
 */

/** Bounds on what crosses the wire. Both ends know them; the json dialect tells them in `welcome`. */
export const wireLimits = {
  /** Bytes of UTF-8 in one message. Enough for a page of pasted code. */
  textBytesMax: 8_192,
  /**
   * UTF-16 units examined to read one message: together with what a terminal puts around it, text may be longer than it
   * looks.
   */
  typedCharsMax: 32_768,
  /** UTF-16 units of a person's or room's name as typed. */
  nameTypedCharsMax: 256,
  /** UTF-16 units of one emoji; the longest existing ones have 15. */
  emojiUnitsMax: 32,
  /** Lines in one message: each becomes a separate line for people on plain text. */
  textLinesMax: 200,
  /** Bytes in one line on the wire. JSON may escape one byte of text as six (`\u0009`), and adds its envelope. */
  lineBytesMax: 65_536,
  /**
   * Bytes in one line that the server sends. The longest are lists: `connectionsMax` members with names of
   * `nameCharsMax`, or `roomsMax` rooms with their topics.
   */
  eventBytesMax: 524_288,
  /** Characters (code points) in a person's name. */
  nameCharsMax: 32,
  /** Characters in a room's name as earlier versions allowed them; a new room's has at most `nameCharsMax`. */
  roomCharsMax: 64,
  /** Characters in a room's topic. */
  topicCharsMax: 200,
  /** Characters in a msgid that a command refers to. */
  msgidCharsMax: 64,
  /** Reactions to one message by everybody together; the next one is refused. */
  reactionsMax: 100,
  /** Names sent with the reactions of one emoji, the first ones; `reactions` returns all of them. */
  reactionNamesMax: 5,
  /** Conversations in one answer to `conversations`, the newest. */
  conversationsMax: 100,
  /** People in one answer to `people`, the latest ones. */
  absenteesMax: 100,
  /** Messages in one answer to `history`. */
  historyMessagesMax: 200,
  /** Messages in one answer to `search`. */
  searchMessagesMax: 50,
  /** Characters in a search. */
  searchCharsMax: 200,
  /** Characters in the reason for a kick, a ban or a report. */
  reasonCharsMax: 200,
  /** Characters in a pattern of names. */
  patternCharsMax: 64,
  /** Characters in an address or a range of addresses. */
  rangeCharsMax: 64,
  /** Seconds between two messages of one person in slow mode. */
  slowSecondsMax: 3_600,
  /** Bans, reports and acts in one answer. */
  rulesToldMax: 200,
  /** Bytes of JSON for messages in one line; the rest can be fetched with the next `history`. */
  historyBytesMax: 49_152,
  /** Characters in the label that ties an answer to its command. */
  labelCharsMax: 64,
  /** Characters in the program name a json client gives in `hello`. */
  clientCharsMax: 128,
  /** Characters in a password. Enough for any sentence, and a bound for what is hashed. */
  passwordCharsMax: 256,
  /** Characters in a password that is chosen anew. */
  passwordCharsMin: 8,
  /** Characters in a session token or its id. */
  tokenCharsMax: 128,
  /** Characters in the text by which people recognise a device. */
  deviceCharsMax: 100,
  /** Characters in the code of an invitation. */
  invitationCharsMax: 64,
  /** How many people one invitation can let in, and for how many days. */
  invitationUsesMax: 1_000,
  invitationDaysMax: 365,
  /** Characters of base64 in one SCRAM message. */
  scramCharsMax: 2_048,
} as const;

/** Characters whose folded form is cached, before the cache is emptied. Enough for alphabets, or most of Chinese. */
export const signsRememberedMax = 8_192;

/**
 * Bounds on one event from a server, above anything ours sends. An event beyond them counts as unknown, so that no
 * server can fill the memory of its listeners.
 */
export const eventLimits = {
  /** Characters (UTF-16) of a person's name, a room's name or any other word. */
  wordCharsMax: 128,
  /** Characters of a text, a topic, a notice. */
  textCharsMax: 16_384,
  /** People in one room. */
  membersMax: 5_000,
  /** Rooms in a list of them. */
  roomsMax: 2_000,
  /** Messages, conversations or people in an answer; messages shown on joining. */
  entriesMax: 500,
  /** Different emoji under one message, and people with one of them. */
  reactionsMax: 500,
  /** Features that a server declares. */
  featuresMax: 100,
} as const;
