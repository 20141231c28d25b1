/** Opens the private conversations of a returning person, so that they see what was written to them meanwhile. */
import type { ConversationSummary } from "../../../protocol/events.ts";
import { hasMemory, isOnline, roomKey } from "../model/state.ts";
import type { ServiceContext } from "../service-context.ts";

/** Unread conversations that are opened, the newest first. The rest can be found by search. */
export const unreadOpenedMax = 20;

/** The most recent conversations, which a newcomer is shown in any case. */
export const newestOpenedMax = 3;

export class Conversations {
  readonly #context: ServiceContext;
  /** The person has just given their name, so this window does not know yet which conversations they closed. */
  isNewcomer = false;
  #isAsking = false;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Opens the conversations that matter. Call it whenever the connection is up. */
  async open(): Promise<void> {
    const { state, bridge } = this.#context;
    if (this.#isAsking || !isOnline(state) || !hasMemory(state)) return;
    this.#isAsking = true;
    const answer = await bridge.ask({ type: "conversations" });
    this.#isAsking = false;
    if (!answer.ok) return;
    const { conversations } = answer;
    const newest = this.isNewcomer ? conversations.slice(0, newestOpenedMax) : [];
    this.isNewcomer = false;
    for (const { room, read } of conversations) this.#context.dispatch({ type: "read", room, seq: read });
    const unread = conversations.filter(({ seq, read }) => seq > read).slice(0, unreadOpenedMax);
    for (const conversation of new Set([...unread, ...newest])) void this.#enter(conversation);
  }

  async #enter({ room, seq, read }: ConversationSummary): Promise<void> {
    if (this.#context.state.rooms.has(roomKey(room))) return;
    const isUnread = seq > read;
    const { log } = this.#context.state;
    const upTo = isUnread ? { after: read, ...(log === undefined ? {} : { log }) } : {};
    this.#context.dispatch({ type: "conversation", room, read, isUnread });
    const answer = await this.#context.bridge.ask({ type: "join", room, ...upTo });
    if (!answer.ok) this.#context.dispatch({ type: "room-left", room });
  }
}
