/**
 * The commands about rights on plain text: what moderators and owners do in the current room, reports, and whom somebody
 * blocks. In the lobby, they are about the chat as a whole.
 */
import { splitDuration } from "../../protocol/duration.ts";
import { wireLimits } from "../../protocol/limits.ts";
import type { RoomSettings, RuleInfo } from "../../protocol/moderation-events.ts";
import { splitFirstWord } from "../../protocol/text.ts";
import { isAddressRange } from "../../tcp/address-ranges.ts";
import type { Chat } from "../chat/chat.ts";
import type { AuditOutcome, BanOutcome, BlockOutcome, ReportsOutcome, RuleOutcome } from "../chat/outcomes.ts";
import type { Member } from "../chat/room.ts";
import { type CommandWord, splitRecipient, unquoted } from "./plain-commands.ts";
import type { PlainHistory } from "./plain-history.ts";
import { inLine, minuteOf, serverLine } from "./plain-lines.ts";
import { explainRule, explainTalk } from "./plain-problems.ts";
import type { Voice } from "./plain-voice.ts";

/** A command with its argument, in a room. @returns false when the argument cannot be understood */
type PlainCommand = (rest: string, room: string) => boolean;

/** The settings, as people type them. */
const settingWords: Readonly<Record<string, keyof RoomSettings>> = {
  "invited-only": "invitedOnly",
  "members-history": "membersHistory",
  hidden: "hidden",
  "topic-locked": "topicLocked",
};

interface Parts {
  member: Member;
  chat: Chat;
  voice: Voice;
  history: PlainHistory;
}

