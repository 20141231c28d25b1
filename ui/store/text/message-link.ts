/** The address of a message, as a part of this page's: `#dev/0198…`. Private conversations have another name for each of the two. */
import { spellRoomName } from "../../../protocol/names.ts";

/** @param room a room's name, as the server calls it */
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
