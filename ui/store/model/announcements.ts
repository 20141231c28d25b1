/** Which announcements are shown: the latest of each kind and room, until they are dismissed or no longer true. */
import type { Announcement } from "./announcement.ts";
import type { PageState } from "./state.ts";

/** Announcements shown, and remembered as dismissed; the oldest are forgotten first. */
export const announcementsMax = 20;

/** A page that was reloaded is told again, and does not repeat what was dismissed. */
export function announce(state: PageState, announcement: Announcement): PageState {
  if (state.dismissed.includes(announcement.key)) return state;
  const { kind, room } = announcement;
  // Of several reports, the latest says that there are some.
  const others = state.announcements.filter((each) => each.kind !== kind || each.room !== room);
  return { ...state, announcements: [...others, announcement].slice(-announcementsMax) };
}

/** The reader is in that room now, so how they left or may enter it is of no interest. */
export function withoutAnnouncementsOf(state: PageState, room: string): PageState {
  const others = state.announcements.filter((each) => each.kind === "reported" || each.room !== room);
  return others.length === state.announcements.length ? state : { ...state, announcements: others };
}

export function dismiss(state: PageState, key: string): PageState {
  return {
    ...state,
    announcements: state.announcements.filter((each) => each.key !== key),
    dismissed: [...state.dismissed, key].slice(-announcementsMax),
  };
}