export class PlainRights {
  readonly #member: Member;
  readonly #chat: Chat;
  readonly #voice: Voice;
  readonly #history: PlainHistory;
  readonly #commands: { [W in CommandWord]?: PlainCommand } = {
    kick: (rest, room) => {
      const { name, text } = this.#nameAnd(rest);
      const reason = text === "" ? {} : { reason: text };
      this.#chat.moderation.kick(this.#member, { room, name, ...reason }, (outcome) => this.#explain(outcome, room));
      return name !== "";
    },
    mute: (rest, room) => {
      const { name, text } = this.#nameAnd(rest);
      const request = { room, name, ...this.#limits(text) };
      this.#chat.moderation.mute(this.#member, request, (outcome) => this.#done(outcome, room, "muted", name));
      return name !== "";
    },
    unmute: (rest, room) => {
      const name = unquoted(rest);
      this.#chat.moderation.unmute(this.#member, { room, name }, (outcome) =>
        this.#done(outcome, room, "unmuted", name),
      );
      return name !== "";
    },
    ban: (rest, room) => {
      const { word, rest: after } = splitFirstWord(rest);
      const isPattern = !rest.startsWith('"') && /[*?]/.test(word);
      const isAddress = isAddressRange(word);
      const { name, text } = isPattern || isAddress ? { name: word, text: after } : this.#nameAnd(rest);
      const target = isPattern ? { pattern: name } : isAddress ? { address: name } : { name };
      const request = { room, ...target, ...this.#limits(text) };
      this.#chat.moderation.ban(this.#member, request, (outcome) => this.#done(outcome, room, "bannedNow", name));
      return name !== "";
    },
    unban: (rest, room) => {
      const wanted = unquoted(rest);
      this.#chat.moderation.bans(this.#member, room, (outcome) => {
        if (!outcome.ok) return this.#tell(explainTalk(this.#texts, outcome.code, room));
        const isWanted = ({ id, name, pattern, address }: RuleInfo) => [id, name, pattern, address].includes(wanted);
        const id = outcome.bans.find(isWanted)?.id ?? wanted;
        this.#chat.moderation.unban(this.#member, { room, id }, (lifted) =>
          this.#done(lifted, room, "unbanned", wanted),
        );
      });
      return wanted !== "";
    },
    bans: (_, room) => {
      this.#chat.moderation.bans(this.#member, room, (outcome) => {
        if (!outcome.ok) return this.#tell(explainTalk(this.#texts, outcome.code, room));
        const { ban, mute } = this.#texts.ruleKinds;
        const lines = [
          ...outcome.bans.map((rule) => this.#rule(ban, rule)),
          ...outcome.mutes.map((rule) => this.#rule(mute, rule)),
        ];
        this.#list(lines);
      });
      return true;
    },
    slow: (rest, room) => {
      const slowSeconds = rest === "off" ? 0 : Number(rest);
      if (rest === "" || !Number.isInteger(slowSeconds) || slowSeconds < 0 || slowSeconds > 3_600) return false;
      return this.#set(room, { slowSeconds });
    },
    set: (rest, room) => {
      const { word, rest: value } = splitFirstWord(rest);
      const setting = settingWords[word];
      if (!setting || (value !== "on" && value !== "off")) return false;
      return this.#set(room, { [setting]: value === "on" });
    },
    invite: (rest, room) => {
      const name = unquoted(rest);
      this.#chat.roomKeeping.invite(this.#member, { room, name }, (outcome) =>
        this.#done(outcome, room, "invitedNow", name),
      );
      return name !== "";
    },
    role: (rest, room) => {
      const [, name = "", role] = /^(.{1,256}) (owner|moderator|none)$/.exec(rest) ?? [];
      if (role !== "owner" && role !== "moderator" && role !== "none") return false;
      const request = { room, name: unquoted(name.trim()), role } as const;
      this.#chat.roomKeeping.role(this.#member, request, (outcome) => this.#explain(outcome, room));
      return true;
    },
    // Its name once more, because nothing brings it back.
    remove: (rest, room) => {
      if (rest !== room) return false;
      this.#chat.roomKeeping.remove(this.#member, room, (outcome) => this.#explain(outcome, room));
      return true;
    },
    report: (rest, room) => {
      const { name, text } = this.#nameAnd(rest);
      this.#history.withLast(
        room,
        ({ from }) => this.#chat.directory.isSamePerson(from, name),
        ({ msgid }) => {
          const request = { room, msgid, ...(text === "" ? {} : { reason: text }) };
          this.#chat.reports.report(this.#member, request, (outcome) => {
            if (outcome.ok) return this.#tell(this.#texts.reportedNow);
            const { code } = outcome;
            if (code === "not-read") return this.#tell(this.#texts.notRead);
            if (code === "too-many-reports") return this.#tell(this.#texts.rightsProblem(code));
            this.#tell(explainTalk(this.#texts, code, room));
          });
        },
        this.#texts.nothingFrom(inLine(name)),
      );
      return name !== "";
    },
    reports: (_, room) => {
      this.#chat.reports.list(this.#member, room, (outcome) => this.#showReports(outcome, room));
      return true;
    },
    settle: (rest, room) => {
      this.#chat.reports.settle(this.#member, rest, (outcome) => this.#done(outcome, room, "settled", rest));
      return rest !== "";
    },
    block: (rest) => {
      this.#chat.blocks.block(this.#member, unquoted(rest), (outcome) => this.#blocked(outcome, true));
      return rest !== "";
    },
    unblock: (rest) => {
      this.#chat.blocks.unblock(this.#member, unquoted(rest), (outcome) => this.#blocked(outcome, false));
      return rest !== "";
    },
    blocked: () => {
      this.#chat.blocks.list(this.#member, (names) => this.#list(names.map(inLine)));
      return true;
    },
    invitation: (rest, room) => {
      const numbers = rest === "" ? [] : rest.split(/\s+/).map(Number);
      const [uses, days] = numbers;
      const { invitationUsesMax, invitationDaysMax } = wireLimits;
      if (numbers.length > 2 || !isCount(uses, invitationUsesMax) || !isCount(days, invitationDaysMax)) return false;
      this.#chat.inviting.make(this.#member, { uses, days }, (outcome) => {
        if (!outcome.ok) return this.#tell(explainRule(this.#texts, outcome, room));
        const { id, invitation, uses: count, until } = outcome;
        this.#tell(this.#texts.invitationMade(id, invitation, count, minuteOf(until)));
      });
      return true;
    },
    invitations: (_, room) => {
      this.#chat.inviting.list(this.#member, (outcome) => {
        if (!outcome.ok) return this.#tell(explainTalk(this.#texts, outcome.code, room));
        const shown = outcome.invitations.map(({ id, by, uses, until }) =>
          this.#texts.invitation(id, inLine(by), uses, minuteOf(until)),
        );
        this.#list(shown);
      });
      return true;
    },
    revoke: (id, room) => {
      this.#chat.inviting.drop(this.#member, id, (outcome) => this.#done(outcome, room, "revoked", id));
      return id !== "";
    },
    audit: (_, room) => {
      this.#chat.audit.read(this.#member, { room }, (outcome) => this.#showAudit(outcome, room));
      return true;
    },
  };

  constructor({ member, chat, voice, history }: Parts) {
    this.#member = member;
    this.#chat = chat;
    this.#voice = voice;
    this.#history = history;
  }

  /** @returns false when it is no such command, or its argument cannot be understood */
  take(word: CommandWord, rest: string, room: string): boolean {
    return this.#commands[word]?.(rest, room) ?? false;
  }

  get #texts(): Voice["wording"]["texts"] {
    return this.#voice.wording.texts;
  }

  #set(room: string, settings: RoomSettings): boolean {
    this.#chat.roomKeeping.settings(this.#member, { room, ...settings }, (outcome) => {
      if (!outcome.ok) this.#tell(explainRule(this.#texts, outcome, room));
    });
    return true;
  }

  #nameAnd(rest: string): { name: string; text: string } {
    return splitRecipient(rest, (typed) => this.#chat.directory.nameOf(typed) !== undefined);
  }

  /** Until when, and why: `2h too loud`. */
  #limits(text: string): { until?: string; reason?: string } {
    const { durationMs, reason } = splitDuration(text);
    return {
      ...(durationMs === undefined ? {} : { until: this.#chat.timeIn(durationMs) }),
      ...(reason === undefined ? {} : { reason }),
    };
  }

  #done(
    outcome: RuleOutcome | BanOutcome,
    room: string,
    what: "muted" | "unmuted" | "bannedNow" | "unbanned" | "invitedNow" | "settled" | "revoked",
    name: string,
  ): void {
    this.#tell(outcome.ok ? this.#texts[what](inLine(name)) : explainRule(this.#texts, outcome, room));
  }

  /** Everyone in the room hears what was done; only a refusal must be told. */
  #explain(outcome: RuleOutcome, room: string): void {
    if (!outcome.ok) this.#tell(explainRule(this.#texts, outcome, room));
  }

  #blocked(outcome: BlockOutcome, on: boolean): void {
    if (!outcome.ok) return this.#tell(explainRule(this.#texts, outcome, ""));
    const name = inLine(outcome.name);
    this.#tell(on ? this.#texts.blockedNow(name) : this.#texts.unblocked(name));
  }

  #rule(kind: string, { id, name, pattern, address, until, reason = "", by, time }: RuleInfo): string {
    const whom = name === undefined ? (pattern ?? address ?? "") : inLine(name);
    return this.#texts.rule({ id, kind, whom, until: minuteOf(until), reason, by: inLine(by), time: minuteOf(time) });
  }

  #showReports(outcome: ReportsOutcome, room: string): void {
    if (!outcome.ok) {
      const { texts } = this.#voice.wording;
      return this.#tell(outcome.code === "not-read" ? texts.notRead : explainTalk(texts, outcome.code, room));
    }
    this.#list(
      outcome.reports.map(({ id, by, from = "", text = "", reason = "", time }) =>
        this.#texts.report({
          id,
          by: inLine(by),
          from: inLine(from),
          text: text.replace(/\s+/g, " "),
          reason,
          time: minuteOf(time),
        }),
      ),
    );
  }

  #showAudit(outcome: AuditOutcome, room: string): void {
    if (!outcome.ok) return this.#tell(explainTalk(this.#texts, outcome.code, room));
    const acts = outcome.acts.map(({ time, by, verb, name, what, reason }) => {
      const rest = [name === undefined ? undefined : inLine(name), what, reason].filter((part) => part !== undefined);
      return `${minuteOf(time)} ${inLine(by)}: ${[verb, ...rest].join(", ")}`;
    });
    this.#list(acts.reverse());
  }

  #list(lines: readonly string[]): void {
    this.#voice.sendLines((lines.length > 0 ? lines : [this.#texts.none]).map(serverLine));
  }

  #tell(text: string): void {
    this.#voice.sendLines([serverLine(text)]);
  }
}

/** Whether somebody typed no number, or a whole one from 1 on. */
function isCount(typed: number | undefined, max: number): boolean {
  return typed === undefined || (Number.isInteger(typed) && typed >= 1 && typed <= max);
}
