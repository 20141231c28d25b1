/**
 * What a person wants done with a message. Each event bubbles up to whoever can do it: the group, the list or the room.
 */
import type { LogMessage } from "../../store/selectors/log-items.ts";

export type MessageAction = "reply" | "edit" | "delete" | "pick-emoji" | { emoji: string; on: boolean };

export class MessageActionEvent extends Event {
  static readonly eventName = "message-action";
  readonly message: LogMessage;
  readonly action: MessageAction;

  constructor(message: LogMessage, action: MessageAction) {
    super(MessageActionEvent.eventName, { bubbles: true, composed: true });
    this.message = message;
    this.action = action;
  }
}

/** A message to be shown, loaded or not. */
export interface Target {
  msgid: string;
  /** Absent for the current room. */
  room?: string;
}

export class ShowMessageEvent extends Event {
  static readonly eventName = "show-message";
  readonly wanted: Target;

  constructor(wanted: Target) {
    super(ShowMessageEvent.eventName, { bubbles: true, composed: true });
    this.wanted = wanted;
  }
}

/** The first message of a day is to be shown. */
export class ShowDayEvent extends Event {
  static readonly eventName = "show-day";
  /** The moment that the day begins, ISO 8601. */
  readonly since: string;

  constructor(since: string) {
    super(ShowDayEvent.eventName);
    this.since = since;
  }
}

declare global {
  interface HTMLElementEventMap {
    "message-action": MessageActionEvent;
    "show-message": ShowMessageEvent;
    "show-day": ShowDayEvent;
  }
}
