/** Wires the page: the store to the bridge, the language to the document, both to the one element of index.html. */
import "./styles/tokens.css";
import "./styles/page.css";
import "./components/salotto-app.ts";
import { beforeDrawing } from "./controllers/before-drawing.ts";
import { SocketLink } from "./link/socket-link.ts";
import { Locale } from "./locales/locale.ts";
import { ChatStore } from "./store/chat-store.ts";
import { Keep } from "./store/keep.ts";
import { KeptOutbox } from "./store/kept-outbox.ts";

const app = document.querySelector("salotto-app");
if (!app) throw new Error("index.html has no <salotto-app>");

const locale = new Locale(navigator.languages);
document.documentElement.lang = locale.tag;

const store = new ChatStore({
  link: new SocketLink(),
  keep: new Keep(localStorage, sessionStorage),
  // Browsers have locks on secure origins only, of which this computer's own is one.
  outbox: (window) => new KeptOutbox(localStorage, navigator.locks, window),
  nowMs: Date.now,
  newId: () => crypto.randomUUID(),
  beforeDrawing,
});
app.locale = locale;
app.store = store;
store.open();
