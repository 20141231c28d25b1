/**
 * Which rooms a person is in, who else is there, and how far each was read, collected from the events: for a page that
 * returns after more events than are kept. It sends nothing.
 */
import type { KeptEvent } from "../protocol/bridge-events.ts";
import type { MemberInfo } from "../protocol/events.ts";
import type { RoomSettings } from "../protocol/moderation-events.ts";
import { lobby } from "../protocol/names.ts";
import type { RoomSnapshot } from "../protocol/room-snapshot.ts";

/** Rooms kept. Beyond that, those joined first are forgotten first. A Salotto server allows fewer per person. */
export const roomsKeptMax = 200;
/** Names kept of one room; further newcomers are not listed. A server admits fewer. */
export const membersKeptMax = 5_000;
/** Names kept of all rooms together; further newcomers are not listed either. */
export const membersOfAllKeptMax = 20_000;

interface TrackedRoom {
  /** What each of them is there, if anything. */
  members: Map<string, string | undefined>;
  topic: string | undefined;
  seq: number;
  read: number | undefined;
  settings: RoomSettings | undefined;
  own: OwnRights | undefined;
}

/** What the person is in a room, and what they may do there. */
type OwnRights = Pick<RoomSnapshot, "role" | "may" | "mutedUntil">;
type ToldRights = { [K in keyof OwnRights]: OwnRights[K] | undefined };

export class Rooms {
  readonly #rooms = new Map<string, TrackedRoom>();
  /** Members who are away. */
  readonly #away = new Set<string>();
  /** Members who have proved that their name is theirs. */
  readonly #registered = new Set<string>();

  /** In the form that pages receive. */
  get snapshot(): RoomSnapshot[] {
    return [...this.#rooms].map(([room, { members, topic, seq, read, settings, own }]) => ({
      room,
      members: [...members].map(([name, role]) => this.#memberInfo(name, role)),
      ...(topic === undefined ? {} : { topic }),
      seq,
      ...(read === undefined ? {} : { read }),
      ...(settings === undefined ? {} : { settings }),
      ...own,
    }));
  }

  /** @param ownName the person's name: when they leave a room, it ends for them */
  take(event: KeptEvent, ownName: string | undefined): void {
    switch (event.type) {
      case "joined":
        this.#markAway(event.members);
        this.#markRegistered(event.members);
        this.#joined(event.room, {
          members: new Map(event.members.slice(0, this.#placesIn(event.room)).map(({ name, role }) => [name, role])),
          topic: event.topic,
          seq: event.seq,
          read: event.read,
          settings: event.settings,
          own: event.may && ownRights(event),
        });
        return;
      case "message":
      case "edit":
      case "delete":
      case "react":
        this.#update(event.room, { seq: event.seq });
        return;
      case "read":
        this.#update(event.room, { read: event.seq });
        return;
      case "member-joined": {
        const members = this.#rooms.get(event.room)?.members;
        if (members && members.size < this.#placesIn(event.room)) members.set(event.name, event.role);
        this.#markRegistered([event]);
        return;
      }
      case "member-left":
        this.#left(event.room, event.name, ownName);
        return;
      case "member-renamed":
        for (const { members } of this.#rooms.values()) rename(members, event.from, event.to);
        if (this.#away.delete(event.from)) this.#away.add(event.to);
        this.#registered.delete(event.from);
        this.#markRegistered([{ name: event.to, ...event }]);
        return;
      case "member-registered":
        this.#markRegistered([{ name: event.name, registered: true }]);
        return;
      case "member-away":
        this.#markAway([event]);
        return;
      case "room-settings":
        this.#update(event.room, { settings: event.settings });
        return;
      case "role": {
        const members = this.#rooms.get(event.room)?.members;
        if (members?.has(event.name)) members.set(event.name, event.role === "none" ? undefined : event.role);
        return;
      }
      case "may":
        this.#update(event.room, { own: ownRights(event) });
        return;
      case "room-removed":
        this.#rooms.delete(event.room);
        return;
      case "topic":
        this.#update(event.room, { topic: event.topic });
        return;
      default:
    }
  }

  /** The person is no longer in the chat. */
  clear(): void {
    this.#rooms.clear();
    this.#away.clear();
    this.#registered.clear();
  }

  /** How many names may be kept of a room. */
  #placesIn(name: string): number {
    const others = [...this.#rooms].filter(([other]) => other !== name);
    const kept = others.reduce((sum, [, { members }]) => sum + members.size, 0);
    return Math.min(membersKeptMax, Math.max(0, membersOfAllKeptMax - kept));
  }

  #update(name: string, change: Partial<TrackedRoom>): void {
    const room = this.#rooms.get(name);
    if (room) Object.assign(room, change);
  }

  #memberInfo(name: string, role: string | undefined): MemberInfo {
    return {
      name,
      ...(this.#away.has(name) ? { away: true } : {}),
      ...(this.#registered.has(name) ? { registered: true } : {}),
      ...(role === undefined ? {} : { role }),
    };
  }

  #markAway(members: readonly MemberInfo[]): void {
    for (const { name, away = false } of members) {
      if (away && this.#away.size < membersKeptMax) this.#away.add(name);
      else this.#away.delete(name);
    }
  }

  #markRegistered(members: readonly Pick<MemberInfo, "name" | "registered">[]): void {
    for (const { name, registered = false } of members) {
      if (registered && this.#registered.size < membersKeptMax) this.#registered.add(name);
      else this.#registered.delete(name);
    }
  }

  #joined(name: string, room: TrackedRoom): void {
    this.#rooms.set(name, room);
    const oldest = [...this.#rooms.keys()].find((other) => other !== lobby);
    if (this.#rooms.size > roomsKeptMax && oldest !== undefined) this.#rooms.delete(oldest);
  }

  /** Leaving the lobby means leaving the chat, and is told once for all rooms. */
  #left(name: string, who: string, ownName: string | undefined): void {
    if (name === lobby) {
      this.#away.delete(who);
      this.#registered.delete(who);
      for (const { members } of this.#rooms.values()) members.delete(who);
    } else if (who === ownName) this.#rooms.delete(name);
    else this.#rooms.get(name)?.members.delete(who);
  }
}

function ownRights({ role, may, mutedUntil }: ToldRights): OwnRights {
  return {
    ...(role === undefined ? {} : { role }),
    ...(may === undefined ? {} : { may }),
    ...(mutedUntil === undefined ? {} : { mutedUntil }),
  };
}

function rename(members: Map<string, string | undefined>, from: string, to: string): void {
  if (!members.has(from)) return;
  const role = members.get(from);
  members.delete(from);
  members.set(to, role);
}
