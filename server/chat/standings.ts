/** How members stand to places: the facts from which rights.ts decides. */
import { nameKey } from "../../protocol/names.ts";
import { readName } from "./name-pattern.ts";
import type { Person } from "./people.ts";
import { denial, isHigher, type Role, type Standing, type Verb } from "./rights.ts";
import type { Member, Room } from "./room.ts";
import type { Rule, Subject } from "./rule.ts";

/** What `may` tells about a room. Anybody who is in it may do the rest. */
const roomVerbs: readonly Verb[] = [
  "post",
  "topic",
  "delete",
  "kick",
  "ban",
  "unban",
  "bans",
  "mute",
  "unmute",
  "invite",
  "reports",
  "settle-report",
  "room-settings",
  "role",
  "remove-room",
];

export class Standings {
  readonly #admins: ReadonlySet<string>;
  readonly #time: () => string;
  /** Whom people block: by their ids, the names under which they blocked them. */
  readonly blocks = new Map<string, Map<string, string>>();
  readonly #subjects = new WeakMap<Member, Subject>();

  /** @param admins the names of accounts */
  constructor({ admins, now }: { admins: readonly string[]; now: () => Date }) {
    this.#admins = new Set(admins.map(nameKey));
    this.#time = () => now().toISOString();
  }

  isAdmin(member: Member): boolean {
    return member.isRegistered && this.#isNamed(member.person);
  }

  roleIn(member: Member, room: Room): Role {
    return this.isAdmin(member) ? "admin" : this.givenRole(member, room);
  }

  /** The role that somebody was given in a room. What the log keeps counts only for whoever has proved who they are. */
  givenRole({ isRegistered, person, grants }: Member, room: Room): "owner" | "moderator" | "none" {
    const kept = isRegistered ? room.rules.roles.get(person.id) : undefined;
    const granted = grants.get(room)?.role;
    return (kept === "owner" ? kept : (granted ?? kept)) ?? "none";
  }

  /** The role of somebody on whom another wants to act. @param holder their connection, if they are here */
  roleOf(person: Person, holder: Member | undefined, room: Room): Role {
    return holder ? this.roleIn(holder, room) : this.keptRole(person, room);
  }

  /** The role of somebody who has proved who they are, or could. */
  keptRole(person: Person, room: Room): Role {
    return this.#isNamed(person) ? "admin" : (room.rules.roles.get(person.id) ?? "none");
  }

  subjectOf(member: Member): Subject {
    const names = [...member.persons].flatMap(({ names }) => [...names.values()].map(({ spelled }) => spelled));
    const { recipient, isRegistered: isAuthenticated, ids } = member;
    const known = this.#subjects.get(member);
    const isNamed = names.length === known?.names.length && names.every((name, at) => name === known.names[at]?.name);
    if (
      known?.isAuthenticated === isAuthenticated &&
      isNamed &&
      ids.size === known.ids.size &&
      [...ids].every((id) => known.ids.has(id))
    )
      return known;
    const { address, source } = recipient;
    const subject = { ids, names: names.map(readName), isAuthenticated, address, source, connection: member };
    this.#subjects.set(member, subject);
    return subject;
  }

  banOf(member: Member, room: Room): Rule | undefined {
    return room.rules.bans.size === 0 ? undefined : room.rules.banOf(this.subjectOf(member), this.#time());
  }

  muteOf(member: Member, room: Room): Rule | undefined {
    return room.rules.mutes.size === 0 ? undefined : room.rules.muteOf(this.subjectOf(member), this.#time());
  }

  of(member: Member, { room, person }: { room?: Room; person?: Person }): Standing {
    if (room) return this.inRoom(member, room);
    const isBlocked = person !== undefined && this.#blocks(person.id, member.ids);
    const isBlocking = person !== undefined && [...member.ids].some((id) => this.#blocks(id, new Set([person.id])));
    return { isHere: true, isInPlace: true, isBlocked, isBlocking };
  }

  inRoom(member: Member, room: Room): Standing {
    const { rules } = room;
    const { invitedOnly = false, membersHistory = false, topicLocked = false } = rules.settings;
    const isInPlace = member.rooms.has(room);
    return {
      isHere: true,
      isInPlace,
      role: this.roleIn(member, room),
      isBanned: !isInPlace && this.banOf(member, room) !== undefined,
      isUninvited: !isInPlace && invitedOnly && !this.#isInvited(member, room),
      hasMembersHistory: membersHistory || invitedOnly,
      isMuted: this.muteOf(member, room) !== undefined,
      isTopicLocked: topicLocked,
    };
  }

  /** What a member is told of themselves in a room: what they may do, of what not everybody may. */
  told(member: Member, room: Room): { role?: Role; may: readonly Verb[]; mutedUntil?: string } {
    const role = this.roleIn(member, room);
    const standing = { ...this.inRoom(member, room), isAuthor: false };
    const until = standing.isMuted ? this.muteOf(member, room)?.kept.until : undefined;
    return {
      ...(role === "none" ? {} : { role }),
      may: roomVerbs.filter((verb) => denial(verb, standing) === undefined),
      ...(until === undefined ? {} : { mutedUntil: until }),
    };
  }

  /** Whether somebody may moderate a room. */
  isModerator(member: Member, room: Room): boolean {
    return isHigher(this.roleIn(member, room), "none");
  }

  #blocks(person: string, others: ReadonlySet<string>): boolean {
    const blocked = this.blocks.get(person);
    return blocked !== undefined && [...others].some((other) => blocked.has(other));
  }

  #isInvited({ isRegistered, person, grants }: Member, room: Room): boolean {
    return grants.get(room)?.isInvited === true || (isRegistered && room.rules.invited.has(person.id));
  }

  /** Only the name that was registered counts, not one that they took later. */
  #isNamed({ account }: Person): boolean {
    return account !== undefined && this.#admins.has(nameKey(account.name));
  }
}
