/** Earlier messages for somebody on plain text: history, search results, what they missed. */
import type { HistoryEntry, HistoryMessage, Message } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import type { Chat } from "../chat/chat.ts";
import type { HistoryRequest, Quotes } from "../chat/ports.ts";
import type { Member } from "../chat/room.ts";
import { foundLines, historyLines, historyMessageLines, serverLine } from "./plain-lines.ts";
import type { Voice } from "./plain-voice.ts";

/** Messages that `/search` shows: the newest ones found. */
const FOUND_MESSAGES = 20;

export class PlainHistory {
  readonly #member: Member;
  readonly #chat: Chat;
  readonly #voice: Voice;
  /** Private conversations in which something was shown since the person last typed, and the seq of the last of it. */
  readonly #shown = new Map<string, number>();

  constructor(member: Member, chat: Chat, voice: Voice) {
    this.#member = member;
    this.#chat = chat;
    this.#voice = voice;
  }

  /** Shows the private messages that arrived while the person was away. */
  showMissed(): void {
    this.#chat.history.conversations(this.#member, (outcome) => {
      for (const { room, seq, read } of outcome.ok ? outcome.conversations : []) {
        if (seq > read) this.#showUnread(room, read);
      }
    });
  }

  /** A message was sent to the person. Whether they are there to see it becomes clear when they next type. */
  heard({ room, seq }: Message): void {
    if (room.startsWith("@")) this.#shown.set(room, seq);
  }

  /** The person is there, and has read what was shown. */
  typed(): void {
    for (const [room, seq] of this.#shown) this.#chat.history.markRead(this.#member, room, seq, () => {});
    this.#shown.clear();
  }

  /** Shows the last messages of a room. */
  show(room: string, limit: number): void {
    const { wording } = this.#voice;
    this.#messages(room, { limit }, (messages, { quotes }) => {
      const lines = historyLines({ ...wording, quotes }, room, messages);
      this.#voice.sendLines(lines.length > 0 ? lines : [serverLine(wording.texts.noHistory)]);
    });
  }

  /** Shows what is found. */
  search(typed: string): void {
    const { wording } = this.#voice;
    const { texts } = wording;
    if (typed.length > wireLimits.searchCharsMax) return this.#tell(texts.longSearch(wireLimits.searchCharsMax));
    this.#chat.history.search(this.#member, typed, 0, (outcome) => {
      if (!outcome.ok) return this.#tell(outcome.code === "invalid" ? texts.badSearch(outcome.problem) : texts.notRead);
      if (outcome.found.length === 0) return this.#tell(texts.nothingFound);
      const newest = outcome.found.slice(0, FOUND_MESSAGES).reverse();
      this.#voice.sendLines(newest.flatMap((found) => foundLines({ ...wording, quotes: outcome.quotes }, found)));
    });
  }

  /** Does something with the room's last message that fits, or says that there is none. */
  withLast(
    room: string,
    fits: (message: HistoryMessage) => boolean,
    work: (message: HistoryMessage) => void,
    none: string,
  ): void {
    this.#messages(room, { limit: wireLimits.historyMessagesMax }, (messages) => {
      const last = messages.findLast((message) => !message.deleted && fits(message));
      if (last) work(last);
      else this.#tell(none);
    });
  }

  /** What others wrote privately after a seq. */
  #showUnread(room: string, after: number): void {
    const { wording } = this.#voice;
    this.#messages(room, { after, limit: wireLimits.historyMessagesMax }, (messages, { more, quotes }) => {
      const theirs = messages.filter(({ own, deleted }) => !own && !deleted);
      if (theirs.length > 0) {
        this.#voice.sendLines([
          serverLine(wording.texts.missed),
          ...historyMessageLines({ ...wording, quotes }, room, theirs),
        ]);
      }
      if (more) this.#tell(wording.texts.missedMore(room));
      const last = messages.at(-1);
      if (last) this.#shown.set(room, last.seq);
    });
  }

  #messages(
    room: string,
    range: Pick<HistoryRequest, "limit"> & { after?: number },
    then: (messages: readonly HistoryMessage[], page: { more: boolean; quotes: Quotes }) => void,
  ): void {
    this.#chat.history.history(this.#member, room, { ...range, changes: false }, (outcome) => {
      if (outcome.ok) then(messagesOf(outcome.messages), outcome);
      else this.#tell(this.#voice.wording.texts.notRead);
    });
  }

  #tell(text: string): void {
    this.#voice.sendLines([serverLine(text)]);
  }
}

function messagesOf(entries: readonly HistoryEntry[]): HistoryMessage[] {
  return entries.filter((entry) => entry.type === "message");
}
