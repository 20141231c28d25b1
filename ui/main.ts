/**
 * Sets up the page: connects the store to the bridge and the language to the document, and gives both to the one
 * element of index.html.
 */
import "./styles/tokens.css";
import "./styles/page.css";
import "./components/shell/salotto-app.ts";
import { SocketClient } from "./bridge-client/socket-client.ts";
import { watchAttention } from "./browser/attention.ts";
import { beforeDrawing } from "./browser/before-drawing.ts";
import { playChime } from "./browser/chime.ts";
import { desktop } from "./browser/desktop.ts";
import { followInvitations } from "./browser/invitation.ts";
import { locks } from "./browser/locks.ts";
import { followSettings } from "./browser/looks.ts";
import { OneWindow } from "./browser/one-window.ts";
import { randomId } from "./browser/random-id.ts";
import { startServiceWorker } from "./browser/service-worker.ts";
import { PageStorage } from "./browser/storage.ts";
import { followViewport } from "./browser/viewport.ts";
import { ChatDatabase } from "./store/persistence/chat-database.ts";
import { Keep } from "./store/persistence/keep.ts";
import { KeptOutbox } from "./store/persistence/kept-outbox.ts";
import { systemClock } from "./store/service-context.ts";
import { ChatStore } from "./store/services/chat-store.ts";

const app = document.querySelector("salotto-app");
if (!app) throw new Error("index.html has no <salotto-app>");

/**
 * How long the first drawing waits for the kept chat, in ms; if it comes later, it still shows while the bridge is
 * away.
 */
const keptWaitMs = 500;

const ofBrowser = new PageStorage("localStorage");
const keep = new Keep(ofBrowser, new PageStorage("sessionStorage"));
const shelf = new ChatDatabase({
  window: () => keep.getOrSet("window", randomId),
  now: Date.now,
  name: "salotto",
});
const store = new ChatStore({
  // The bridge answers with what it wants.
  bridge: new SocketClient(() => location.replace("/")),
  keep,
  outbox: (ready) =>
    new KeptOutbox({
      storage: ofBrowser,
      locks,
      window: keep.getOrSet("window", randomId),
      renamed: () => {
        keep.set("window", undefined);
        return keep.getOrSet("window", randomId);
      },
      ready,
    }),
  shelf,
  clock: systemClock,
  newId: randomId,
  beforeDrawing,
});
followInvitations((code) => {
  store.account.invitation = code;
});
const lastName = keep.get("joined") ?? keep.get("name");
if (lastName !== undefined) {
  const found = shelf.last(lastName).then((chat) => chat && store.remember(chat));
  await Promise.race([found, new Promise((resolve) => setTimeout(resolve, keptWaitMs))]);
}
followSettings(app, store.settings, navigator.languages);
app.store = store;
watchAttention((attentive) => store.attend(attentive));
window.addEventListener("pagehide", () => store.keepNow());
document.addEventListener("visibilitychange", () => document.hidden && store.keepNow());
followViewport(window.visualViewport, document.documentElement.style);
store.open();
const oneWindow = new OneWindow(locks);
// Not needed for the first drawing.
void import("./browser/notifications.ts").then(({ startNotifications }) =>
  startNotifications(
    store,
    systemClock,
    desktop,
    () => app.locale,
    (cause) => void playChime(() => oneWindow.isFirst(cause)),
  ),
);
// In development there is no built worker.
if (import.meta.env.PROD) window.addEventListener("load", () => void startServiceWorker());
