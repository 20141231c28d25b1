/** Desktop notifications, as far as the browser supports and allows them. Nothing else uses the Notification API. */

/** `missing`: the browser does not support them. */
export type DesktopPermission = NotificationPermission | "missing";

export interface DesktopNotice {
  title: string;
  body: string;
  /** A notification replaces an earlier one with the same tag, even one from another window. */
  tag: string;
  /** Called when the person clicks on it. */
  chosen: () => void;
}

export interface Desktop {
  readonly permission: DesktopPermission;
  /** Call only from a click by the person: browsers refuse pages that ask on their own. */
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
      // Chrome on Android supports them in service workers only.
    }
  },
};
