/** Messages that somebody reported, for the moderators of their room; private ones for the administrators. */

import { wireLimits } from "../../protocol/limits.ts";
import type { ReportInfo } from "../../protocol/moderation-events.ts";
import type { Audit } from "./audit.ts";
import type { ChatState } from "./chat-state.ts";
import type { ReportOutcome, ReportsOutcome, RuleOutcome } from "./outcomes.ts";
import type { FoundInLog, KeptRecord } from "./ports.ts";
import { prices } from "./prices.ts";
import { denial } from "./rights.ts";
import type { Member, Room } from "./room.ts";
import { shortText } from "./rule.ts";

/** A report as it is kept. The message stays where it is, so that nothing is left of one that is deleted. */
interface Report {
  id: string;
  msgid: string;
  by: string;
  reason?: string | undefined;
  /** It was said to the one who reports it. */
  private?: boolean;
  time: string;
}

export class Reports {
  readonly #state: ChatState;
  readonly #audit: Audit;
  /** By room, each with the oldest first; private ones with those of the lobby. */
  readonly #reports = new Map<string, Map<string, Report>>();

  constructor(state: ChatState, audit: Audit) {
    this.#state = state;
    this.#audit = audit;
  }

  load(records: readonly KeptRecord[]): void {
    const reports = records.map(({ scope, value }) => ({ scope, report: JSON.parse(value) as Report }));
    for (const { scope, report } of reports.toSorted((a, b) => a.report.time.localeCompare(b.report.time))) {
      this.#of(scope).set(report.id, report);
    }
  }

  report(
    member: Member,
    { room: target, msgid, reason: typed }: { room: string; msgid: string; reason?: string | undefined },
    answer: (outcome: ReportOutcome) => void,
  ): void {
    const state = this.#state;
    const { recipient } = member;
    const reason = shortText(typed);
    recipient.pay(prices.report + state.count * prices.listed);
    const place = state.placeFor(member, "report", target);
    if (typeof place === "string") return state.inTurn(() => answer({ ok: false, code: place }));
    const { room = state.lobby, conversation } = place;
    const release = recipient.hold();
    const finish = (outcome: ReportOutcome) => {
      state.inTurn(() => answer(outcome));
      release();
    };
    state.turn.read(
      prices.look,
      (log) => log.find(msgid),
      (read) => {
        if (!read) return finish({ ok: false, code: "not-read" });
        const message = read.value;
        if (message?.conversation !== conversation || message.deleted) {
          return finish({ ok: false, code: "no-such-message" });
        }
        const reports = this.#of(room.name);
        const known = [...reports.values()].find((each) => each.msgid === msgid && each.by === member.name);
        if (known) return finish({ ok: true, id: known.id });
        const { reportsOfRoomMax, reportsMax } = state.options.limits;
        const all = [...this.#reports.values()].reduce((sum, { size }) => sum + size, 0);
        const isFull = reports.size >= reportsOfRoomMax || all >= reportsMax;
        if (isFull || !state.newReports.take(recipient.source, member)) {
          return finish({ ok: false, code: "too-many-reports" });
        }
        const id = crypto.randomUUID();
        const report: Report = {
          ...{ id, msgid, by: member.name, time: state.time() },
          ...(reason ? { reason } : {}),
          ...(place.person ? { private: true } : {}),
        };
        reports.set(id, report);
        state.keep("report", room.name, id, report, ({ ok }) => {
          answer(ok ? { ok: true, id } : { ok: false, code: "not-stored" });
          this.#tell(room, report);
        });
        release();
      },
    );
  }

  /** Tells what was reported in a room, newest first, with the messages as they are now. */
  list(member: Member, name: string, answer: (outcome: ReportsOutcome) => void): void {
    const state = this.#state;
    const room = state.roomFor(member, "reports", name);
    member.recipient.pay(prices.rooms);
    if (typeof room === "string") return state.inTurn(() => answer({ ok: false, code: room }));
    const reports = [...this.#of(room.name).values()].reverse().slice(0, wireLimits.rulesToldMax);
    const units = prices.look * (1 + reports.length);
    member.recipient.pay(units);
    state.turn.read(
      units,
      (log) => Promise.all(reports.map(({ msgid }) => log.find(msgid))),
      (read) => {
        if (!read) return answer({ ok: false, code: "not-read" });
        answer({ ok: true, reports: reports.map((report, index) => told(report, room.name, read.value[index])) });
      },
    );
  }

  /** A report needs no more attention. */
  settle(member: Member, id: string, answer: (outcome: RuleOutcome) => void): void {
    const state = this.#state;
    member.recipient.pay(prices.rule);
    const [name, reports] = [...this.#reports].find(([, each]) => each.has(id)) ?? [];
    const room = name === undefined ? undefined : state.rooms.get(name);
    const standing = room ? state.standings.inRoom(member, room) : { isHere: true };
    // Whoever may settle nothing is not told which reports exist.
    const denied = denial("settle-report", standing);
    if (denied) return state.inTurn(() => answer({ ok: false, code: denied }));
    const report = reports?.get(id);
    if (!room || !report) return state.inTurn(() => answer({ ok: false, code: "no-such-rule" }));
    reports?.delete(id);
    this.#audit.record(member, { verb: "settle-report", room, what: `by ${report.by}`, reason: report.reason });
    state.keep("report", room.name, id, undefined, ({ ok }) =>
      answer(ok ? { ok: true } : { ok: false, code: "not-stored" }),
    );
  }

  forget(scope: string): void {
    for (const id of this.#reports.get(scope)?.keys() ?? []) this.#state.keep("report", scope, id);
    this.#reports.delete(scope);
  }

  #tell(room: Room, { id, ...report }: Report): void {
    const event = { type: "reported" as const, room: room.name, id, ...report };
    for (const member of this.#state.lobby.members) {
      if (this.#state.standings.isModerator(member, room)) member.recipient.deliver(event);
    }
  }

  #of(scope: string): Map<string, Report> {
    const reports = this.#reports.get(scope) ?? new Map<string, Report>();
    this.#reports.set(scope, reports);
    return reports;
  }
}

function told({ reason, ...report }: Report, room: string, message: FoundInLog | undefined): ReportInfo {
  const about = message && {
    from: message.from,
    text: message.text,
    ...(message.deleted ? { deleted: true } : {}),
  };
  return { ...report, room, ...(reason === undefined ? {} : { reason }), ...about };
}
