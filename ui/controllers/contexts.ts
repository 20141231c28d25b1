/** What every element can get from its ancestors: the store and the reader's language. */
import { createContext } from "@lit/context";
import type { Locale } from "../locales/locale.ts";
import type { ChatStore } from "../store/services/chat-store.ts";

export const storeContext = createContext<ChatStore>(Symbol("store"));
export const localeContext = createContext<Locale>(Symbol("locale"));
