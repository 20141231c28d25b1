/** Follows one slice of the state, and updates its element when the slice has a new value. */
import { ContextConsumer } from "@lit/context";
import type { ReactiveController, ReactiveElement } from "lit";
import type { PageState } from "../store/model/state.ts";
import type { ChatStore } from "../store/services/chat-store.ts";
import { storeContext } from "./contexts.ts";

export class SliceController<T> implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #select: (state: PageState) => T;
  #store: ChatStore | undefined;
  #unsubscribe: (() => void) | undefined;
  #value: T | undefined;

  /** @param select picks a part of the state; it must return the same value for as long as that part is the same */
  constructor(host: ReactiveElement, select: (state: PageState) => T) {
    this.#host = host;
    this.#select = select;
    host.addController(this);
    new ContextConsumer(host, { context: storeContext, callback: (store) => this.#follow(store) });
  }

  /** Available once the element is connected, and so in every update. */
  get value(): T {
    return this.#value as T;
  }

  hostConnected(): void {
    if (this.#store) this.#follow(this.#store);
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #follow(store: ChatStore): void {
    this.#unsubscribe?.();
    this.#store = store;
    const read = () => {
      const value = this.#select(store.state);
      if (Object.is(value, this.#value)) return;
      this.#value = value;
      this.#host.requestUpdate();
    };
    this.#unsubscribe = store.subscribe(read);
    read();
  }
}
