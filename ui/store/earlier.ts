/** What there is before the first message of a room, as far as the page can know. */
import { entriesMax, type RoomState } from "./state.ts";

export type Earlier =
  /** Nothing: the first message is the first that was ever said. */
  | { kind: "none" }
  /** Messages before this `seq`. */
  | { kind: "more"; before: number }
  /** Messages that cannot be shown: the page has no place for them, or a server that is no more had them. */
  | { kind: "beyond" };

export function earlierOf({ entries, life, complete }: RoomState): Earlier {
  const first = entries.find((entry) => entry.kind === "message");
  if (complete || first === undefined || first.message.seq <= 1) return { kind: "none" };
  if (first.life !== life || entries.length >= entriesMax) return { kind: "beyond" };
  return { kind: "more", before: first.message.seq };
}
