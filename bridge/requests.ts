/**
 * The requests that one session's pages make of the chat server: each gets an answer, whatever happens to the
 * connection, and only so many may be waiting at once. What a request means is up to the server.
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
  message: "too many requests are waiting for an answer; try again in a moment",
} as const;

const offline = { ok: false, code: "offline", message: "not connected to the chat server" } as const;

export interface RequestsOptions {
  /** Posts that may be waiting at once, and as many other requests; further ones are refused. */
  pendingMax: number;
  /** The connection, while the person is in the chat. */
  online: () => Upstream | undefined;
  /** The name of the server's log, which does not contain what was posted to another one. */
  log: () => string | undefined;
}

export class Requests {
  readonly #options: RequestsOptions;
  readonly #outbox: Outbox;
  #asking = 0;

  constructor(options: RequestsOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.pendingMax);
  }

  async post(request: PostRequest): Promise<PostAnswer> {
    const read = readText(request.text);
    if (!read.ok) return { ok: false, code: read.problem, message: textProblemMessages[read.problem] };
    const { ok: _, text, ...cleaned } = read;
    const { log, online } = this.#options;
    const answer = await this.#outbox.post(
      { ...request, text },
      async (post) => online()?.post(post) ?? offline,
      log(),
    );
    return answer.ok ? { ...answer, ...cleaned } : answer;
  }

  async ask<T extends BridgeCommandType>(command: BridgeCommand<T>): Promise<CommandAnswer<T>> {
    const upstream = this.#options.online();
    return upstream ? this.#bounded(() => upstream.ask(command)) : offline;
  }

  /** A page that asks without waiting must not fill the bridge's memory. */
  async #bounded<T>(question: () => Promise<T>): Promise<T | typeof busy> {
    if (this.#asking >= this.#options.pendingMax) return busy;
    this.#asking += 1;
    try {
      return await question();
    } finally {
      this.#asking -= 1;
    }
  }
}
