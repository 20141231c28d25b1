/**
 * The address of a message, as the hash of this page's address: `#dev/0198…`. A private conversation has a different
 * name for each of its two people.
 */
import { spellRoomName } from "../../../protocol/names.ts";

/** @param room the room's name as the server writes it */
export function messageHash(room: string, msgid: string): string {
  return `#${encodeURIComponent(room)}/${encodeURIComponent(msgid)}`;
}

export function parseMessageHash(hash: string): { room: string; msgid: string } | undefined {
  const [, room = "", msgid = ""] = /^#([^/]+)\/([^/]+)$/.exec(hash) ?? [];
  const name = spellRoomName(decoded(room));
  return name === undefined || decoded(msgid) === "" ? undefined : { room: name, msgid: decoded(msgid) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
