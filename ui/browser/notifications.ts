/** Shows what the store's notifier decides on as desktop notifications and sound, in the reader's language. */
import { isolated } from "../locales/isolated.ts";
import type { Locale } from "../locales/locale.ts";
import { isPrivate } from "../store/model/state.ts";
import type { Notice } from "../store/selectors/notices.ts";
import type { Clock } from "../store/service-context.ts";
import type { ChatStore } from "../store/services/chat-store.ts";
import { Notifier } from "../store/services/notifier.ts";
import type { Desktop, DesktopNotice } from "./desktop.ts";

/**
 * @param locale the current language
 * @param play sounds, unless another window of the same person has done so for the same messages
 */
export function startNotifications(
  store: ChatStore,
  clock: Clock,
  desktop: Desktop,
  locale: () => Locale,
  play: (cause: string) => void,
): void {
  const open = (room: string) => void store.asking.joinRoom(room);
  new Notifier(store, clock, {
    desktop: { show: (notice) => desktop.show(worded(notice, locale(), open)) },
    sound: {
      play: (notice) => play(`${store.state.name} ${notice.kind === "message" ? notice.message.msgid : notice.newest}`),
    },
  });
}

function worded(notice: Notice, { texts }: Locale, open: (room: string) => void): DesktopNotice {
  if (notice.kind === "message") {
    const { room, from, text, action, msgid } = notice.message;
    const title = isPrivate(room) ? from : texts.notices.saidIn(from, room);
    return { title, body: action ? `${isolated(from)} ${text}` : text, tag: msgid, chosen: () => open(room) };
  }
  const { rooms, messages } = notice;
  const say = ({ room, messages }: (typeof rooms)[number]) =>
    isPrivate(room) ? texts.notices.from(messages, room.slice(1)) : texts.notices.inRoom(messages, room);
  const [first] = rooms;
  const title = rooms.length === 1 && first ? say(first) : texts.notices.summary(messages);
  const body = rooms.length === 1 ? "" : rooms.map(say).join("\n");
  return { title, body, tag: "summary", chosen: () => first && open(first.room) };
}
