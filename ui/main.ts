/** Wires the page: the store to the bridge, the language to the document, both to the one element of index.html. */
import "./styles/tokens.css";
import "./styles/page.css";
import "./components/salotto-app.ts";
import { watchAttention } from "./controllers/attention.ts";
import { beforeDrawing } from "./controllers/before-drawing.ts";
import { desktop } from "./controllers/desktop.ts";
import { followSettings } from "./controllers/looks.ts";
import { followViewport } from "./controllers/viewport.ts";
import { SocketLink } from "./link/socket-link.ts";
import { ChatStore } from "./store/chat-store.ts";
import { systemClock } from "./store/core.ts";
import { Keep } from "./store/keep.ts";
import { KeptOutbox } from "./store/kept-outbox.ts";

const app = document.querySelector("salotto-app");
if (!app) throw new Error("index.html has no <salotto-app>");

const keep = new Keep(localStorage, sessionStorage);
const newId = () => crypto.randomUUID();
const store = new ChatStore({
  link: new SocketLink(),
  keep,
  outbox: (ready) =>
    new KeptOutbox({
      storage: localStorage,
      // Browsers have locks on secure origins only, of which this computer's own is one.
      locks: navigator.locks,
      window: keep.getOrSet("window", newId),
      renamed: () => {
        keep.set("window", undefined);
        return keep.getOrSet("window", newId);
      },
      ready,
    }),
  clock: systemClock,
  newId,
  beforeDrawing,
});
followSettings(app, store.settings, navigator.languages);
app.store = store;
watchAttention((attentive) => store.attend(attentive));
followViewport(window.visualViewport, document.documentElement.style);
store.open();
// Not needed for the first look.
void import("./controllers/notifications.ts").then(({ startNotifications }) =>
  startNotifications(store, systemClock, desktop, () => app.locale),
);
