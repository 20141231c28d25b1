/**
 * Invitations into the chat, as links: `#invitation=CODE`. The code is in the hash, which no server is told, and leaves
 * the address at once.
 */
import { wireLimits } from "../../protocol/limits.ts";

const pattern = /#invitation=([^&\s]+)/;

/** The code in a link or in its hash. */
export function invitationIn(text: string): string | undefined {
  const [, code = ""] = pattern.exec(text) ?? [];
  return code === "" || code.length > wireLimits.invitationCharsMax ? undefined : decoded(code);
}

/** @param invited is told each code with which the page is opened, now or later */
export function followInvitations(invited: (code: string) => void): void {
  const follow = () => {
    const { hash, pathname, search } = location;
    if (!hash.startsWith("#invitation=")) return;
    history.replaceState(history.state, "", pathname + search);
    const code = invitationIn(hash);
    if (code !== undefined) invited(code);
  };
  window.addEventListener("hashchange", follow);
  follow();
}

function decoded(code: string): string | undefined {
  try {
    return decodeURIComponent(code);
  } catch {
    return undefined;
  }
}
