/**
 * Shows the message that the page's address names, once there is a connection to fetch it; then removes it from the
 * address.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isOnline } from "../store/model/state.ts";
import type { ChatStore } from "../store/services/chat-store.ts";
import { parseMessageHash } from "../store/text/message-link.ts";

/** This page's own address, to which a message's hash is added. */
export function pageAddress(): string {
  const address = new URL(location.href);
  address.hash = "";
  return address.href;
}

export class LinkedMessageController implements ReactiveController {
  readonly #store: () => ChatStore;
  readonly #show: (message: { room: string; msgid: string }) => void;
  #unsubscribe: (() => void) | undefined;

  constructor(
    host: ReactiveControllerHost,
    store: () => ChatStore,
    show: (message: { room: string; msgid: string }) => void,
  ) {
    this.#store = store;
    this.#show = show;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("hashchange", this.#follow);
  }

  /** The first view is drawn now, and the store is available. */
  hostUpdated(): void {
    if (this.#unsubscribe) return;
    this.#unsubscribe = this.#store().subscribe(this.#follow);
    this.#follow();
  }

  hostDisconnected(): void {
    window.removeEventListener("hashchange", this.#follow);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  readonly #follow = (): void => {
    const { hash, pathname, search } = location;
    const message = hash === "" ? undefined : parseMessageHash(hash);
    if (!message || !isOnline(this.#store().state)) return;
    // A reload, or the same link again, is a new request.
    history.replaceState(history.state, "", pathname + search);
    this.#show(message);
  };
}
