/**
 * The connection to the bridge, as the store needs it. It uses the vocabulary of protocol/bridge-events.ts and does not
 * know how it travels.
 */
import type {
  BridgeToPage,
  CommandAnswer,
  HeardUpTo,
  Inspection,
  JoinAnswer,
  JoinCredentials,
  NumberedEvent,
  PageCommand,
  PageHandshake,
  PostAnswer,
  PostRequest,
} from "../../protocol/bridge-events.ts";
import type { BridgeInvitation } from "../../protocol/bridge-invitation.ts";
import type { PageCommandType } from "../../protocol/page-commands.ts";

/** What the bridge sends, and whether the bridge can be reached at all. */
export interface BridgeListener extends Omit<BridgeToPage, "events"> {
  event(event: NumberedEvent): void;
  /** The bridge cannot be reached; the client keeps trying. */
  lost(): void;
}

export interface BridgeClient {
  /**
   * Connects, and connects again whenever the connection breaks, until `close`.
   * @param handshake asked before each attempt, because what the page has seen changes
   */
  open(handshake: () => PageHandshake, listener: BridgeListener): void;
  close(): void;
  /**
   * Each answer is undefined when there was no connection to the bridge, or it broke before the answer came.
   * @param upTo how much of the lobby the page has
   * @param credentials what the person proves themselves with
   */
  join(name: string, upTo: HeardUpTo, credentials: JoinCredentials): Promise<JoinAnswer | undefined>;
  /** A broken connection is an answer too: `offline` when nothing was sent, `lost` when it may have been. */
  post(request: PostRequest): Promise<PostAnswer>;
  ask<T extends PageCommandType>(command: PageCommand & { type: T }): Promise<CommandAnswer<T>>;
  /** The state of the connection between bridge and chat server; undefined when the bridge did not answer. */
  inspect(): Promise<Inspection | undefined>;
  /** How others come to the bridge's page; undefined when the bridge did not answer. */
  invitation(): Promise<BridgeInvitation | undefined>;
  /** Tells the bridge whether the reader is looking at this page. Dropped when there is no connection. */
  attend(attentive: boolean): void;
  /** True when the bridge has answered that the person has left the chat. */
  quit(): Promise<boolean>;
}
