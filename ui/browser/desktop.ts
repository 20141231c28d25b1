/** The desktop's notifications, as far as the browser has and allows them. Nothing else knows the Notification API. */

/** `missing`: the browser has none. */
export type DesktopPermission = NotificationPermission | "missing";

export interface DesktopNotice {
  title: string;
  body: string;
  /** One with the tag of an earlier one replaces it, also where another window showed that. */
  tag: string;
  /** The person has clicked on it. */
  chosen: () => void;
}

export interface Desktop {
  readonly permission: DesktopPermission;
  /** To be called for a click of the person's only: browsers refuse whoever asks by themselves. */
  ask(): Promise<DesktopPermission>;
  show(notice: DesktopNotice): void;
}

export const desktop: Desktop = {
  get permission() {
    try {
      return Notification.permission;
    } catch {
      return "missing";
    }
  },

  async ask() {
    try {
      return await Notification.requestPermission();
    } catch {
      return "missing";
    }
  },

  show({ title, body, tag, chosen }) {
    if (desktop.permission !== "granted") return;
    try {
      const shown = new Notification(title, { body, tag });
      shown.addEventListener("click", () => {
        shown.close();
        window.focus();
        chosen();
      });
    } catch {
      // Chrome on Android has them for service workers only.
    }
  },
};
