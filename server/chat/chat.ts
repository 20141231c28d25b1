/**
 * The chat: people, the room, and what they say to each other. State first, verbs next. Each verb changes the state at
 * once and puts what is to be told, the caller's answer included, into the current turn; `flush` commits the turn's
 * messages and then tells everything in order. Nothing here knows bytes, sockets or time zones.
 *
 * Left out on purpose: more rooms than the lobby.
 */
import type { LeaveReason, Member as MemberView, PastMessage, RoomEvent } from "../../protocol/events.ts";
import { lobby, type NameProblem, nameKey, parseName, privateRoom } from "../../protocol/names.ts";
import { cleanText, type TextProblem, textProblem } from "../../protocol/text.ts";
import { Member } from "./member.ts";
import type { Audience, ChatObserver, Draft, MessageLog, Position, Range, StoredMessage } from "./ports.ts";
import { Room } from "./room.ts";
import { Turn } from "./turn.ts";

export interface ChatOptions {
  log: MessageLog;
  /** The current time; members are told it with who came and went. */
  now: () => Date;
  /** Called when a turn has something to do: `flush` is then due once, at the end of this turn of the event loop. */
  wake: () => void;
  observer: ChatObserver;
  /** How many messages of the past somebody who joins is shown. */
  recentMessages: number;
}

export type NameOutcome =
  | { ok: true; name: string; count: number }
  | { ok: false; code: "name-invalid"; problem: NameProblem }
  | { ok: false; code: "name-taken"; name: string };

export interface PostRequest {
  /** A room's name, or `@name` for a person. */
  room: string;
  id: string;
  text: string;
  action: boolean;
}

/** A message as its sender sent it, cleaned, and where it was committed. */
export interface Posted extends Position {
  text: string;
  /** The name by which the other person in a private conversation goes; undefined in a room. */
  to?: string;
}

export type PostOutcome =
  | { ok: true; posted: Posted }
  | { ok: false; code: TextProblem | "no-such-room" | "no-such-person" | "too-many-conversations" | "not-stored" };

export type WhoOutcome =
  | { ok: true; room: string; members: readonly MemberView[] }
  | { ok: false; code: "no-such-room" };

export type HistoryOutcome =
  | { ok: true; room: string; messages: readonly PastMessage[]; more: boolean }
  | { ok: false; code: "no-such-room" };

export class Chat {
  readonly #log: MessageLog;
  readonly #now: () => Date;
  readonly #wake: () => void;
  readonly #observer: ChatObserver;
  readonly #recentMessages: number;
  /** Everyone, by the key of their name. Bounded by the number of connections. */
  readonly #people = new Map<string, Member>();
  readonly #lobby: Room;
  #turn: Turn | undefined;

  constructor({ log, now, wake, observer, recentMessages }: ChatOptions) {
    this.#log = log;
    this.#now = now;
    this.#wake = wake;
    this.#observer = observer;
    this.#recentMessages = recentMessages;
    this.#lobby = new Room(lobby, log.lastSeq(lobby));
  }

  /**
   * Lets a person in under a name. The member is returned at once, so that the caller can go on with what the person
   * sends next; undefined when the name cannot be had. `answer` comes in turn, before anything else the member hears.
   */
  login(typed: string, audience: Audience, answer: (outcome: NameOutcome) => void): Member | undefined {
    const free = this.#freeName(typed);
    if (!free.ok) {
      this.inTurn(() => answer(free));
      return undefined;
    }
    const room = this.#lobby;
    const member = new Member(free.name, audience);
    const others = room.members;
    this.#people.set(nameKey(member.name), member);
    room.enter(member);
    const members = view(room);
    const count = members.length;
    const time = this.#time();
    this.#observer.joined(member, count);
    this.inTurn(() => {
      answer({ ok: true, name: free.name, count });
      const recent = this.#log.read(room.name, { limit: this.#recentMessages }).map(pastMessage);
      audience.deliver({ type: "joined", room: room.name, members, seq: room.seq, recent });
      tell(others, { type: "member-joined", room: room.name, name: free.name, count, time });
    });
    return member;
  }

  /** Gives a member another name, unless somebody else has it. */
  rename(member: Member, typed: string, answer: (outcome: NameOutcome) => void): void {
    const free = this.#freeName(typed, member);
    if (!free.ok) {
      this.inTurn(() => answer(free));
      return;
    }
    const room = this.#lobby;
    const from = member.name;
    this.#observer.renamed(member, free.name);
    this.#people.delete(nameKey(from));
    member.name = free.name;
    this.#people.set(nameKey(free.name), member);
    const { members } = room;
    const time = this.#time();
    this.inTurn(() => {
      answer({ ok: true, name: free.name, count: members.length });
      if (from !== free.name) {
        tell(members, { type: "member-renamed", room: room.name, from, to: free.name, time });
      }
    });
  }

