/** The base of every element of the chat: it has the store and the reader's language. */
import { consume } from "@lit/context";
import { localeContext, storeContext } from "../../controllers/contexts.ts";
import type { Locale } from "../../locales/locale.ts";
import type { ChatStore } from "../../store/services/chat-store.ts";
import { PageElement } from "./page-element.ts";

export class ChatElement extends PageElement {
  @consume({ context: storeContext }) store!: ChatStore;
  /** The language can change while the page is open. */
  @consume({ context: localeContext, subscribe: true }) locale!: Locale;
}
