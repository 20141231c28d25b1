/**
 * How one room is run: its settings, who has a role there, who is invited, banned or muted, and who has just spoken. It
 * keeps nothing and tells nobody; moderation.ts does.
 *
 * Roles and invitations of the room's log act only for whoever has proved their account. Of everybody else, the server
 * knows only the connection, so theirs hang on it (`Member.grants`).
 */
import type { RoomSettings } from "../../protocol/moderation-events.ts";
import type { RecordKind } from "./ports.ts";
import type { Role } from "./rights.ts";
import { Rule, type Subject } from "./rule.ts";

export type KeptRole = Exclude<Role, "none" | "admin">;

/** What somebody may do in a room on this connection. */
export interface Grant {
  role?: KeptRole;
  isInvited?: boolean;
}

/** People whose last message in a slow room is remembered; beyond that, the longest silent one may speak again. */
const SPEAKERS_MAX = 10_000;

export class RoomRules {
  settings: RoomSettings = {};
  /** By the person's id, as are invitations. */
  readonly roles = new Map<string, KeptRole>();
  readonly invited = new Set<string>();
  /** By their own ids. */
  readonly bans = new Map<string, Rule>();
  readonly mutes = new Map<string, Rule>();
  /** The last message of each person in slow mode, by the person's id, the latest one last. */
  readonly #spoken = new Map<string, { id: string; atMs: number }>();

  /** Roles, invitations, bans and mutes. */
  get count(): number {
    return this.roles.size + this.invited.size + this.bans.size + this.mutes.size;
  }

  /** What the log keeps of it: kinds and ids. */
  get records(): readonly [kind: RecordKind, id: string][] {
    const ids = { role: this.roles.keys(), invitation: this.invited, ban: this.bans.keys(), mute: this.mutes.keys() };
    const kinds = Object.entries(ids) as [RecordKind, Iterable<string>][];
    const settings: [RecordKind, string][] = Object.keys(this.settings).length > 0 ? [["settings", ""]] : [];
    return [...settings, ...kinds.flatMap(([kind, all]) => [...all].map((id): [RecordKind, string] => [kind, id]))];
  }

  /** Whoever takes over a person's name takes over what they are kept from. @returns the rules of which that is true */
  handOn(from: string, to: string): readonly [kind: "ban" | "mute", rule: Rule][] {
    const all = [
      ...[...this.bans.values()].map((rule) => ["ban", rule] as const),
      ...[...this.mutes.values()].map((rule) => ["mute", rule] as const),
    ].filter(([, { kept }]) => kept.person === from);
    return all.map(([kind, { kept }]) => {
      const rule = new Rule({ ...kept, person: to });
      (kind === "ban" ? this.bans : this.mutes).set(kept.id, rule);
      return [kind, rule];
    });
  }

  /** The rule that keeps somebody out. @param time ISO 8601, UTC */
  banOf(subject: Subject, time: string): Rule | undefined {
    return firstOf(this.bans, subject, time);
  }

  muteOf(subject: Subject, time: string): Rule | undefined {
    return firstOf(this.mutes, subject, time);
  }

  /**
   * Milliseconds until somebody may say something in a slow room.
   * @param ids the people that they are and were on their connection
   * @param id the sender's own for the message: one that was sent before is let through and counts once
   */
  waitMs(ids: ReadonlySet<string>, id: string, nowMs: number): number {
    const { slowSeconds = 0 } = this.settings;
    if (slowSeconds === 0) return 0;
    const waits = [...ids].map((person) => {
      const last = this.#spoken.get(person);
      return last === undefined || last.id === id ? 0 : last.atMs + slowSeconds * 1_000 - nowMs;
    });
    // A clock that was set back makes nobody wait longer than the room is slow.
    return Math.min(slowSeconds * 1_000, Math.max(0, ...waits));
  }

  spoke(person: string, id: string, nowMs: number): void {
    const { slowSeconds = 0 } = this.settings;
    this.#spoken.delete(person);
    if (slowSeconds > 0) this.#spoken.set(person, { id, atMs: nowMs });
    for (const [oldest, { atMs }] of this.#spoken) {
      if (this.#spoken.size <= SPEAKERS_MAX && atMs + slowSeconds * 1_000 > nowMs) break;
      this.#spoken.delete(oldest);
    }
  }

  /** It was not stored after all. */
  unspoke(person: string, id: string): void {
    if (this.#spoken.get(person)?.id === id) this.#spoken.delete(person);
  }
}

function firstOf(rules: ReadonlyMap<string, Rule>, subject: Subject, time: string): Rule | undefined {
  for (const rule of rules.values()) if (!rule.isOver(time) && rule.concerns(subject)) return rule;
  return undefined;
}
