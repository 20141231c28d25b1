/** Who and what there is: people in a room, people who were here before, and rooms, as far as somebody may know. */
import type { Absentee, MemberInfo, RoomInfo } from "../../protocol/events.ts";
import { wireLimits } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import type { ChatState } from "./chat-state.ts";
import type { WhoOutcome } from "./outcomes.ts";
import { prices } from "./prices.ts";
import type { Member } from "./room.ts";
import { Room } from "./room.ts";
import type { Standings } from "./standings.ts";

export class Directory {
  readonly #state: ChatState;

  constructor(state: ChatState) {
    this.#state = state;
  }

  /** Tells who is in a room. */
  who(member: Member, roomName: string, answer: (outcome: WhoOutcome) => void): void {
    const room = this.#state.roomFor(member, "who", roomName);
    member.recipient.pay(prices.who + (room instanceof Room ? room.members.length : 0) * prices.listed);
    const outcome: WhoOutcome =
      room instanceof Room
        ? { ok: true, room: room.name, members: membersOf(room, this.#state.standings) }
        : { ok: false, code: room };
    this.#state.inTurn(() => answer(outcome));
  }

  /** Tells who was here before and is gone. */
  absentees({ recipient }: Member, answer: (people: readonly Absentee[]) => void): void {
    const limit = wireLimits.absenteesMax;
    recipient.pay(prices.people + (limit + this.#state.count) * prices.listed);
    const absent = this.#state.people.absent(limit);
    this.#state.inTurn(() => answer(absent));
  }

  /** Every room, the lobby first. */
  rooms(member: Member, answer: (rooms: readonly RoomInfo[]) => void): void {
    const { rooms, lobby, standings } = this.#state;
    member.recipient.pay(prices.rooms + rooms.size * prices.listed);
    const isInside = (room: Room) => member.rooms.has(room) || standings.isModerator(member, room);
    this.#state.inTurn(() => {
      const others = [...rooms].filter((room) => room !== lobby);
      const seen = others.filter((room) => !room.rules.settings.hidden || isInside(room));
      const sorted = seen.sort((a, b) => a.name.localeCompare(b.name));
      answer(
        [lobby, ...sorted].map((room) => {
          const { name, topic, members, rules } = room;
          const told = { room: name, topic, count: members.length };
          if (!rules.settings.invitedOnly) return told;
          return { ...told, topic: isInside(room) ? topic : "", invitedOnly: true };
        }),
      );
    });
  }

  /** A room's topic; empty for none. */
  topicOf(roomName: string): string {
    return this.#state.rooms.get(roomName)?.topic ?? "";
  }

  /** The current name of the person that a name leads to; undefined when it leads to nobody. */
  nameOf(name: string): string | undefined {
    return this.#state.people.byName(name)?.name;
  }

  /** Whether two names lead to the same person. */
  isSamePerson(one: string, other: string): boolean {
    const person = this.#state.people.byName(one);
    return person ? person === this.#state.people.byName(other) : nameKey(one) === nameKey(other);
  }
}

/** Everybody in a room, with what they are there. */
export function membersOf(room: Room, standings: Standings): readonly MemberInfo[] {
  return room.members.map((member) => {
    const role = standings.roleIn(member, room);
    const { name, away, isRegistered } = member;
    return {
      name,
      ...(away ? { away } : {}),
      ...(isRegistered ? { registered: true } : {}),
      ...(role === "none" ? {} : { role }),
    };
  });
}
