/** Gives what the log has kept about rights to those who act on it. What belongs to a room that is gone is forgotten. */
import type { Audit } from "./audit.ts";
import type { Blocks } from "./blocks.ts";
import type { ChatState } from "./chat-state.ts";
import type { KeptRecord, RecordKind } from "./ports.ts";
import type { Reports } from "./reports.ts";
import type { Room } from "./room.ts";
import { Rule } from "./rule.ts";

const inRoom: { [K in RecordKind]?: (room: Room, id: string, value: unknown) => void } = {
  settings: ({ rules }, _, value) => {
    rules.settings = value as Room["rules"]["settings"];
  },
  role: ({ rules }, id, value) => rules.roles.set(id, value as "owner" | "moderator"),
  invitation: ({ rules }, id) => rules.invited.add(id),
  ban: ({ rules }, id, value) => rules.bans.set(id, new Rule(value as Rule["kept"])),
  mute: ({ rules }, id, value) => rules.mutes.set(id, new Rule(value as Rule["kept"])),
};

export function loadRecords(
  state: ChatState,
  records: readonly KeptRecord[],
  { audit, reports, blocks }: { audit: Audit; reports: Reports; blocks: Blocks },
): void {
  const [known, orphans] = [true, false].map((isKnown) =>
    records.filter(
      ({ kind, scope }) => (kind === "block" || scope === "" || state.rooms.get(scope) !== undefined) === isKnown,
    ),
  );
  for (const { kind, scope, id } of orphans ?? []) state.keep(kind, scope, id);
  for (const { kind, scope, id, value } of known ?? []) {
    const room = state.rooms.get(scope);
    if (room) inRoom[kind]?.(room, id, JSON.parse(value));
  }
  const of = (kind: RecordKind) => (known ?? []).filter((record) => record.kind === kind);
  audit.load(of("act"));
  reports.load(of("report"));
  blocks.load(of("block"));
}
