/**
 * Holds the state, notifies listeners, and does what a change requires: joins again, returns to rooms, repeats a
 * goodbye that was not heard. It knows the bridge client's interface, but neither socket.io nor any element.
 */
import type { CommandAnswer, ConnectionState, JoinCredentials, Snapshot } from "../../../protocol/bridge-events.ts";
import { lobby } from "../../../protocol/names.ts";
import type { BridgeClient } from "../../bridge-client/bridge-client.ts";
import type { KeptChat } from "../model/kept-chat.ts";
import { type Action, reduce } from "../model/reduce.ts";
import {
  hasRooms,
  heardUpTo,
  initialState,
  isOnline,
  isPrivate,
  type PageState,
  type RoomState,
  roomOf,
} from "../model/state.ts";
import { typingShownMs } from "../model/typing.ts";
import type { Keep } from "../persistence/keep.ts";
import type { KeptOutbox } from "../persistence/kept-outbox.ts";
import type { Clock, ServiceContext } from "../service-context.ts";
import { SettingsStore } from "../settings/settings-store.ts";
import { Account } from "./account.ts";
import { amendKept } from "./amend-kept.ts";
import { Asking } from "./asking.ts";
import { ChatKeeper, type ChatShelf } from "./chat-keeper.ts";
import { Conversations } from "./conversations.ts";
import { ReadMarks } from "./read-marks.ts";
import { Sending } from "./sending.ts";

/** What the store needs from the browser. */
export interface StoreSurroundings {
  bridge: BridgeClient;
  keep: Keep;
  /** @param ready called when what this window left behind can be read */
  outbox: (ready: () => void) => KeptOutbox;
  shelf: ChatShelf;
  clock: Clock;
  newId: () => string;
  /** Runs before the next drawing, so that many events in a row cost one drawing. */
  beforeDrawing: (work: () => void) => void;
}

export class ChatStore {
  readonly keep: Keep;
  readonly settings: SettingsStore;
  /** Own messages on their way. */
  readonly sending: Sending;
  /** Everything else a person asks of the server. */
  readonly asking: Asking;
  /** The person's account and where they are logged in. */
  readonly account: Account;
  readonly #context: ServiceContext;
  readonly #readMarks: ReadMarks;
  readonly #conversations: Conversations;
  readonly #keeper: ChatKeeper;
  /** The kept chat, until something newer is known. */
  #kept: KeptChat | undefined;
  readonly #beforeDrawing: StoreSurroundings["beforeDrawing"];
  /** The listeners are about to be told of all changes at once. */
  #telling = false;
  /** The rooms as they were last written. */
  #keptRooms: string | undefined;
  readonly #browser: string;
  #session: string;
  readonly #listeners = new Set<() => void>();
  #state: PageState;
  /** A check for people who stopped writing is scheduled. */
  #expectsSilence = false;

