/** One line of the log that nobody said: joins, leaves, changes of the connection. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { EventOf } from "../../../protocol/events.ts";
import type { RoomSettings } from "../../../protocol/moderation-events.ts";
import type { Texts } from "../../locales/en.ts";
import type { LineEntry } from "../../store/model/entry.ts";
import { shared } from "../../styles/shared.ts";
import { ChatElement } from "../shared/chat-element.ts";
import { linkedText } from "../shared/link-text.ts";
import { named, sentence } from "../shared/sentence.ts";

@customElement("log-line")
export class LogLine extends ChatElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        margin-block: calc(-1 * var(--space-1));
        color: var(--ink-quiet);
        font-size: var(--text-s);
        text-align: center;
        white-space: pre-wrap;
      }

      time {
        margin-left: var(--space-1);
        font-size: var(--text-xs);
      }

      .marker {
        display: inline-block;
        margin-block: var(--space-2);
        padding: var(--space-1) var(--space-3);
        border: 1px dashed var(--line-strong);
        border-radius: 999px;
        text-wrap: balance;
      }
    `,
  ];

  @property({ attribute: false }) entry!: LineEntry;

  protected override render() {
    const { texts } = this.locale;
    switch (this.entry.kind) {
      case "returned":
        return html`<span class="marker">${this.entry.missed ? texts.returnedMissed : texts.returned}</span>`;
      case "replaced":
        return html`<span class="marker">${texts.replaced}</span>`;
      case "line":
        return html`<span dir="auto">${sentence(this.#said(this.entry), linkedText)}</span> ${this.#renderTime(this.entry.event.time)}`;
    }
  }

  #said({ event, own }: Extract<LineEntry, { kind: "line" }>): string {
    const { texts } = this.locale;
    switch (event.type) {
      case "notice":
        return event.text;
      case "topic":
        return event.topic === "" ? texts.topicGone(named(event.from)) : texts.topicSet(named(event.from), event.topic);
      case "role":
        return this.#sayRole(event);
      case "room-settings":
        return texts.rights.settingsNow(named(event.from), this.locale.list(settingsInWords(event.settings, texts)));
      case "member-joined":
        return own ? texts.youJoined : texts.joined(named(event.name), event.count);
      case "member-renamed":
        return own ? texts.youRenamed(named(event.to)) : texts.renamed(named(event.from), named(event.to));
      case "member-left": {
        if (event.reason === "quit") return texts.left(named(event.name), event.count);
        if (event.by !== undefined) return this.#sayTakenOut({ ...event, by: event.by });
        return texts.leftBecause(named(event.name), texts.leaveReasons[event.reason] ?? event.reason, event.count);
      }
    }
  }

  #sayRole({ role, name, from }: EventOf<"role">): string {
    const { rights } = this.locale.texts;
    if (role === "moderator") return rights.becameModerator(named(from), named(name));
    return role === "owner"
      ? rights.becameOwner(named(from), named(name))
      : rights.becameNothing(named(from), named(name));
  }

  #sayTakenOut({ reason, name, by, count, why }: EventOf<"member-left"> & { by: string }): string {
    const { rights } = this.locale.texts;
    const because = why === undefined ? "" : rights.because("", why);
    return (reason === "banned" ? rights.bannedOut : rights.takenOut)(named(name), named(by), because, count);
  }

  #renderTime(time: string) {
    return html`<time translate="no" datetime=${time} title=${this.locale.fullDate(time)}>${this.locale.time(time)}</time>`;
  }
}

function settingsInWords({ slowSeconds = 0, ...settings }: RoomSettings, { rights }: Texts): string[] {
  const words = (Object.keys(rights.settingWords) as (keyof typeof rights.settingWords)[]).flatMap((setting) =>
    settings[setting] ? [rights.settingWords[setting]] : [],
  );
  const all = slowSeconds > 0 ? [...words, rights.slowNow(slowSeconds)] : words;
  return all.length > 0 ? all : [rights.settingsNone];
}
