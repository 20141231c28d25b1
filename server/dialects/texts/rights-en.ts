/** The lines about rights in English: the reference for the other languages. */
import type { RoomSettings } from "../../../protocol/moderation-events.ts";

/** Why something about rights was not done. */
export type RightsProblem =
  | "not-allowed"
  | "banned"
  | "muted"
  | "slow-mode"
  | "topic-locked"
  | "not-invited"
  | "members-only"
  | "blocked"
  | "blocking"
  | "not-here"
  | "last-owner"
  | "no-such-rule"
  | "too-many-rules"
  | "too-many-new-rules"
  | "too-many-reports";

const problems: Record<RightsProblem, string> = {
  "not-allowed":
    "You may not do that here. It takes a moderator, an owner or an administrator, above whom it concerns.",
  banned: "They are banned from this room. /unban them first.",
  muted: "Not sent: you are muted in this room. Its moderators can lift that.",
  "slow-mode": "Not sent: this room is slow. Wait a moment and try again.",
  "topic-locked": "Only moderators change the topic of this room.",
  "not-invited": "Only invited people enter that room. Ask somebody who is in it.",
  "members-only": "What is said in that room is only for those who are in it. /join it first.",
  blocked: "Not sent: that person does not take private messages from you.",
  blocking: "Not sent: you block that person. /unblock them first.",
  "not-here": "They are not here. Without an account, that is possible only while they are.",
  "last-owner": "The room has no other owner. Make somebody else one first: /role <name> owner",
  "no-such-rule": "There is nothing like that to lift or settle.",
  "too-many-rules": "That list is full. Lift something first.",
  "too-many-new-rules": "Too many of these from you or your address. Try again in a few minutes.",
  "too-many-reports": "There are too many reports. Try again in a few minutes.",
};

const until = (time: string) => (time === "" ? "" : ` until ${time}`);
const people = (count: number) => (count === 1 ? "one person" : `${count} people`);
const because = (reason: string) => (reason === "" ? "" : `: ${reason}`);

const settingsOn = ({ invitedOnly, membersHistory, hidden, topicLocked, slowSeconds }: RoomSettings) => [
  ...(invitedOnly ? ["only for invited people"] : []),
  ...(membersHistory ? ["earlier messages only for those inside"] : []),
  ...(hidden ? ["not in the list"] : []),
  ...(topicLocked ? ["topic locked"] : []),
  ...(slowSeconds ? [`one message in ${slowSeconds} s`] : []),
];

/** A ban or a mute, its times already written out. */
export interface ShownRule {
  id: string;
  kind: string;
  whom: string;
  until: string;
  reason: string;
  by: string;
  time: string;
}

/** A report, its time already written out. */
export interface ShownReport {
  id: string;
  by: string;
  from: string;
  text: string;
  reason: string;
  time: string;
}

export const rightsEn = {
  rightsProblem: (code: RightsProblem) => problems[code],
  wrongField: (field: string): string =>
    field === "until"
      ? "That time is in the past."
      : "That would keep you out, too, or cannot be kept. Ban a name, a pattern such as *spam*, or an address such as 192.0.2.0/24.",
  banned: (time: string, reason: string) => `You are banned from there${until(time)}${because(reason)}.`,
  youAreMuted: (room: string, time: string) => `You are muted in ${room}${until(time)}.`,
  settingsChanged: (from: string, room: string, settings: RoomSettings) =>
    `${from} has set how ${room} is run: ${settingsOn(settings).join(", ") || "open to everybody"}.`,
  roleChanged: (from: string, name: string, role: string, room: string) =>
    role === "none"
      ? `${from} took the role of ${name} in ${room} away.`
      : `${from} made ${name} ${role === "owner" ? "an owner" : "a moderator"} of ${room}.`,
  roomRemoved: (from: string, room: string) => `${from} removed the room ${room} and everything said there.`,
  invited: (from: string, room: string) => `${from} invites you to ${room}. /join ${room} takes you there.`,
  reported: (by: string, room: string, reason: string) =>
    `${by} reported a message in ${room}${because(reason)}. /reports shows it.`,
  reportedNow: "The moderators have been told.",
  muted: (name: string) => `${name} is muted here.`,
  unmuted: (name: string) => `${name} is no longer muted here.`,
  bannedNow: (whom: string) => `${whom} is banned here. /bans lists all bans.`,
  unbanned: (whom: string) => `${whom} is no longer banned here.`,
  invitedNow: (name: string) => `${name} is invited.`,
  settled: (id: string) => `The report ${id} is settled.`,
  blockedNow: (name: string) => `You take no more private messages from ${name}.`,
  unblocked: (name: string) => `You take private messages from ${name} again.`,
  invitationMade: (id: string, code: string, uses: number, time: string) =>
    `Invitation ${id} lets in ${people(uses)} until ${time}. Its code, which is shown only now: ${code}`,
  invitation: (id: string, by: string, uses: number, time: string) =>
    `${id} by ${by}, for ${people(uses)}, until ${time}`,
  revoked: (id: string) => `The invitation ${id} lets nobody in any more.`,
  none: "Nothing there.",
  ruleKinds: { ban: "banned", mute: "muted" },
  rule: ({ id, kind, whom, until: end, reason, by, time }: ShownRule) =>
    `${id} ${whom} ${kind}${until(end)}, by ${by} on ${time}${because(reason)}`,
  report: ({ id, by, from, text, reason, time }: ShownReport) =>
    `${id} by ${by} on ${time}${because(reason)} – ${from === "" ? "no longer there" : `${from}: ${text}`}`,
  rightsArguments: {
    block: "<name>",
    unblock: "<name>",
    blocked: "",
    report: "<name> [reason]",
    invite: "<name>",
    kick: "<name> [reason]",
    mute: "<name> [10m|2h|1d] [reason]",
    unmute: "<name>",
    ban: "<name|pattern|address> [10m|2h|1d] [reason]",
    unban: "<id|name>",
    bans: "",
    reports: "",
    settle: "<id>",
    slow: "<seconds>|off",
    set: "invited-only|members-history|hidden|topic-locked on|off",
    role: "<name> owner|moderator|none",
    remove: "<room>",
    audit: "",
    invitation: "[people] [days]",
    invitations: "",
    revoke: "<id>",
  },
  rightsHelp: {
    block: "takes no more private messages from somebody",
    unblock: "takes them again",
    blocked: "lists whom you block",
    report: "reports somebody's last message here to the moderators",
    invite: "lets somebody into this room when it is only for invited people",
    kick: "takes somebody out of this room; in the lobby, out of the chat",
    mute: "silences somebody in this room, for a while if you like",
    unmute: "lets them speak again",
    ban: "keeps somebody out of this room; in the lobby, out of the chat",
    unban: "lifts a ban",
    bans: "lists the bans and mutes of this room",
    reports: "lists what was reported in this room",
    settle: "settles a report",
    slow: "allows everybody one message in so many seconds",
    set: "says how this room is run",
    role: "makes somebody an owner or a moderator of this room, or neither",
    remove: "removes this room and everything said in it; type its name once more",
    audit: "lists what was done by those with rights, as far as it concerns you",
    invitation: "makes an invitation into the chat: for how many people, and for how many days",
    invitations: "lists the invitations that still let somebody in",
    revoke: "takes an invitation back",
  },
};