  constructor({ bridge, keep, outbox, shelf, clock, newId, beforeDrawing }: StoreSurroundings) {
    const getState = () => this.#state;
    const context: ServiceContext = {
      bridge,
      clock,
      newId,
      dispatch: (action) => this.#dispatch(action),
      get state() {
        return getState();
      },
    };
    this.#context = context;
    this.#beforeDrawing = beforeDrawing;
    this.keep = keep;
    this.settings = new SettingsStore(keep);
    this.#state = initialState(keep.get("joined"), keep.rooms, keep.parsed("dismissed"));
    this.#browser = keep.getOrSet("browser", newId);
    this.#session = keep.getOrSet("session", newId);
    this.#keeper = new ChatKeeper(shelf, clock, () => ({ session: this.#session, state: this.#state }));
    this.#readMarks = new ReadMarks(context);
    this.asking = new Asking(context, this.#readMarks);
    this.#conversations = new Conversations(context);
    this.account = new Account(context, keep);
    this.sending = new Sending(
      context,
      outbox(() => this.sending?.restore()),
    );
  }

  get state(): PageState {
    return this.#state;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the listeners know of every change so far. */
  told(): Promise<void> {
    if (!this.#telling) return Promise.resolve();
    return new Promise((resolve) => {
      const unsubscribe = this.subscribe(() => {
        unsubscribe();
        resolve();
      });
    });
  }

  /** @param chat the person's last chat as the browser kept it; used until something newer is known */
  remember(chat: KeptChat): void {
    const { epoch, goodbye, bridge } = this.#state;
    if (epoch !== undefined || goodbye) return;
    this.#kept = chat;
    if (bridge === "lost") this.#recall();
  }

  open(): void {
    const { clock, bridge } = this.#context;
    if (this.#state.joinState === "in") this.#recall();
    const handshake = () => {
      const window = { session: this.#session, browser: this.#browser };
      const { epoch, lastN } = this.#state;
      return epoch === undefined ? { ...window, after: 0 } : { ...window, epoch, after: lastN };
    };
    bridge.open(handshake, {
      snapshot: (snapshot) => this.#takeSnapshot(snapshot),
      connection: (state) => {
        this.#takeConnection(state);
        this.#resume();
      },
      name: (name, same) => {
        this.account.renamed(name, same);
        this.#dispatch({ type: "name", name, same });
        // Another person has other private conversations.
        if (!same) this.#resume();
      },
      event: (event) => this.#dispatch({ type: "event", event }),
      typing: ({ room, from }) => {
        if (from === this.#state.name) return;
        this.#dispatch({ type: "typing", room, name: from, nowMs: clock.now() });
        this.#expectSilence();
      },
      lost: () => {
        this.#dispatch({ type: "bridge-lost" });
        // The bridge is away, so nobody can join; a person who did not quit sees the kept chat instead of the join
        // form.
        this.#recall();
      },
    });
  }

  close(): void {
    this.#context.bridge.close();
  }

  /**
   * @param name as parseName returns it
   * @param credentials what the person has typed besides; a token that the browser has is shown by itself
   */
  join(name: string, credentials: JoinCredentials = {}): void {
    this.keep.set("name", name);
    this.#conversations.isNewcomer = true;
    this.#dispatch({ type: "enter", name });
    this.account.typed = credentials;
    if (!this.#state.quitting) void this.#join(name);
  }

  /** Leaves the chat; while entering, gives up. */
  quit(): void {
    if (this.#state.joinState === "in") this.account.forget();
    this.account.typed = {};
    this.#kept = undefined;
    this.#dispatch({ type: "quit" });
    void this.#quit();
  }

  async rename(name: string): Promise<CommandAnswer<"rename">> {
    const answer = await this.#context.bridge.ask({ type: "rename", name });
    if (answer.ok) {
      this.keep.set("name", answer.name);
      this.account.renamed(answer.name, answer.same ?? false);
      this.#dispatch({ type: "name", name: answer.name, same: answer.same ?? false });
    }
    return answer;
  }

  /** Shows a room that the person is in. */
  openRoom(name: string): void {
    this.#dispatch({ type: "open-room", room: name });
  }

  /** The reader has seen an announcement. */
  dismiss(key: string): void {
    this.#dispatch({ type: "dismiss", key });
    this.keep.set("dismissed", JSON.stringify(this.#state.dismissed));
  }

  /** @param attentive whether the reader has this window in front of them */
  attend(attentive: boolean): void {
    this.#dispatch({ type: "attention", attentive });
    this.#context.bridge.attend(attentive);
  }

  /** The page may be closing. */
  keepNow(): void {
    this.#keeper.keepNow();
  }

  /** Shows the kept chat and continues its session, as all of the person's windows do. */
  #recall(): void {
    const chat = this.#kept;
    if (!chat || this.#state.joinState === "entering") return;
    this.#kept = undefined;
    this.#session = chat.session;
    this.keep.set("session", chat.session);
    this.#dispatch({ type: "recall", chat });
    this.sending.restore();
  }

  #takeSnapshot(snapshot: Snapshot): void {
    this.#kept = undefined;
    // The server may be away, and the page reloaded since.
    const upstream = this.keep.upstreamAt(snapshot.server);
    this.#dispatch({ type: "snapshot", snapshot, upstream, nowMs: this.#context.clock.now() });
    this.#context.bridge.attend(this.#state.attentive);
    const { quitting, connection, name } = this.#state;
    if (quitting) void this.#quit();
    else if (snapshot.connection.phase === "idle" && connection.phase === "connecting" && name !== undefined)
      void this.#join(name);
    else this.#resume();
  }

  async #join(name: string): Promise<void> {
    const upTo = heardUpTo(this.#state, roomOf(this.#state, lobby));
    const { typed } = this.account;
    const answer = await this.#context.bridge.join(name, upTo, this.account.credentials(name));
    if (answer !== undefined && this.account.typed === typed) this.account.typed = {};
    // The person may have cancelled meanwhile; the answer then concerns nothing on the page.
    if (answer === undefined || this.#state.joinState === "out") return;
    if (answer.ok) {
      this.account.keep(name, answer.token);
      if (answer.session !== undefined && answer.session !== this.#session) this.#goOnIn(answer.session, true);
      return;
    }
    const { ok: _, code, ...why } = answer;
    // Windows that shared a session may part: in this one the person has another name now.
    if (code === "logged-in") this.#goOnIn(this.#context.newId(), false);
    // Another of several joins has been answered.
    if (code === "logged-in" || code === "cancelled" || code === "busy") return;
    this.#takeConnection({ phase: "idle", refusal: { code, ...why } });
  }

  #takeConnection(connection: ConnectionState): void {
    // The login was ended elsewhere, or the account is gone.
    if (connection.phase === "idle" && connection.refusal?.code === "token-invalid") this.account.forget();
    this.#dispatch({ type: "connection", connection, nowMs: this.#context.clock.now() });
  }

  /** Continues as a fresh page in another session. @param isTold whether the bridge tells what happened before */
  #goOnIn(session: string, isTold: boolean): void {
    this.#session = session;
    // Conversations that are open there are open here.
    this.#conversations.isNewcomer = false;
    this.keep.set("session", session);
    this.#dispatch({ type: "another-session", isTold });
    this.#context.bridge.close();
    this.open();
  }

  async #quit(): Promise<void> {
    if (!(await this.#context.bridge.quit())) return;
    this.#dispatch({ type: "quit-heard" });
    const { joinState, name } = this.#state;
    if (joinState === "entering" && name !== undefined) void this.#join(name);
  }

  /** Continues where this window was, as far as the connection allows. */
  #resume(): void {
    this.sending.restore();
    if (!isOnline(this.#state)) return;
    for (const room of this.#state.rooms.values()) {
      if (!room.entered && (isPrivate(room.name) || hasRooms(this.#state))) void this.#enter(room);
    }
    void this.#conversations.open();
    void this.asking.listAbsentees();
    this.sending.flush();
  }

  /** Rejoins a room that the bridge does not report, for example because it has restarted. */
  async #enter(room: RoomState): Promise<void> {
    const { name } = room;
    const upTo = heardUpTo(this.#state, room);
    this.#dispatch({ type: "room-entered", room: name, entered: true });
    const answer = await this.#context.bridge.ask({ type: "join", room: name, ...upTo });
    if (answer.ok) return;
    const mayReturn = answer.code === "offline" || answer.code === "lost" || answer.code === "busy";
    this.#dispatch(
      mayReturn ? { type: "room-entered", room: name, entered: false } : { type: "room-left", room: name },
    );
  }

  /** Nobody announces that they stopped writing. */
  #expectSilence(): void {
    if (this.#expectsSilence || this.#state.typing.size === 0) return;
    this.#expectsSilence = true;
    const { clock } = this.#context;
    const untilMs = Math.min(...[...this.#state.typing.values()].flat().map((typist) => typist.untilMs));
    clock.after(Math.min(Math.max(untilMs - clock.now(), 0), typingShownMs), () => {
      this.#expectsSilence = false;
      this.#dispatch({ type: "silence", nowMs: clock.now() });
      this.#expectSilence();
    });
  }

  #dispatch(change: Action): void {
    const before = this.#state;
    this.#state = reduce(before, change);
    if (this.#state === before) return;
    this.#keepState(before);
    amendKept(change, this.#state, this.keep, this.#keeper);
    this.#keeper.look(before, this.#state);
    this.#readMarks.tell();
    if (this.#telling) return;
    this.#telling = true;
    this.#beforeDrawing(() => {
      this.#telling = false;
      this.#keepRooms();
      for (const listener of this.#listeners) listener();
    });
  }

  #keepState(before: PageState): void {
    const { joinState, name, outbox, server, upstream, goodbye } = this.#state;
    if (joinState !== before.joinState || name !== before.name) {
      this.keep.set("joined", joinState === "in" ? name : undefined);
    }
    // Quitting forgets what was said and all drafts.
    if (goodbye && !before.goodbye) this.keep.forgetWriting();
    if (upstream !== before.upstream) {
      this.keep.set("upstream", upstream && JSON.stringify({ server, upstream }));
    }
    if (outbox !== before.outbox || name !== before.name) this.sending.keep();
  }

  /** Writing to storage costs more than everything else about a message, so many changes are written at once. */
  #keepRooms(): void {
    const { rooms, current, log } = this.#state;
    const kept = JSON.stringify({
      current,
      log,
      rooms: [...rooms.values()].map(({ name, readSeq }) => ({ name, readSeq })),
    });
    if (kept !== this.#keptRooms) this.keep.set("rooms", kept);
    this.#keptRooms = kept;
  }
}