  /** Says something to a room or a person. The sender hears the answer only; the others hear it after the commit. */
  post(member: Member, request: PostRequest, answer: (outcome: PostOutcome) => void): void {
    const text = cleanText(request.text);
    const problem = textProblem(text);
    const place = this.#place(member, request.room);
    if (problem || !place) {
      const code = problem ?? (request.room.startsWith("@") ? "no-such-person" : "no-such-room");
      this.inTurn(() => answer({ ok: false, code }));
      return;
    }
    const { id, action } = request;
    const from = member.name;
    const draft: Draft = { conversation: place.conversation, id, from, text, action };
    this.#currentTurn().append(draft, (outcome) => {
      if (!outcome.ok) return answer(outcome);
      const { position, duplicate } = outcome;
      if (!duplicate) {
        if (place.room) place.room.seq = position.seq;
        tell(place.hearers, {
          type: "message",
          room: place.shownAs,
          ...position,
          from,
          text,
          ...(action ? { action } : {}),
        });
      }
      answer({ ok: true, posted: { ...position, text, ...(place.to === undefined ? {} : { to: place.to }) } });
    });
  }

  /** Tells who is in a room. */
  who(roomName: string, answer: (outcome: WhoOutcome) => void): void {
    const room = this.#room(roomName);
    const outcome: WhoOutcome = room
      ? { ok: true, room: room.name, members: view(room) }
      : { ok: false, code: "no-such-room" };
    this.inTurn(() => answer(outcome));
  }

  /** Tells what was said in a room, or in a private conversation of the member's. */
  history(member: Member, target: string, range: Range, answer: (outcome: HistoryOutcome) => void): void {
    const conversation = this.#conversation(member, target);
    this.inTurn(() => {
      if (conversation === undefined) return answer({ ok: false, code: "no-such-room" });
      // One more than was asked for tells whether there is more.
      const found = this.#log.read(conversation, { ...range, limit: range.limit + 1 });
      const more = found.length > range.limit;
      const asked = range.after === undefined ? found.slice(-range.limit) : found.slice(0, range.limit);
      answer({ ok: true, room: target, messages: asked.map(pastMessage), more });
    });
  }

  /** Takes a member out; the others are told why, unless they are all leaving because the server closes. */
  leave(member: Member, reason: LeaveReason): void {
    const room = this.#lobby;
    this.#people.delete(nameKey(member.name));
    room.leave(member);
    const others = room.members;
    const count = others.length;
    const time = this.#time();
    const { name } = member;
    this.#observer.left(member, reason, count);
    if (reason === "closing") return;
    this.inTurn(() => tell(others, { type: "member-left", room: room.name, name, count, time, reason }));
  }

  /** The names of everyone who can be written to. */
  names(): string[] {
    return [...this.#people.values()].map((member) => member.name);
  }

  /** Runs a step after everything that was asked for before it: how a dialect puts its own words in order. */
  inTurn(step: () => void): void {
    this.#currentTurn().add(step);
  }

  /** Commits what was posted since the last flush and tells everything since then, in order. */
  flush(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    turn?.run(this.#log, (error) => this.#observer.failed(error));
  }

  #currentTurn(): Turn {
    if (!this.#turn) {
      this.#turn = new Turn();
      this.#wake();
    }
    return this.#turn;
  }

  #freeName(typed: string, owner?: Member): { ok: true; name: string } | Extract<NameOutcome, { ok: false }> {
    const parsed = parseName(typed);
    if (!parsed.ok) return { ok: false, code: "name-invalid", problem: parsed.problem };
    const holder = this.#people.get(nameKey(parsed.name));
    if (holder && holder !== owner) return { ok: false, code: "name-taken", name: parsed.name };
    return parsed;
  }

  #room(name: string): Room | undefined {
    return name === this.#lobby.name ? this.#lobby : undefined;
  }

  /** Where a post goes: which log, who hears it, and how the place is called for those who hear it. */
  #place(member: Member, target: string) {
    if (!target.startsWith("@")) {
      const room = this.#room(target);
      return room && { conversation: room.name, room, hearers: room.others(member), shownAs: room.name };
    }
    const other = this.#people.get(nameKey(target.slice(1)));
    if (!other) return undefined;
    return {
      conversation: privateConversation(member.name, other.name),
      hearers: other === member ? [] : [other],
      shownAs: privateRoom(member.name),
      to: other.name,
    };
  }

  /** The log that a place's messages are in; for a person, whether they are here or not. */
  #conversation(member: Member, target: string): string | undefined {
    return target.startsWith("@") ? privateConversation(member.name, target.slice(1)) : this.#room(target)?.name;
  }

  #time(): string {
    return this.#now().toISOString();
  }
}

function tell(hearers: readonly Member[], event: RoomEvent): void {
  for (const { audience } of hearers) audience.deliver(event);
}

/** The key of the conversation between two people: the same from both sides. No name holds a comma. */
function privateConversation(one: string, other: string): string {
  return privateRoom([one, other].map(nameKey).sort().join(","));
}

function pastMessage({ action, ...message }: StoredMessage): PastMessage {
  return action ? { ...message, action } : message;
}

function view(room: Room): readonly MemberView[] {
  return room.members.map(({ name }) => ({ name }));
}
