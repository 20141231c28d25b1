/** Everything a person asks of the server besides posting: rooms, history, changes. Answers may change the state. */
import type { CommandAnswer, CommandFailure, Inspection } from "../../../protocol/bridge-events.ts";
import type { BridgeInvitation } from "../../../protocol/bridge-invitation.ts";
import type { HistoryMessage } from "../../../protocol/events.ts";
import { wireLimits } from "../../../protocol/limits.ts";
import type { RightsCommand, RightsCommandType } from "../model/rights.ts";
import { hasMemory, isOnline, type RoomState, roomKey, roomOf } from "../model/state.ts";
import type { Asked } from "../model/timeline.ts";
import { typingGapMs } from "../model/typing.ts";
import type { ServiceContext } from "../service-context.ts";
import type { ReadMarks } from "./read-marks.ts";

export type MessagesAnswer = { ok: true; messages: readonly HistoryMessage[]; more: boolean } | CommandFailure;

export interface Inspected extends Inspection {
  /** Milliseconds to the bridge and back. */
  pageMs: number;
}

export class Asking {
  readonly #context: ServiceContext;
  readonly #readMarks: ReadMarks;
  /** When the server was last told that the person is writing, by room key. */
  readonly #typedAtMs = new Map<string, number>();

  constructor(context: ServiceContext, readMarks: ReadMarks) {
    this.#context = context;
    this.#readMarks = readMarks;
  }

  /** Shows a room, joining it first, or the conversation with a person (`@name`). */
  async joinRoom(name: string): Promise<CommandAnswer<"join">> {
    if (this.#context.state.rooms.has(roomKey(name))) {
      this.#context.dispatch({ type: "open-room", room: name });
      return { ok: true, room: name };
    }
    const answer = await this.#context.bridge.ask({ type: "join", room: name });
    if (answer.ok) {
      const { room } = answer;
      this.#context.dispatch({ type: "open-room", room });
      this.#context.dispatch({ type: "room-entered", room, entered: true });
    }
    return answer;
  }

  async leaveRoom(name: string): Promise<CommandAnswer<"leave">> {
    this.#readMarks.tellNow(roomKey(name));
    const answer = await this.#context.bridge.ask({ type: "leave", room: name });
    if (answer.ok || answer.code === "not-in-room") this.#context.dispatch({ type: "room-left", room: name });
    return answer;
  }

  setTopic(room: string, topic: string): Promise<CommandAnswer<"topic">> {
    return this.#context.bridge.ask({ type: "topic", room, topic });
  }

  moderate<T extends RightsCommandType>(command: RightsCommand<T>): Promise<CommandAnswer<T>> {
    return this.#context.bridge.ask<T>(command);
  }

  /** The existing rooms. */
  listRooms(): Promise<CommandAnswer<"rooms">> {
    return this.#context.bridge.ask({ type: "rooms" });
  }

  /** Measures both hops of the connection; undefined when the bridge did not answer. */
  async inspect(): Promise<Inspected | undefined> {
    const { bridge, clock } = this.#context;
    const askedMs = clock.now();
    const inspection = await bridge.inspect();
    if (!inspection) return undefined;
    const { serverMs = 0 } = inspection;
    // The bridge answers after the server has: the rest of the time is the way to the bridge and back.
    return { ...inspection, pageMs: Math.max(0, Math.round(clock.now() - askedMs - serverMs)) };
  }

  /** How others come to this page; undefined when the bridge did not answer. */
  invitation(): Promise<BridgeInvitation | undefined> {
    return this.#context.bridge.invitation();
  }

  /** Who was here before. */
  async listAbsentees(): Promise<void> {
    if (!hasMemory(this.#context.state)) return;
    const answer = await this.#context.bridge.ask({ type: "people" });
    if (answer.ok) this.#context.dispatch({ type: "absentees", people: answer.people });
  }

  /** Fetches history including changes, so that missing numbers mean missing entries. */
  async loadHistory({ name }: RoomState, asked: Asked): Promise<CommandAnswer<"history">> {
    const limit = wireLimits.historyMessagesMax;
    const answer = await this.#context.bridge.ask({ type: "history", room: name, ...asked, changes: true, limit });
    if (answer.ok) {
      // Under an earlier name of the other person, it is the conversation with the present one.
      const { room, messages: entries, more } = answer;
      this.#context.dispatch({ type: "past", room, asked, entries, more });
    }
    return answer;
  }

  /** Reads a room's messages as they are now, without touching what the room shows. */
  async readMessages(room: string, from: { after: number } | { since: string }): Promise<MessagesAnswer> {
    const limit = wireLimits.historyMessagesMax;
    const answer = await this.#context.bridge.ask({ type: "history", room, ...from, limit });
    if (!answer.ok) return answer;
    const messages = answer.messages.filter((entry) => entry.type === "message");
    return { ok: true, messages, more: answer.more };
  }

  /** @param skip how many of the newest results are known already */
  search(query: string, skip: number): Promise<CommandAnswer<"search">> {
    return this.#context.bridge.ask({ type: "search", query, skip });
  }

  editMessage(room: string, msgid: string, text: string): Promise<CommandAnswer<"edit">> {
    return this.#context.bridge.ask({ type: "edit", room, id: this.#context.newId(), msgid, text });
  }

  deleteMessage(room: string, msgid: string): Promise<CommandAnswer<"delete">> {
    return this.#context.bridge.ask({ type: "delete", room, id: this.#context.newId(), msgid });
  }

  /** @param on false removes the reaction */
  react(room: string, msgid: string, emoji: string, on: boolean): Promise<CommandAnswer<"react">> {
    return this.#context.bridge.ask({ type: "react", room, id: this.#context.newId(), msgid, emoji, on });
  }

  /** Everybody who reacted to a message; the message itself names only the first few. */
  listReactions(room: string, msgid: string): Promise<CommandAnswer<"reactions">> {
    return this.#context.bridge.ask({ type: "reactions", room, msgid });
  }

  /** Tells the server that the person is writing. */
  tellTyping(key: string): void {
    const { state, bridge, clock } = this.#context;
    const nowMs = clock.now();
    const lastMs = this.#typedAtMs.get(key) ?? Number.NEGATIVE_INFINITY;
    if (!isOnline(state) || !hasMemory(state) || nowMs - lastMs < typingGapMs) return;
    this.#typedAtMs.set(key, nowMs);
    void bridge.ask({ type: "typing", room: roomOf(state, key).name });
  }
}
