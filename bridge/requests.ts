/**
 * What the pages of one session ask of the chat server: each question gets an answer, whatever becomes of the
 * connection, and only so many wait at once. What a question means is the server's business.
 */
import type {
  BridgeCommand,
  BridgeCommandType,
  CommandAnswer,
  PostAnswer,
  PostRequest,
} from "../protocol/bridge-events.ts";
import { readText, textProblemMessages } from "../protocol/text.ts";
import { Outbox } from "./outbox.ts";
import type { Upstream } from "./upstream/upstream.ts";

export const busy = {
  ok: false,
  code: "busy",
  message: "too many questions wait for their answer; try again in a moment",
} as const;

const offline = { ok: false, code: "offline", message: "not connected to the chat server" } as const;

export class Requests {
  readonly #pendingMax: number;
  readonly #online: () => Upstream | undefined;
  readonly #outbox: Outbox;
  #asking = 0;

  /**
   * @param pendingMax posts that may wait for their answer at once, and as many other questions; one more is refused
   * @param online the connection, while the person is in the chat
   */
  constructor(pendingMax: number, online: () => Upstream | undefined) {
    this.#pendingMax = pendingMax;
    this.#online = online;
    this.#outbox = new Outbox(pendingMax);
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    const read = readText(request.text);
    if (!read.ok) return { ok: false, code: read.problem, message: textProblemMessages[read.problem] };
    const { ok: _, text, ...cleaned } = read;
    const answer = await this.#outbox.post({ ...request, text }, async (post) => this.#online()?.post(post) ?? offline);
    return answer.ok ? { ...answer, ...cleaned } : answer;
  }

  async ask<T extends BridgeCommandType>(command: BridgeCommand<T>): Promise<CommandAnswer<T>> {
    const upstream = this.#online();
    return upstream ? this.#bounded(() => upstream.ask(command)) : offline;
  }

  /** A page that asks without waiting must not fill the bridge. */
  async #bounded<T>(question: () => Promise<T>): Promise<T | typeof busy> {
    if (this.#asking >= this.#pendingMax) return busy;
    this.#asking += 1;
    try {
      return await question();
    } finally {
      this.#asking -= 1;
    }
  }
}
